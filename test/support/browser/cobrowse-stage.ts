/** The patient's part of co-browsing in a panel on the page, over a link in memory: the real recorder, the real picture, and a nurse's end that keeps what it gets. */
import type { NurseMessage } from '../../../src/cobrowse/act/act-codec.js';
import { readPatient, writeNurse } from '../../../src/cobrowse/act/act-codec.js';
import { boxKinds, decodeFrame, type Box, type BoxKind, type Frame } from '../../../src/cobrowse/frame-codec.js';
import type { CobrowseSaying, CobrowseStanding, RelayLink } from '../../../src/cobrowse/session/relay.js';
import { createCobrowse, type CobrowsePart } from '../../../src/element/cobrowse/cobrowse.js';
import type { CareChatConfig, ChatHost } from '../../../src/element/host.js';
import { englishWords, loadWords } from '../../../src/element/words.js';
import { createLoopback, type Loopback } from '../shared/loopback-link.js';
import { mountPanel, until, type PanelFixture } from './panel-fixture.js';
import { nurseBy, readySnapshot, stubConversation } from './stub-chat-session.js';

export interface CobrowseStage {
  readonly panel: PanelFixture;
  readonly part: CobrowsePart;
  readonly loop: Loopback;
  readonly said: CobrowseSaying[];
  /** Chunks that were asked for. */
  readonly loads: string[];
  /** What the nurse's end was sent: texts of frames, and messages. */
  readonly frames: readonly string[];
  readonly heard: readonly unknown[];
  readonly events: readonly Event[];
  readonly nurse: RelayLink;
  tell(message: NurseMessage): void;
  heardOf(standing: CobrowseStanding): void;
  request(session?: string): void;
  /** The button with this name, in our place. */
  button(name: string): HTMLButtonElement;
  get place(): HTMLElement | null;
  text(): string;
  /** Moves time until something is so. */
  until(isSo: () => boolean): Promise<void>;
  /** Allows, shares, and has the first frame over. */
  begin(): Promise<Frame>;
  last(): Frame;
  /** The first box of a kind that covers an element's place. */
  boxOf(element: Element, kind?: BoxKind): Box;
  remove(): void;
}

export interface CobrowseStageOptions {
  readonly lang?: string;
  readonly opened?: boolean;
  readonly before?: CobrowseStage;
  readonly config?: CareChatConfig;
  readonly agent?: string;
  readonly hadInput?: boolean;
  readonly loadChunk?: ChatHost['loadChunk'];
}

export async function openCobrowse({ lang = 'en', opened = true, before, config = {}, agent = nurseBy.name, hadInput = false, loadChunk = (_name, load) => load() }: CobrowseStageOptions = {}): Promise<CobrowseStage> {
  const panel = await mountPanel(readySnapshot({ conversation: stubConversation([]) }), { lang, opened, config, ...(before && { before: before.panel }) });
  const words = lang === 'en' ? englishWords() : await loadWords(lang, { loadChunk: (_name, load) => load() });
  const loop = createLoopback();
  const [said, loads, frames, heard, events]: [CobrowseSaying[], string[], string[], unknown[], Event[]] = [[], [], [], [], []];
  const shell = { root: panel.get('.care-root'), panel: panel.get('.panel'), title: panel.get('.title'), tools: panel.get('.tools'), body: panel.get('.body'), launcher: panel.get<HTMLButtonElement>('.launcher') };
  for (const name of ['care-chat-cobrowse', 'care-unmask-suspect', 'care-error']) panel.element.addEventListener(name, (event) => events.push(event));
  const nurse = loop.nurse.open({
    ready() {}, frame: (bytes) => frames.push(new TextDecoder().decode(bytes)), control: (bytes) => heard.push(readPatient(bytes)), gap() {}, peer() {}, ended() {},
  });
  const part = createCobrowse({
    shadow: panel.root,
    host: {
      element: panel.element as ChatHost['element'], shell, widget: 'main', pageName: () => 'Refills',
      loadChunk(name, load) {
        loads.push(name);
        return loadChunk(name, load);
      },
    },
    session: panel.session, words: () => words, hadInput: () => hadInput,
    way: {
      async say(saying) {
        said.push(saying);
        return true;
      },
      prepareLink: async () => ({ key: 'patient-key', open: async (_session, _key, on) => loop.patient.open(on) }),
    },
  });
  const by = { ...nurseBy, name: agent };
  const stage: CobrowseStage = {
    panel, part, loop, said, loads, frames, heard, events, nurse,
    tell: (message) => void nurse.send('control', writeNurse(message)!),
    heardOf: (standing) => part.look(standing, by, 'Rosewater Clinic'),
    request: (session = 's1') => stage.heardOf({ session, state: 'requested', by: { role: 'agent' }, key: 'desk-key', minutes: 30 }),
    button(name) {
      const found = [...(stage.place?.querySelectorAll<HTMLButtonElement>('button') ?? [])].find((one) => one.textContent!.trim() === name);
      if (!found) throw new Error(`no button "${name}" in ${stage.text()}`);
      return found;
    },
    get place() {
      return panel.root.querySelector<HTMLElement>('.cobrowse');
    },
    text: () => stage.place?.innerText ?? '',
    async until(isSo) {
      for (const limit = performance.now() + 12_000; !isSo(); ) {
        if (performance.now() > limit) throw new Error(`it did not come so far: ${isSo.toString()}; on the screen: ${stage.text()}`);
        await panel.session.clock.advance(125);
        await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
      }
    },
    async begin() {
      stage.request();
      await stage.until(() => stage.text() !== '');
      stage.button('Allow').click();
      await stage.until(() => panel.root.querySelector('.cobrowse-picture .cobrowse-box') !== null);
      stage.button('Share this page').click();
      await stage.until(() => frames.length > 0);
      return stage.last();
    },
    last() {
      const decoded = decodeFrame(frames.at(-1)!);
      if (!decoded.ok) throw decoded.error;
      return decoded.value;
    },
    boxOf(element, kind = 'field') {
      const { left, top } = element.getBoundingClientRect();
      const [first] = stage.last().boxes.filter((box) => boxKinds[box[2]] === kind && Math.abs(box[4] - left - scrollX) <= 4 && Math.abs(box[5] - top - scrollY) <= 4);
      if (!first) throw new Error('there is no such box');
      return first;
    },
    remove() {
      part.dispose();
      panel.remove();
    },
  };
  return stage;
}

export { until };
