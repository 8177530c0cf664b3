/** What the page of the form lab can do (test/support/node/lab.ts): functions that a test or a measurement calls in a real browser, under a strict policy. */
import { renderMarkup } from '../../../src/privacy/html/render-markup.js';
import type { Markup } from '../../../src/questionnaire/form.js';
import { createRandom, findStale, judgeBoth, typedTexts, type Random } from '../shared/corpus-walk.js';
import { answersToTap, longForm, tapped } from '../shared/long-form.js';
import { all, microtask, pick, stage, strike, type Stage } from './form-stage.js';

type Manner = 'form' | 'conversation';

const frame = (): Promise<void> => new Promise((resolve) => {
  requestAnimationFrame(() => resolve());
});

/** The element renders once a frame, however often it is asked. */
const requestUpdate = (): void => undefined;

/** The control of one option of the question that is tapped: the first one there is. */
const optionOf = ({ root }: Stage, manner: Manner, index: number): HTMLElement => all<HTMLElement>(root, manner === 'form' ? 'input[type=radio]' : '.ask-tap')[index]!;

/** A tap, with everything that has to be done before the next frame can be painted: script, one render as the element has it, style, layout. */
function tapMs(made: Stage, manner: Manner, index: number): number {
  const control = optionOf(made, manner, index);
  const startedAt = performance.now();
  control.click();
  made.paint();
  void made.root.host.getBoundingClientRect();
  return performance.now() - startedAt;
}

/** A long conversation at its last question but a few: everything before it stands above. */
function nearEnd(count: number): Stage {
  const made = stage(longForm(count), { manner: 'conversation', requestUpdate });
  const { session } = made.view;
  const passed = session.snapshot.value.items.filter(({ type }) => type !== 'group').map(({ key }) => key);
  session.choose(tapped, answersToTap[0]!, true);
  made.view.restore({ ...session.toDraft(), passed: passed.slice(0, -3) });
  made.paint();
  return made;
}

/** Taps forms of several lengths in turn, one tap a frame: milliseconds per tap by length. */
async function measureTaps(manner: Manner, sizes: readonly number[], taps: number): Promise<Record<number, number[]>> {
  const stages = sizes.map((size) => (manner === 'form' ? stage(longForm(size), { requestUpdate }) : nearEnd(size)));
  const times: Record<number, number[]> = Object.fromEntries(sizes.map((size) => [size, []]));
  for (let tap = 0; tap < taps; tap++) {
    for (const [at, size] of sizes.entries()) {
      await frame();
      const made = stages[at]!;
      times[size]!.push(tapMs(made, manner, tap % 3));
      // The conversation has gone on: back to the same question.
      if (manner === 'conversation') {
        all<HTMLElement>(made.root, '.ask-buttons .quiet').at(-1)?.click();
        made.paint();
        await microtask();
      }
    }
  }
  strike();
  return times;
}

export interface Walk {
  readonly json: unknown;
  readonly terminology: readonly unknown[];
  readonly manner: Manner;
  readonly seed: number;
  readonly steps: number;
}

/** What came of a walk: how far it got, and everything that must not be. Names places, never answers. */
export interface Walked {
  readonly taken: number;
  readonly accepted: boolean;
  readonly problems: readonly string[];
}

/** As the element shows markup: through the door of `privacy/html`. */
const renderMarkupCleanly = ({ kind, source }: Markup): Node | null => {
  const fragment = renderMarkup(kind, source);
  const box = document.createElement('span');
  return fragment && (box.append(fragment), box);
};

const put = (control: HTMLInputElement | HTMLTextAreaElement, text: string): void => {
  control.focus();
  control.value = text;
  control.dispatchEvent(new Event('input', { bubbles: true }));
};

/** Whatever a person can do to a control. */
function use(control: HTMLElement, random: Random): void {
  if (control instanceof HTMLSelectElement) pick(control, random(control.options.length));
  else if (control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && !['radio', 'checkbox'].includes(control.type))) put(control, typedTexts[random(typedTexts.length)]!);
  else control.click();
}

const usable = 'button, summary, input:not([type=file]):not([readonly]), textarea:not([readonly]), select';
const never = 'script, iframe, object, embed, form, style, link, meta, base, svg script, [srcdoc], [onclick], [onerror], [onload], [ontoggle]';

/** What is wrong with what is on the screen. */
function findWrongOnScreen({ root, view }: Stage, manner: Manner): readonly string[] {
  const problems: string[] = [];
  if ('careMarkupRan' in globalThis) problems.push('markup of the form ran');
  const bad = root.querySelector(never);
  if (bad) problems.push(`there is <${bad.tagName.toLowerCase()}> in the form`);
  for (const { protocol } of all<HTMLAnchorElement>(root, 'a[href]')) if (!['https:', 'http:', 'mailto:', 'tel:'].includes(protocol)) problems.push(`a link leads to ${protocol}`);
  const { items } = view.session.snapshot.value;
  if (manner === 'form') {
    const shown = items.filter((item) => item.shown && item.type !== 'group' && item.type !== 'display').length;
    const fields = all(root, '.form-field').filter((field) => field.querySelector(':disabled, [disabled]') === null || field.querySelector(':enabled') !== null).length;
    if (fields < shown && !items.some((item) => item.readOnly)) problems.push(`${shown} questions are asked, ${fields} are on the screen`);
  } else if (!view.ready && all(root, '.ask-now').length !== 1) problems.push('a conversation asks one question at a time');
  return problems;
}

/** Answers a form at random by what is on its screen, in one manner, looks at every step, and sends it at the end. */
async function walkForm({ json, terminology, manner, seed, steps }: Walk): Promise<Walked> {
  const problems = new Set<string>();
  const onError = ({ message }: ErrorEvent): void => void problems.add(`threw: ${message}`);
  addEventListener('error', onError);
  const random = createRandom(seed);
  let taken = 0;
  let accepted = false;
  try {
    const made = stage(json, { manner, terminology, renderMarkup: renderMarkupCleanly });
    for (; taken < steps; taken++) {
      const place = manner === 'conversation' && random(5) > 0 ? made.root.querySelector('.ask-now') ?? made.root : made.root;
      const controls = all<HTMLElement>(place, usable).filter((control) => !control.matches(':disabled'));
      if (controls.length > 0) use(controls[random(controls.length)]!, random);
      await microtask();
      for (const problem of [...findWrongOnScreen(made, manner), ...findStale(made.view.session).map((linkId) => `stale: ${linkId}`)]) problems.add(`${problem} (step ${taken + 1})`);
      if (problems.size > 0) break;
    }
    made.view.setLang('ar');
    made.view.setLang('en');
    // To the end of a conversation, whatever was not asked yet.
    made.view.restore({ ...made.view.toDraft(), passed: made.view.session.snapshot.value.items.flatMap(({ key }) => [key, `${key}/more`]) });
    made.paint();
    made.view.submit();
    for (const problem of findWrongOnScreen(made, manner)) problems.add(`${problem} (at the end)`);
    const both = judgeBoth(made.view.session);
    if (both && !both.alike) problems.add(`the server judges otherwise: ${both.about}`);
    accepted = both?.accepted ?? false;
  } catch (cause) {
    problems.add(`threw: ${cause instanceof Error ? cause.message : String(cause)} (step ${taken + 1})`);
  } finally {
    removeEventListener('error', onError);
    strike();
  }
  return { taken, accepted, problems: [...problems] };
}

const lab = { measureTaps, walkForm };
export type FormLab = typeof lab;
Object.assign(globalThis, { formLab: lab });
