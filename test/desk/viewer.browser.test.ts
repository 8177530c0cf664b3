/** A patient's page in the desk: what is drawn, what is said of it in words, and what the nurse's tools send. */
import { expect } from '@open-wc/testing';
import { render } from 'lit/html.js';
import { readNurse, writePatient, type NurseMessage, type PatientMessage } from '../../src/cobrowse/act/act-codec.js';
import { encodeFrame, type Box, type OutgoingFrame } from '../../src/cobrowse/frame-codec.js';
import type { CobrowseSaying, CobrowseStanding, RelayLink } from '../../src/cobrowse/session/relay.js';
import { createViewer, type Viewer } from '../../src/desk/cobrowse/viewer.js';
import { columnStyles, shellStyles } from '../../src/desk/desk-styles.js';
import type { DeskLanguage } from '../../src/desk/desk-words.js';
import { toSheet } from '../../src/ui/css.js';
import { controlStyles } from '../../src/ui/styles.js';
import { tokens } from '../../src/ui/tokens.js';
import { createFakeClock, type FakeClock } from '../support/shared/fake-clock.js';
import { createLoopback, type Loopback } from '../support/shared/loopback-link.js';

const visitor = { role: 'visitor' };
const boxes: readonly Box[] = [
  [1, 0, 0, 0, 0, 0, 1280, 800, -1, -1],
  [2, 1, 3, 0, 400, 200, 240, 48, -1, -1],
  [3, 2, 2, 0, 400, 300, 96, 24, -1, -1],
  [4, 3, 0, 1, 0, 0, 1280, 40, -1, -1],
];
const frame = (seq: number, more: Partial<OutgoingFrame> = {}): string => encodeFrame({ seq, kind: 'full', view: [1280, 800, 0, 100, 1280, 3000], strings: [], styles: [], boxes, removed: [], ...more });

