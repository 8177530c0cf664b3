/** What the lazily loaded parts may ask of the tag, and what the tag asks of them. Types only. */
import type { CobrowseConfig } from '../cobrowse/record/config.js';
import type { EmergencyLine } from '../protocol/types.js';
import type { Prefill } from '../questionnaire/page-values.js';
import type { loadChunk } from './load-chunk.js';

/** Settings that a page gives by the property `config`; an attribute of the same name wins. */
export interface CareChatConfig {
  /** Origin of the backend. Default: the origin of the script. */
  readonly server?: string;
  /** Id of the widget on that server. Default `main`. */
  readonly widget?: string;
  /** ISO 3166-1 alpha-2; decides the emergency number until the clinic's own is known. */
  readonly country?: string;
  /** Emergency number to show, over every other source. */
  readonly emergency?: string;
  /** BCP 47 tag; `en`, `es` and `ar` have words. */
  readonly lang?: string;
  /** Visible text of the launcher. */
  readonly launcherLabel?: string;
  /** The clinic's own name of the page. */
  readonly pageName?: string;
  /** Any CSS colour; same as the property `--care-brand`. */
  readonly brand?: string;
  /** What a nurse may see of the page where the patient allows it: the clinic's static texts and pictures. */
  readonly cobrowse?: CobrowseConfig;
  /** What the page knows already of what its forms ask, by linkId. Kept in memory alone, and marked for staff as the page's. */
  readonly prefill?: Prefill;
}

/** What a page may say of the conversation that it starts. */
export interface StartOptions {
  /** A form of the widget (`widgets[].forms`) to be asked in place of what is asked before a chat; false: none, where the clinic allows that. */
  readonly form?: string | false;
  /** Beside `prefill` of the settings, and before it. */
  readonly prefill?: Prefill;
}

/** The parts of the shell that the panel fills. */
export interface Shell {
  readonly root: HTMLElement;
  readonly panel: HTMLElement;
  readonly title: HTMLElement;
  readonly tools: HTMLElement;
  readonly body: HTMLElement;
  readonly launcher: HTMLButtonElement;
}

/** The tag, as its lazy parts see it. */
export interface ChatHost {
  readonly element: HTMLElement & { readonly opened: boolean; readonly config: CareChatConfig };
  readonly shell: Shell;
  readonly server: string;
  readonly widget: string;
  /** Now; both may change. */
  lang(): string;
  pageName(): string | undefined;
  /** The tag's own loader: it holds the hashes of all chunks. */
  readonly loadChunk: typeof loadChunk;
  open(): void;
  close(): void;
  /** Takes the shell's loading view away: the panel is about to draw. False where the tag has let go of this panel while it loaded. */
  clear(): boolean;
  setUnread(count: number): void;
  /** The clinic's own emergency line and crisis line, as far as there are any. */
  setEmergency(lines: readonly (EmergencyLine | undefined)[]): void;
  /** Shows the launcher's and the shell's words in another language, as the visitor wished. */
  setLang(lang: string): void;
}

/** What the tag asks of the panel. */
export interface PanelView {
  /** Language, page name or visibility changed. */
  update(): void;
  /** Puts the focus where a visitor who has just opened the panel expects it. */
  focus(): void;
  dispose(): void;
}
