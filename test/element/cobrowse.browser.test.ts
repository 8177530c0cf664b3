/** The patient's side of co-browsing on the screen, with the real recorder: every way through consent, what is drawn over the page, and what a nurse may propose. */
import { expect } from '@open-wc/testing';
import { boxKinds, decodeFrame, type Frame } from '../../src/cobrowse/frame-codec.js';
import { openCobrowse, type CobrowseStage } from '../support/browser/cobrowse-stage.js';

const markup = `
  <h1 data-care-unmask>Refill request</h1><p>Maria Lopez</p>
  <form><label data-care-unmask>Pharmacy <input id="pharmacy" name="pharmacy"></label>
  <input id="secret" type="password"><input id="card" autocomplete="cc-number"><input id="code" autocomplete="one-time-code"><input id="file" type="file">
  <span data-care-mask><input id="masked"></span><input id="readonly" readonly><input id="off" disabled><textarea id="note"></textarea></form>`;

describe('co-browsing, the patient\'s side', () => {
  let stage: CobrowseStage;
  let page: HTMLElement;
  beforeEach(() => {
    page = document.createElement('main');
    page.innerHTML = markup;
    page.style.setProperty('margin-block-start', '120px');
    document.body.prepend(page);
  });
  afterEach(() => {
    stage.remove();
    page.remove();
  });
  const field = (id: string): HTMLInputElement => page.querySelector<HTMLInputElement>(`#${id}`)!;
  const key = (target: EventTarget, options: KeyboardEventInit): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, composed: true, ...options });
    target.dispatchEvent(event);
    return event;
  };
  const last = (name: string): Event & Record<string, unknown> => stage.events.filter(({ type }) => type === name).at(-1) as Event & Record<string, unknown>;
  const shown = async (text: string): Promise<void> => stage.until(() => stage.text().includes(text));

  describe('the question', () => {
    it('names the nurse and the clinic, what is seen and what not, and for how long; loads nothing, moves no focus', async () => {
      stage = await openCobrowse();
      stage.panel.get('textarea').focus();
      stage.request();
      await shown('Nadia Okafor asks to see this page');
      for (const words of ['From Rosewater Clinic', 'Nadia Okafor would not see', 'what you type or choose', 'For 30 minutes at most', 'Nothing is recorded']) expect(stage.text()).to.contain(words);
      expect(stage.panel.root.activeElement).to.equal(stage.panel.get('textarea'));
      expect([stage.loads, stage.said, stage.loop.sent]).to.deep.equal([[], [], []]);
      expect(stage.panel.announced()).to.deep.equal(['Nadia Okafor asks to see this page']);
      expect(last('care-chat-cobrowse')).to.include({ state: 'requested', session: 's1', agentId: 'a_nadia', conversationId: 'c_1', consentHash: null });
    });

    it('has two answers of one look and size', async () => {
      stage = await openCobrowse();
      stage.request();
      await shown('asks to see');
      const [no, yes] = [stage.button('Do not allow'), stage.button('Allow')];
      const looks = (button: HTMLElement): readonly unknown[] => [...['backgroundColor', 'color', 'borderColor', 'fontWeight'].map((name) => getComputedStyle(button)[name as 'color']), Math.round(button.offsetWidth), Math.round(button.offsetHeight)];
      expect(looks(no)).to.deep.equal(looks(yes));
      expect(yes.getBoundingClientRect().height).to.be.at.least(24);
    });

    it('is declined by Escape, and the panel stays open', async () => {
      stage = await openCobrowse();
      stage.request();
      await shown('asks to see');
      stage.button('Allow').focus();
      key(stage.button('Allow'), { key: 'Escape' });
      await stage.until(() => stage.place === null);
      expect(stage.said).to.deep.equal([{ session: 's1', state: 'declined', reason: 'patient' }]);
      expect(stage.panel.element.opened).to.be.true;
      expect(stage.panel.root.activeElement).not.to.equal(null);
    });

    it('is gone after a minute', async () => {
      stage = await openCobrowse();
      stage.request();
      await shown('asks to see');
      await stage.panel.session.clock.advance(60_000);
      await stage.until(() => stage.place === null);
      expect(stage.said[0]?.reason).to.equal('timeout');
    });

    it('is asked beside a closed panel as well', async () => {
      stage = await openCobrowse({ opened: false });
      stage.request();
      await shown('asks to see');
      expect(stage.button('Allow').checkVisibility()).to.be.true;
    });

    for (const lang of ['es', 'ar']) {
      it(`is asked in ${lang}`, async () => {
        stage = await openCobrowse({ lang });
        stage.request();
        await shown(lang === 'es' ? 'pide ver esta página' : 'رؤية هذه الصفحة');
        expect(stage.place!.querySelector<HTMLElement>('.view')!.dir).to.equal(lang === 'ar' ? 'rtl' : 'ltr');
        await expect(stage.panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      });
    }

    it('shows a name as text, and no more than forty characters of it', async () => {
      stage = await openCobrowse({ agent: `<img src=x onerror=alert(1)>${'x'.repeat(80)}` });
      stage.request();
      await shown('asks to see');
      expect(stage.place!.querySelector('img')).to.equal(null);
      expect(stage.text()).not.to.contain('x'.repeat(40));
    });

    it('is no where the clinic\'s configuration has a mistake', async () => {
      stage = await openCobrowse({ config: { cobrowse: { dictionry: [] } as object } });
      stage.request();
      await shown('asks to see');
      stage.button('Allow').click();
      await shown('cannot be shown in your browser');
      expect(stage.said[0]).to.include({ state: 'declined', reason: 'unsupported' });
      expect(stage.panel.session.intents.filter(([name]) => name === 'fail')).to.deep.equal([['fail', 'config-invalid']]);
    });
  });

  describe('the picture beforehand', () => {
    it('is the exact frame that the nurse gets', async () => {
      stage = await openCobrowse();
      stage.request();
      await shown('asks to see');
      stage.button('Allow').click();
      await stage.until(() => stage.panel.root.querySelectorAll('.cobrowse-picture .cobrowse-text').length > 1);
      expect(stage.loop.sent).to.deep.equal([]);
      const picture = (): string => stage.panel.get('.cobrowse-page').textContent!;
      const before = picture();
      expect(before).to.contain('Refill request').and.not.contain('Maria');
      stage.button('Share this page').click();
      await stage.until(() => stage.frames.length > 0);
      const { strings, boxes } = stage.last();
      const text = boxes.filter((box) => boxKinds[box[2]] === 'text').map((box) => strings[box[9]]);
      expect(text.join('')).to.equal(before);
    });

    it('leads back to nothing where it is not shared', async () => {
      stage = await openCobrowse();
      stage.request();
      await shown('asks to see');
      stage.button('Allow').click();
      await shown('Nothing has been sent yet');
      stage.button('Do not share').click();
      await stage.until(() => stage.place === null);
      expect(stage.said).to.deep.equal([{ session: 's1', state: 'declined', reason: 'patient' }]);
      expect(stage.loop.sent).to.deep.equal([]);
    });
  });

  describe('while it is shown', () => {
    it('records the consent: the hash of the text that was on the screen', async () => {
      stage = await openCobrowse();
      await stage.begin();
      const { consent } = stage.said[0]!;
      expect(consent).to.include({ purpose: 'cobrowse', granted: true, locale: 'en' });
      expect(consent!.textHash).to.match(/^[0-9a-f]{64}$/);
      expect(last('care-chat-cobrowse')).to.include({ state: 'active', consentHash: consent!.textHash });
    });

    it('has a bar with name, time, Pause and Stop, an outline around the page, and the code', async () => {
      stage = await openCobrowse();
      await stage.begin();
      await shown('Nadia Okafor sees this page');
      expect(stage.text()).to.match(/(30:00|29:5\d) left/);
      expect(stage.panel.get('.cobrowse-layer').getBoundingClientRect().width).to.equal(document.documentElement.clientWidth);
      stage.button('More').click();
      await shown('Security code: 123 456');
      await expect(stage.panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    });

    it('stops by a key from anywhere, at once, and says what was shown', async () => {
      stage = await openCobrowse();
      await stage.begin();
      field('note').focus();
      const sent = stage.loop.sent.length;
      expect(key(field('note'), { code: 'KeyS', key: 'Í', altKey: true, shiftKey: true }).defaultPrevented).to.be.true;
      expect(stage.loop.isOpen('patient')).to.be.false;
      await shown('Sharing has ended');
      expect(stage.text()).to.contain('Refills, from').and.contain('No picture of it was kept');
      page.querySelector('h1')!.textContent = 'Another';
      await stage.panel.session.clock.advance(3000);
      expect(stage.loop.sent.length).to.equal(sent);
      expect(stage.panel.root.querySelector('.cobrowse-layer')).to.equal(null);
      expect(last('care-chat-cobrowse')).to.include({ state: 'ended', reason: 'stopped' });
      stage.button('Close').click();
      await stage.until(() => stage.place === null);
    });

    it('pauses for a password, a card and a code, and goes on by a press', async () => {
      for (const id of ['secret', 'card', 'code']) {
        stage = await openCobrowse();
        await stage.begin();
        field(id).focus();
        await shown('Paused');
        const sent = stage.frames.length;
        page.querySelector('h1')!.textContent = `Another ${id}`;
        await stage.panel.session.clock.advance(2000);
        expect(stage.frames.length).to.equal(sent);
        stage.button('Go on').focus();
        await stage.panel.settle();
        stage.button('Go on').click();
        await stage.until(() => stage.frames.length > sent);
        if (id !== 'code') stage.remove();
      }
    });

    it('pauses on a page that is blocked as a whole', async () => {
      stage = await openCobrowse();
      await stage.begin();
      document.body.setAttribute('data-care-block', '');
      await shown('this page is never shown');
      stage.button('Go on').click();
      await stage.panel.settle();
      expect(stage.text()).to.contain('Paused');
      document.body.removeAttribute('data-care-block');
    });

    it('shows at any time what the nurse sees, and what is hidden', async () => {
      stage = await openCobrowse();
      await stage.begin();
      stage.button('Pause').click();
      await shown('You have paused');
      stage.button('More').click();
      await shown('What Nadia Okafor sees');
      stage.button('What Nadia Okafor sees').click();
      await stage.until(() => stage.panel.root.querySelector('.cobrowse-picture .cobrowse-text') !== null);
      expect(stage.panel.get('.cobrowse-page').textContent).to.contain('Refill request');
      stage.button('Go on').click();
      stage.button('Show what is hidden').click();
      await stage.until(() => stage.panel.all('.cobrowse-hidden').length > 3);
      stage.button('Show what is hidden').click();
      await stage.until(() => stage.panel.all('.cobrowse-hidden').length === 0);
    });

    it('can be reached and used by the keyboard alone: every control is a button in order', async () => {
      stage = await openCobrowse();
      await stage.begin();
      await shown('sees this page');
      const buttons = [...stage.place!.querySelectorAll('button')];
      expect(buttons.map((one) => one.textContent!.trim())).to.deep.equal(['Pause', 'Stop', 'More']);
      for (const one of buttons) expect(one.getBoundingClientRect().height).to.be.at.least(24);
      stage.button('Pause').focus();
      stage.button('Pause').click();
      await shown('You have paused');
      expect(stage.place!.contains(stage.panel.root.activeElement)).to.be.true;
    });
  });

  describe('what the nurse does', () => {
    const center = (element: Element): { x: number; y: number } => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    };

    it('is drawn over the page, out of reach of clicks and screen readers, without touching the page', async () => {
      stage = await openCobrowse();
      await stage.begin();
      const before = page.outerHTML + document.body.getAttribute('style') + document.body.className;
      const box = stage.boxOf(field('pharmacy'));
      stage.tell({ t: 'highlight', box: box[0], number: 3 });
      stage.tell({ t: 'point', box: box[0], x: 500, y: 500 });
      stage.tell({ t: 'stroke', box: box[0], points: [0, 0, 1000, 1000] });
      await stage.until(() => stage.panel.all('.cobrowse-mark, .cobrowse-point').every((one) => !one.hidden) && stage.panel.all('.cobrowse-mark').length === 1);
      const mark = stage.panel.get('.cobrowse-mark');
      expect(mark.textContent).to.equal('3');
      expect(Math.abs(mark.getBoundingClientRect().top - field('pharmacy').getBoundingClientRect().top)).to.be.below(10);
      expect(stage.panel.get('.cobrowse-point').textContent).to.equal('Nadia Okafor');
      const layer = stage.panel.get('.cobrowse-layer');
      expect([layer.ariaHidden, getComputedStyle(layer).pointerEvents]).to.deep.equal(['true', 'none']);
      const { x, y } = center(field('pharmacy'));
      expect(document.elementFromPoint(x, y)).to.equal(field('pharmacy'));
      expect(page.outerHTML + document.body.getAttribute('style') + document.body.className).to.equal(before);
    });

    it('goes with the page when it scrolls, and away by itself or on request', async () => {
      stage = await openCobrowse();
      page.style.setProperty('padding-block-end', '3000px');
      await stage.begin();
      const box = stage.boxOf(field('pharmacy'));
      stage.tell({ t: 'highlight', box: box[0], number: 1 });
      stage.tell({ t: 'stroke', box: box[0], points: [0, 0, 1000, 1000] });
      await stage.until(() => stage.panel.all('.cobrowse-mark').some((one) => !one.hidden));
      scrollTo(0, 40);
      await stage.until(() => Math.abs(stage.panel.get('.cobrowse-mark').getBoundingClientRect().top - field('pharmacy').getBoundingClientRect().top) < 10);
      await stage.panel.session.clock.advance(4000);
      expect(stage.panel.root.querySelector('.cobrowse-stroke')).to.equal(null);
      stage.tell({ t: 'clear' });
      expect(stage.panel.all('.cobrowse-mark').length).to.equal(0);
      scrollTo(0, 0);
    });

    it('suggests a scroll, which the patient does', async () => {
      stage = await openCobrowse();
      page.style.setProperty('padding-block-end', '3000px');
      await stage.begin();
      stage.tell({ t: 'scroll', to: 'down' });
      await shown('suggests looking further down');
      expect(scrollY).to.equal(0);
      stage.button('Show me').click();
      await stage.until(() => scrollY > 0);
      scrollTo({ top: 0, behavior: 'instant' });
    });

    it('is not drawn while it is paused', async () => {
      stage = await openCobrowse();
      await stage.begin();
      const box = stage.boxOf(field('pharmacy'));
      stage.button('Pause').click();
      stage.tell({ t: 'highlight', box: box[0], number: 1 });
      expect(stage.panel.all('.cobrowse-mark').length).to.equal(0);
    });
  });

  describe('a value that is proposed', () => {
    const propose = async (id: string, text = 'Corner Pharmacy'): Promise<void> => {
      stage.tell({ t: 'propose', id: 7, box: stage.boxOf(field(id))[0], text });
    };
    const answer = (): unknown => stage.heard.filter((message) => (message as { t: string }).t === 'answer').at(-1);

    it('is put into the field by the patient\'s word, as if it was typed; the nurse learns that, and no value', async () => {
      stage = await openCobrowse();
      await stage.begin();
      expect(stage.loads).not.to.include('cobrowse-propose');
      const heard: string[] = [];
      for (const type of ['input', 'change']) field('pharmacy').addEventListener(type, ({ type: name }) => heard.push(name));
      await propose('pharmacy');
      await shown('proposes a text for “Pharmacy”');
      expect(field('pharmacy').value).to.equal('');
      expect(stage.panel.announced().at(-1)).to.contain('Corner Pharmacy');
      stage.button('Use it').click();
      expect(field('pharmacy').value).to.equal('Corner Pharmacy');
      expect(heard).to.deep.equal(['input', 'change']);
      expect(answer()).to.deep.equal({ t: 'answer', id: 7, how: 'accepted' });
      await stage.panel.session.clock.advance(1000);
      expect(stage.loop.sent.filter(([from]) => from === 'patient').map(([, , text]) => text).join()).not.to.contain('Corner');
    });

    it('can be changed first', async () => {
      stage = await openCobrowse();
      await stage.begin();
      await propose('note', 'Since Monday');
      await shown('proposes a text');
      stage.button('Change it first').click();
      await stage.until(() => stage.panel.root.activeElement?.className === 'cobrowse-field');
      stage.panel.get<HTMLInputElement>('.cobrowse-field').value = 'Since Tuesday';
      stage.button('Use it').click();
      expect((field('note') as unknown as HTMLTextAreaElement).value).to.equal('Since Tuesday');
      expect(answer()).to.deep.equal({ t: 'answer', id: 7, how: 'accepted' });
    });

    it('can be declined', async () => {
      stage = await openCobrowse();
      await stage.begin();
      await propose('pharmacy');
      await shown('proposes a text');
      stage.button('No, thanks').click();
      expect(field('pharmacy').value).to.equal('');
      expect(answer()).to.deep.equal({ t: 'answer', id: 7, how: 'declined' });
    });

    for (const id of ['secret', 'card', 'code', 'file', 'masked', 'readonly', 'off']) {
      it(`is never one for: ${id}`, async () => {
        stage = await openCobrowse();
        await stage.begin();
        await propose(id);
        await stage.until(() => answer() !== undefined);
        expect(answer()).to.deep.equal({ t: 'answer', id: 7, how: 'gone' });
        expect(stage.text()).not.to.contain('proposes');
      });
    }

    const spoils: readonly (readonly [string, (input: HTMLInputElement) => void])[] = [
      ['it has become a password', (input) => (input.type = 'password')],
      ['it is marked as masked', (input) => input.closest('form')!.setAttribute('data-care-mask', '')],
      ['it was disabled', (input) => (input.disabled = true)],
      ['it is not shown any more', (input) => input.style.setProperty('display', 'none')],
      ['it is gone', (input) => input.remove()],
    ];
    for (const [name, spoil] of spoils) {
      it(`is looked at once more when it is accepted: ${name}`, async () => {
        stage = await openCobrowse();
        await stage.begin();
        const input = field('pharmacy');
        await propose('pharmacy');
        await shown('proposes a text');
        spoil(input);
        stage.button('Use it').click();
        expect(input.value).to.equal('');
        expect(answer()).to.deep.equal({ t: 'answer', id: 7, how: 'gone' });
        await shown('nothing was filled in');
      });
    }

    it('is none for what covers a field', async () => {
      stage = await openCobrowse();
      await stage.begin();
      const box = stage.boxOf(field('pharmacy'));
      const cover = document.createElement('div');
      cover.setAttribute('style', 'position:fixed;inset:0');
      page.append(cover);
      stage.tell({ t: 'propose', id: 7, box: box[0], text: 'x' });
      await stage.until(() => answer() !== undefined);
      expect(answer()).to.deep.equal({ t: 'answer', id: 7, how: 'gone' });
    });
  });

  it('asks on the next page whether to go on', async () => {
    const first = (stage = await openCobrowse());
    await stage.begin();
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(stage.said.at(-1)).to.deep.equal({ session: 's1', state: 'ended', reason: 'left' });
    first.part.dispose();
    stage = await openCobrowse({ before: first });
    stage.heardOf({ session: 's1', state: 'ended', by: { role: 'visitor' }, reason: 'left' });
    await shown('Go on sharing with Nadia Okafor?');
    expect(stage.loads).to.deep.equal([]);
    stage.button('Share this page too').click();
    await stage.until(() => stage.frames.length > 0);
    expect(stage.said[0]).to.include({ state: 'granted', resumes: 's1' });
    first.panel.remove();
  });

  it('leaves nothing behind', async () => {
    stage = await openCobrowse();
    await stage.begin();
    stage.part.dispose();
    expect(stage.loop.isOpen('patient')).to.be.false;
    expect(stage.panel.root.querySelector('.cobrowse, .cobrowse-layer')).to.equal(null);
    const sent = stage.loop.sent.length;
    await stage.panel.session.clock.advance(5000);
    expect(stage.loop.sent.length).to.equal(sent);
  });

  it('masks what was there before where something may have been put into the page', async () => {
    stage = await openCobrowse({ hadInput: true });
    const frame: Frame = await stage.begin();
    expect(frame.strings).to.deep.equal([]);
    expect(decodeFrame(stage.frames[0]!).ok).to.be.true;
    expect(last('care-unmask-suspect')).to.include({ reason: 'after-input' });
  });
});