describe('a patient\'s page in the desk', () => {
  let host: HTMLElement;
  let root: HTMLElement;
  let viewer: Viewer;
  let loop: Loopback;
  let clock: FakeClock;
  let lang: DeskLanguage;
  let patient: RelayLink;
  let said: CobrowseSaying[];
  let announced: string[];
  let sent: NurseMessage[];
  let refusal: string | null;

  const settle = async (): Promise<void> => {
    for (let n = 0; n < 2; n++) await new Promise<void>((resolve) => void requestAnimationFrame(() => resolve()));
  };
  const draw = (): void => void render(viewer.view(lang), root);
  beforeEach(() => {
    [loop, clock, lang, said, announced, sent, refusal] = [createLoopback('482 913'), createFakeClock(), 'en', [], [], [], null];
    host = document.createElement('div');
    host.setAttribute('style', 'display:block;inline-size:900px;block-size:640px');
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [tokens, controlStyles, shellStyles, columnStyles].map(toSheet);
    root = document.createElement('div');
    root.className = 'care-root conversation';
    root.style.setProperty('block-size', '640px');
    shadow.append(root);
    document.body.append(host);
    patient = loop.patient.open({ ready() {}, frame() {}, control: (bytes) => sent.push(readNurse(bytes)!), gap() {}, peer() {}, ended() {} });
    let ids = 0;
    viewer = createViewer({
      shadow, minutes: 30, clock, announce: (sentence) => announced.push(sentence), requestUpdate: draw, newId: () => `d${++ids}`,
      async say(saying) {
        said.push(saying);
        return refusal;
      },
      prepareLink: async () => ({ key: 'desk-key', open: async (_session, _key, events) => loop.nurse.open(events) }),
    });
    draw();
  });
  afterEach(() => {
    viewer.dispose();
    host.remove();
  });

  const text = (): string => root.innerText;
  const tell = (message: PatientMessage): void => void patient.send('control', writePatient(message)!);
  const show = (seq = 0, more: Partial<OutgoingFrame> = {}): void => void patient.send('frame', new TextEncoder().encode(frame(seq, more)));
  const hear = (standing: Partial<CobrowseStanding>): void => viewer.heard({ session: 'd1', state: 'granted', by: visitor, key: 'patient-key', minutes: 30, ...standing });
  const begin = async (): Promise<void> => {
    viewer.ask();
    await settle();
    hear({});
    await settle();
    tell({ t: 'state', why: 'none' });
    show();
    await settle();
    sent.length = 0;
  };
  const button = (name: string): HTMLButtonElement => {
    const found = [...root.querySelectorAll('button')].find((one) => one.textContent!.trim() === name);
    if (!found) throw new Error(`no button "${name}" in ${text()}`);
    return found;
  };
  const stage = (): HTMLElement => root.querySelector<HTMLElement>('.viewer-stage')!;
  /** Where a point of the patient's window is on this screen. */
  const onScreen = (x: number, y: number): { clientX: number; clientY: number } => {
    const { left, top, width } = root.querySelector('.cobrowse-window')!.getBoundingClientRect();
    return { clientX: left + (x * width) / 1280, clientY: top + (y * width) / 1280 };
  };
  const press = (x: number, y: number): void => void stage().querySelector('.viewer-layer')!.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true, button: 0, pointerId: 1, ...onScreen(x, y) }));

  it('shows nothing before somebody asks', () => {
    expect(root.children.length).to.equal(0);
  });

  it('says that it waits, what the patient has answered, and lets ask again', async () => {
    viewer.ask();
    await settle();
    expect(text()).to.contain('has a minute to answer');
    hear({ state: 'declined', reason: 'timeout' });
    expect(text()).to.contain('did not answer');
    viewer.ask();
    await settle();
    expect(said.map(({ session, state }) => [session, state])).to.deep.equal([['d1', 'requested'], ['d2', 'requested']]);
    expect(announced).to.deep.equal(['Asking…', 'The patient has been asked, and has a minute to answer.', 'The patient did not answer.', 'Asking…', 'The patient has been asked, and has a minute to answer.']);
  });

  it('says when it may not ask again', async () => {
    refusal = 'declined-twice';
    viewer.ask();
    await settle();
    expect(text()).to.contain('you cannot ask again');
  });

  it('draws the page, with the code that the patient has too', async () => {
    await begin();
    expect(text()).to.contain('You see the page now').and.contain('Security code 482 913');
    expect(root.querySelectorAll('.cobrowse-page > *').length).to.equal(4);
    const picture = root.querySelector('.cobrowse-window')!.getBoundingClientRect();
    const around = stage().getBoundingClientRect();
    expect(picture.width).to.be.above(150).and.at.most(around.width);
    expect(picture.height).to.be.at.most(around.height);
    await expect(host).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
  });

  it('says why it is paused, keeps the last picture, and lends no tools then', async () => {
    await begin();
    tell({ t: 'state', why: 'private-field' });
    await settle();
    expect(text()).to.contain('Paused').and.contain('a password, a card or a code');
    expect(root.querySelectorAll('.cobrowse-page > *').length).to.equal(4);
    expect(button('Mark').disabled).to.be.true;
    press(500, 120);
    expect(sent).to.deep.equal([]);
  });

  it('keeps nothing of the page when it is over, and says why', async () => {
    await begin();
    hear({ state: 'ended', reason: 'stopped' });
    await settle();
    expect(text()).to.contain('The patient has stopped sharing');
    expect(host.shadowRoot!.querySelector('.cobrowse-page')).to.equal(null);
    button('Close').click();
    expect(root.children.length).to.equal(0);
  });

  it('ends it by a button', async () => {
    await begin();
    button('End').click();
    expect(said.at(-1)).to.deep.equal({ session: 'd1', state: 'ended', reason: 'nurse' });
    expect(loop.isOpen('nurse')).to.be.false;
  });

  it('counts what is malformed, draws none of it, and asks for a full frame', async () => {
    await begin();
    patient.send('frame', new TextEncoder().encode('{"v":1,"html":"<img>"}'));
    patient.send('control', new TextEncoder().encode('{"t":"value","text":"x"}'));
    await settle();
    expect(text()).to.contain('2 pictures could not be read');
    expect(sent).to.deep.equal([{ t: 'full' }]);
  });

  it('asks for a full frame where one is missing', async () => {
    await begin();
    show(5, { kind: 'delta', boxes: [] });
    await settle();
    expect(sent).to.deep.equal([{ t: 'full' }]);
  });

  describe('the tools', () => {
    it('point into the smallest box there, in thousandths of it', async () => {
      await begin();
      press(520, 124);
      const [spot] = sent as [Extract<NurseMessage, { t: 'point' }>];
      expect(sent.length).to.equal(1);
      expect([spot.t, spot.box]).to.deep.equal(['point', 2]);
      // One pixel of this screen is several thousandths of a small box.
      expect(Math.abs(spot.x - 500)).to.be.below(12);
      expect(Math.abs(spot.y - 500)).to.be.below(60);
      press(640, 20);
      expect(sent[1]).to.include({ t: 'point', box: 4 });
    });

    it('mark with the next number, and show here what the patient sees', async () => {
      await begin();
      button('Mark').click();
      expect(button('Mark').ariaPressed).to.equal('true');
      press(520, 124);
      press(440, 212);
      await settle();
      expect(sent).to.deep.equal([{ t: 'highlight', box: 2, number: 1 }, { t: 'highlight', box: 3, number: 2 }]);
      const [mark] = root.querySelectorAll('.cobrowse-mark');
      expect(Math.abs(mark!.getBoundingClientRect().left - onScreen(400, 0).clientX)).to.be.below(6);
      button('Clear').click();
      expect(root.querySelectorAll('.cobrowse-mark').length).to.equal(0);
      expect(sent.at(-1)).to.deep.equal({ t: 'clear' });
    });

    it('draw a line tied to a box', async () => {
      await begin();
      button('Draw').click();
      const at = (type: string, x: number, y: number): void => void stage().querySelector('.viewer-layer')!.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, button: 0, pointerId: 1, ...onScreen(x, y) }));
      stage().setPointerCapture = () => {};
      at('pointerdown', 410, 108);
      at('pointermove', 520, 124);
      at('pointerup', 520, 124);
      expect(sent.length).to.equal(1);
      const [stroke] = sent as [Extract<NurseMessage, { t: 'stroke' }>];
      expect([stroke.t, stroke.box]).to.deep.equal(['stroke', 2]);
      for (const [n, expected] of [42, 167, 500, 500].entries()) expect(Math.abs(stroke.points[n]! - expected)).to.be.below(60);
    });

    it('suggest a scroll', async () => {
      await begin();
      button('Suggest down').click();
      button('Suggest up').click();
      expect(sent).to.deep.equal([{ t: 'scroll', to: 'down' }, { t: 'scroll', to: 'up' }]);
    });

    it('propose a text for a field and for nothing else, and learn what became of it', async () => {
      await begin();
      button('Propose a text').click();
      press(440, 212);
      expect(text()).to.contain('Choose a field');
      press(520, 124);
      await settle();
      const input = root.querySelector<HTMLInputElement>('#viewer-text')!;
      expect(host.shadowRoot!.activeElement).to.equal(input);
      input.value = ' Corner  Pharmacy ';
      button('Propose').click();
      expect(sent[0]).to.deep.equal({ t: 'propose', id: 1, box: 2, text: 'Corner Pharmacy' });
      expect(text()).to.contain('The patient decides');
      tell({ t: 'answer', id: 1, how: 'accepted' });
      expect(text()).to.contain('The patient used it');
    });

    it('are used by the keyboard: arrows move the cross, Enter uses the tool', async () => {
      await begin();
      stage().focus();
      const key = (name: string): boolean => stage().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
      expect(key('Enter')).to.be.true;
      key('ArrowUp');
      expect(root.querySelector<HTMLElement>('.viewer-cross')!.hidden).to.be.false;
      expect(key('Enter')).to.be.false;
      expect(sent.map(({ t }) => t)).to.deep.equal(['point']);
    });

    it('make the picture larger than its place, which then scrolls', async () => {
      await begin();
      const select = root.querySelector('select')!;
      select.value = '1.5';
      select.dispatchEvent(new Event('change'));
      await settle();
      expect(Math.round(root.querySelector('.cobrowse-window')!.getBoundingClientRect().width)).to.equal(1920);
      expect(stage().scrollWidth).to.be.above(stage().clientWidth);
      press(420, 104);
      expect(sent[0]).to.include({ t: 'point', box: 2 });
    });
  });

  for (const [language, words] of [['es', 'Se ha preguntado al paciente'], ['ar', 'تم سؤال المريض']] as const) {
    it(`speaks ${language}`, async () => {
      lang = language;
      draw();
      viewer.ask();
      await settle();
      expect(text()).to.contain(words);
    });
  }
});
