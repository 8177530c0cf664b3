/** Where the transcript stands while messages come in above and below. */
import { expect } from '@open-wc/testing';
import { html, render } from 'lit/html.js';
import { uiEn } from '../../src/i18n/ui/en.js';
import { createTranslate } from '../../src/i18n/translate.js';
import { toSheet } from '../../src/ui/css.js';
import { controlStyles, transcriptStyles } from '../../src/ui/styles.js';
import { tokens } from '../../src/ui/tokens.js';
import { createTranscript, type Transcript, type TranscriptProps } from '../../src/ui/transcript.js';
import { message, ownMessage } from '../support/browser/stub-chat-session.js';

const t = createTranslate('en', uiEn);
const many = (from: number, count: number) => Array.from({ length: count }, (_, i) => message(from + i, `message ${from + i}`));

describe('transcript', () => {
  let box: HTMLElement;
  let root: HTMLElement;
  let transcript: Transcript;
  let props: TranscriptProps;
  let read: number[];
  let older: number;

  const frames = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  const draw = async (change: Partial<TranscriptProps> = {}): Promise<void> => {
    props = { ...props, ...change };
    render(transcript.template(props), root);
    await frames();
  };
  const timeline = (...chunks: TranscriptProps['timeline']['chunks'][number][]): Partial<TranscriptProps> => ({
    timeline: { chunks, length: chunks.flat().length, hasOlder: false, loadingOlder: false },
  });
  const view = (): HTMLElement => root.querySelector<HTMLElement>('.transcript')!;
  const gap = (): number => view().scrollHeight - view().scrollTop - view().clientHeight;
  const jump = (): HTMLElement => root.querySelector<HTMLElement>('.jump')!;

  beforeEach(() => {
    box = document.createElement('div');
    const shadow = box.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [toSheet(tokens + controlStyles + transcriptStyles), toSheet('.care-root { display: flex; flex-direction: column; height: 300px; width: 360px; } * { animation: none !important; }')];
    root = document.createElement('div');
    root.className = 'care-root';
    shadow.append(root);
    document.body.append(box);
    read = [];
    older = 0;
    transcript = createTranscript({ requestUpdate: () => render(transcript.template(props), root) });
    props = {
      timeline: { chunks: [], length: 0, hasOlder: false, loadingOlder: false }, t, lang: 'en', timeZone: 'UTC', firstUnreadSeq: null, typing: [], label: 'Conversation',
      onRetry: () => {}, onDiscard: () => {}, onReadUpTo: (seq) => read.push(seq), onLoadOlder: () => older++,
    };
  });
  afterEach(() => {
    transcript.dispose();
    render(html``, root);
    box.remove();
  });

  it('draws initials of letters and digits only', async () => {
    const by = (id: string, name: string) => message(1, 'Hi', { by: { id, role: 'agent', name }, key: id });
    await draw(timeline([by('a', 'Pat <b>'), by('b', '  (Nadia) J. Okafor!'), by('c', '★'), by('d', 'عمر')]));
    expect([...root.querySelectorAll('.avatar')].map((one) => one.textContent)).to.deep.equal(['PB', 'NO', '', 'ع']);
  });

  it('stands at the newest message and stays there as more come', async () => {
    await draw(timeline(many(1, 30)));
    expect(gap()).to.be.below(2);
    await draw(timeline([...many(1, 30), ownMessage(31, 'mine')]));
    expect(gap()).to.be.below(2);
    expect(jump().hidden).to.be.true;
    expect(read.at(-1)).to.equal(31);
  });

  it('keeps the place of a reader who scrolled back, offers to jump, and jumps', async () => {
    await draw(timeline(many(10, 30)));
    view().scrollTop = 200;
    await frames();
    expect(jump().hidden).to.be.false;
    const anchor = [...root.querySelectorAll<HTMLElement>('[data-seq]')].find((element) => element.getBoundingClientRect().top >= view().getBoundingClientRect().top)!;
    const before = anchor.getBoundingClientRect().top;
    await draw(timeline(many(1, 9), many(10, 30)));
    expect(Math.abs(anchor.getBoundingClientRect().top - before)).to.be.below(2);
    await draw(timeline(many(1, 9), [...many(10, 30), message(50, 'new')]));
    expect(Math.abs(anchor.getBoundingClientRect().top - before)).to.be.below(2);
    expect(read.at(-1)).to.equal(39);
    jump().querySelector('button')!.click();
    await frames();
    expect(gap()).to.be.below(2);
    expect(read.at(-1)).to.equal(50);
  });

  it('does not take a late scroll event for a reader who left', async () => {
    await draw(timeline(many(1, 30)));
    props = { ...props, ...timeline(many(1, 40)) };
    render(transcript.template(props), root);
    view().dispatchEvent(new Event('scroll'));
    await frames();
    expect(gap()).to.be.below(2);
  });

  for (const [what, last] of [['shorter and longer', 60], ['shorter and as long as before', 30]] as const) {
    it(`does not take it for a reader who left that the browser moved up, because the content became ${what} in one drawing`, async () => {
      await draw(timeline(many(1, 30)));
      for (const count of [20, last]) {
        props = { ...props, ...timeline(many(1, count)) };
        render(transcript.template(props), root);
        // Read, and so laid out: the shorter content leaves no room where the view stood.
        expect(view().scrollTop).to.be.greaterThan(0);
      }
      expect(gap()).to.be.greaterThan(100);
      await frames();
      expect(gap()).to.be.below(2);
      expect(jump().hidden).to.be.true;
      expect(read.at(-1)).to.equal(last);
    });
  }

  it('keeps the last message in view when the room shrinks, as for a keyboard', async () => {
    await draw(timeline(many(1, 30)));
    root.style.setProperty('height', '180px');
    await frames();
    expect(gap()).to.be.below(2);
  });

  it('asks for older messages near the top, once it is wanted', async () => {
    await draw({ timeline: { chunks: [many(50, 30)], length: 30, hasOlder: true, loadingOlder: false } });
    expect(older).to.equal(0);
    view().scrollTop = 10;
    await frames();
    expect(older).to.be.greaterThan(0);
    const asked = older;
    await draw({ timeline: { chunks: props.timeline.chunks, length: 30, hasOlder: true, loadingOlder: true } });
    view().scrollTop = 5;
    await frames();
    expect(older).to.equal(asked);
  });

  it('separates days, and marks where the unread begin', async () => {
    const late = message(3, 'next day', { at: message(1, '').at + 86_400_000 });
    await draw({ ...timeline([message(1, 'one'), message(2, 'two'), late]), firstUnreadSeq: 3 });
    expect(root.querySelectorAll('.day').length).to.equal(2);
    expect(root.querySelector('.unread-line')!.nextElementSibling!.textContent).to.contain('next day');
  });

  it('spells the state of the newest own message, and of each that has not arrived', async () => {
    await draw(timeline([ownMessage(1, 'a', { state: 'read' }), message(2, 'b'), ownMessage(3, 'c', { state: 'delivered' }), message(4, 'd'), ownMessage(null, 'e', { state: 'sending', at: Date.now() })]));
    expect([...root.querySelectorAll('.state')].map((state) => state.textContent!.trim())).to.deep.equal(['Sending…']);
    await draw(timeline([ownMessage(null, 'e', { state: 'sending', at: Date.now() - 11_000 })]));
    expect([...root.querySelectorAll('.state')].map((state) => state.textContent!.trim())).to.deep.equal(['Still sending… It goes out by itself.']);
    await draw(timeline([ownMessage(1, 'a', { state: 'read' }), message(2, 'b'), ownMessage(3, 'c', { state: 'delivered' })]));
    expect([...root.querySelectorAll('.state')].map((state) => state.textContent!.trim())).to.deep.equal(['Delivered']);
  });
});
