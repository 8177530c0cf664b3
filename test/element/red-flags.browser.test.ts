/** The note with a number to call while somebody types: when it is there, with which number, what it never does, and that nothing of it leaves. */
import { expect } from '@open-wc/testing';
import { CareError } from '../../src/base/care-error.js';
import type { ChatSnapshot } from '../../src/core/snapshots.js';
import type { ChatHost } from '../../src/element/host.js';
import type { EmergencyLine, Widget } from '../../src/protocol/types.js';
import { mountPanel, until, type PanelFixture, type PanelFixtureOptions } from '../support/browser/panel-fixture.js';
import { message, readySnapshot, stubConversation, stubWidget } from '../support/browser/stub-chat-session.js';
import { sampleCheck } from '../support/shared/sample-check.js';
import { item, questionnaire } from '../support/shared/questionnaires.js';

const lines: readonly EmergencyLine[] = [{ kind: 'emergency', number: '911' }, { kind: 'crisis', number: '988' }];
const widgetOf = (change: Partial<Widget> = {}): Widget => ({ ...stubWidget, emergency: [...lines], ...change });
const talk = [message(1, 'Hello, this is Nadia.')];
const talking = (change: Partial<Widget> = {}, more: Partial<ChatSnapshot> = {}): ChatSnapshot => readySnapshot({ widget: widgetOf(change), conversation: stubConversation(talk), ...more });

describe('a note with a number while somebody types', () => {
  let panel: PanelFixture;
  let loaded: string[];
  beforeEach(() => {
    loaded = [];
  });
  afterEach(() => panel.remove());

  const note = (): HTMLElement | undefined => panel.all('.red-flag').find((one) => one.checkVisibility());
  const isShown = (): boolean => note() !== undefined;
  const links = (): readonly (readonly [href: string | null, text: string])[] => [...note()!.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.textContent!]);
  const field = (): HTMLTextAreaElement => panel.get('.composer-field');
  const loadChunk: ChatHost['loadChunk'] = async (name, load) => {
    const module = await load();
    loaded.push(name);
    return module;
  };
  const mount = async (snapshot: ChatSnapshot, options: PanelFixtureOptions = {}): Promise<void> => {
    panel = await mountPanel(snapshot, { loadChunk, ...options });
    await panel.session.clock.advance(1500);
    await until(() => loaded.includes('later'));
    await panel.settle();
  };
  const put = async (into: HTMLTextAreaElement | HTMLInputElement, text: string): Promise<void> => {
    into.value = text;
    into.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await panel.settle();
  };
  /** Types, and waits until it has been looked at. */
  const type = async (text: string, into: HTMLTextAreaElement | HTMLInputElement = field()): Promise<void> => {
    await put(into, text);
    await until(() => loaded.includes('red-flags'));
    await panel.settle();
    await panel.session.clock.advance(250);
    await panel.settle();
  };
  const key = async (target: Element, name: string): Promise<void> => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, composed: true }));
    await panel.settle();
  };
  const close = async (): Promise<void> => {
    panel.button('Close this note').click();
    await panel.settle();
  };
  const audit = () => expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });

  it('loads nothing before something is typed, also where a draft was kept', async () => {
    await mount(talking({}, { draft: { text: 'I have chest pain', at: 1 } }));
    await panel.session.clock.advance(5000);
    await panel.settle();
    expect(loaded).to.deep.equal(['later']);
    await type('I have chest pain ');
    expect(isShown()).to.be.true;
    expect(loaded).to.deep.equal(['later', 'red-flags']);
  });

  it('hears what was typed before it was loaded, without another key', async () => {
    let arrive = (): void => {};
    const slow = new Promise<void>((resolve) => (arrive = resolve));
    panel = await mountPanel(talking(), { loadChunk: async (name, load) => (name === 'later' && (await slow), loadChunk(name, load)) });
    await panel.session.clock.advance(1500);
    field().focus();
    await put(field(), 'I can’t breathe');
    expect(loaded).to.deep.equal([]);
    arrive();
    await until(() => loaded.includes('red-flags'));
    await panel.settle();
    await panel.session.clock.advance(250);
    await panel.settle();
    expect(note()?.innerText).to.contain('This may need help right away');
  });

  const numbers: readonly (readonly [name: string, emergency: readonly EmergencyLine[], text: string, links: readonly (readonly [string, string])[]])[] = [
    ['the emergency line', lines, 'my chest hurts', [['tel:911', 'Call 911 in an emergency']]],
    ['the crisis line, then the emergency line', lines, 'I want to die', [['tel:988', 'Crisis line: 988'], ['tel:911', 'Call 911 in an emergency']]],
    ['the lines by kind, in whatever order', [{ kind: 'crisis', number: '116 123' }, { kind: 'emergency', number: '112' }], 'chest pain', [['tel:112', 'Call 112']]],
    ['the crisis line that stands first', [{ kind: 'crisis', number: '116 123' }, { kind: 'emergency', number: '112' }], 'suicidal', [['tel:116123', 'Crisis line: \u2066116 123\u2069'], ['tel:112', 'Call 112']]],
    ['the country\'s crisis line where the clinic names none', [{ kind: 'emergency', number: '911' }], 'I want to die', [['tel:988', 'Crisis line: 988'], ['tel:911', 'Call 911 in an emergency']]],
    ['the clinic\'s words for a line', [...lines.slice(0, 1), { kind: 'crisis', number: '988', label: { en: 'Suicide and crisis lifeline' } }], 'I want to die', [['tel:988', 'Suicide and crisis lifeline: 988'], ['tel:911', 'Call 911 in an emergency']]],
    ['no line for anything else', [...lines, { kind: 'poison', number: '1-800-222-1222' }, { kind: 'other', number: '555' }], 'an overdose', [['tel:911', 'Call 911 in an emergency']]],
  ];
  for (const [name, emergency, text, expected] of numbers) {
    it(`shows ${name}`, async () => {
      await mount(talking({ emergency: [...emergency] }));
      await type(text);
      expect(links()).to.deep.equal(expected);
    });
  }

  it('is said once, politely; takes no focus, stands above the field and covers nothing', async () => {
    await mount(talking());
    field().focus();
    await type('Since this morning I have chest pain');
    expect(panel.announced()).to.deep.equal(['This may need help right away. If it is happening now, call at once. Do not wait for an answer here. Call 911 in an emergency']);
    expect(note()!.closest('[aria-live],[role="alert"],[role="status"]')).to.equal(null);
    await type('Since this morning I have chest pain, and more');
    expect(panel.announced()).to.have.length(1);
    expect(panel.root.activeElement === field()).to.be.true;
    const [above, composer, log] = [note()!, panel.get('.composer'), panel.get('.transcript')].map((one) => one.getBoundingClientRect());
    expect(above!.bottom).to.be.at.most(composer!.top + 1);
    expect(above!.top).to.be.at.least(log!.bottom - 1);
    for (const target of note()!.querySelectorAll('a, button')) expect(Math.min(target.getBoundingClientRect().height, target.getBoundingClientRect().width)).to.be.at.least(24);
    await audit();
  });

  it('never stops a message, and stays when it has gone', async () => {
    await mount(talking());
    await type('I have chest pain');
    await key(field(), 'Enter');
    expect(panel.session.intents.filter(([name]) => name === 'send')).to.deep.equal([['send', 'I have chest pain']]);
    expect(field().value).to.equal('');
    expect(isShown()).to.be.true;
    await type('Are you there?');
    expect(isShown()).to.be.true;
    expect(panel.announced()).to.have.length(1);
  });

  it('hears a message that is sent at once', async () => {
    await mount(talking());
    await type('Hello');
    await put(field(), 'She is not breathing');
    await key(field(), 'Enter');
    await panel.session.clock.advance(250);
    await panel.settle();
    expect(isShown()).to.be.true;
  });

  it('is closed by its button or Escape, which leave the panel open and the focus in the field; then only another kind or a new message shows one', async () => {
    await mount(talking());
    field().focus();
    await type('chest pain');
    panel.button('Close this note').focus();
    await close();
    expect(isShown()).to.be.false;
    expect(panel.root.activeElement === field()).to.be.true;
    await type('chest pain, still');
    expect(isShown()).to.be.false;
    await type('chest pain, still. I want to die');
    expect(links()[0]).to.deep.equal(['tel:988', 'Crisis line: 988']);
    await audit();
    await key(field(), 'Escape');
    expect(isShown()).to.be.false;
    expect(panel.element.opened).to.be.true;
    expect(panel.root.activeElement === field()).to.be.true;
    await type('chest pain, still. I want to die!');
    expect(isShown()).to.be.false;
    await key(field(), 'Enter');
    await type('the chest pain is worse');
    expect(links()).to.have.length(1);
    await key(field(), 'Escape');
    await key(field(), 'Escape');
    expect(panel.element.opened).to.be.false;
  });

  it('shows one for the next message where it was closed after the last was sent', async () => {
    await mount(talking());
    await type('chest pain');
    await key(field(), 'Enter');
    await close();
    await type('chest pain');
    expect(isShown()).to.be.true;
  });

  it('makes way for the crisis line, and not the other way round', async () => {
    await mount(talking());
    await type('chest pain');
    await type('chest pain and I want to die');
    expect(note()!.innerText).to.contain('You do not have to go through this alone');
    await type('chest pain');
    expect(note()!.innerText).to.contain('You do not have to go through this alone');
    expect(panel.announced()).to.have.length(2);
  });

  it('leaves Escape to the menu while that is open', async () => {
    await mount(talking());
    await type('chest pain');
    panel.button('More').click();
    await panel.settle();
    await key(panel.root.activeElement!, 'Escape');
    expect(panel.get('.menu').hidden).to.be.true;
    expect(isShown()).to.be.true;
  });

  it('goes with the conversation, and is not in the next one', async () => {
    await mount(talking());
    await type('I want to die');
    await panel.set({ conversation: stubConversation(talk, { status: 'closed' }) });
    expect(isShown()).to.be.false;
    await panel.set({ conversation: null });
    expect(isShown()).to.be.false;
  });

  it('stands beside what is written in the rating of a chat that has ended, whatever else comes', async () => {
    await mount(talking({ forms: ['feedback'], rating: 'feedback' }));
    panel.session.answers.set('/forms/feedback?widget=main', { questionnaire: questionnaire([item('more', 'text')], { url: 'urn:test:feedback', version: '1' }) });
    const end = (unread: number) => panel.set({ unread, conversation: stubConversation(talk, { status: 'closed' }) });
    await end(0);
    panel.button('Rate this chat').click();
    await until(() => panel.all('.asked textarea').length > 0);
    await type('I want to die', panel.get('.asked textarea'));
    await end(1);
    expect(isShown()).to.be.true;
    expect(note()!.checkVisibility()).to.be.true;
  });

  it('goes with a visitor who is forgotten before a conversation, whatever was being typed', async () => {
    await mount(readySnapshot({ widget: widgetOf() }));
    await type('I want to die');
    expect(isShown()).to.be.true;
    await put(field(), 'I want to die, and I cannot breathe');
    panel.session.wanted.set('forget');
    await panel.settle();
    expect(isShown()).to.be.false;
    expect(panel.session.wanted.value, 'it is taken up').to.equal(null);
    await panel.session.clock.advance(1000);
    await panel.settle();
    expect(isShown()).to.be.false;
    await type('I want to die');
    expect(isShown(), 'for who comes next it is there').to.be.true;
  });

  it('does not come up late for a visitor who was forgotten while it was loading', async () => {
    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    await mount(readySnapshot({ widget: widgetOf() }), { loadChunk: async (name, load) => (name === 'red-flags' && (await gate), loadChunk(name, load)) });
    await put(field(), 'I want to die');
    panel.session.wanted.set('forget');
    goOn();
    await until(() => loaded.includes('red-flags'));
    await panel.settle();
    await panel.session.clock.advance(1000);
    await panel.settle();
    expect(isShown()).to.be.false;
  });

  it('comes along from the first message into the conversation', async () => {
    await mount(readySnapshot({ widget: widgetOf() }));
    await type('I cannot breathe');
    expect(note()!.getBoundingClientRect().bottom).to.be.at.most(panel.get('.composer').getBoundingClientRect().top + 1);
    await audit();
    await panel.set({ conversation: stubConversation(talk) });
    expect(isShown()).to.be.true;
  });

  it('tells nobody: no request, no event, nothing kept', async () => {
    await mount(talking());
    await type('Hello');
    const heard: string[] = [];
    const { dispatchEvent } = EventTarget.prototype;
    const keptBefore = JSON.stringify([localStorage, sessionStorage]);
    const before = panel.session.intents.length;
    const requests = performance.getEntriesByType('resource').length;
    panel.element.dispatchEvent = function told(event) {
      heard.push(event.type);
      return dispatchEvent.call(this, event);
    };
    await type('I want to die');
    expect(isShown()).to.be.true;
    // What typing does in any case: the draft, and that somebody types.
    expect(panel.session.intents.slice(before).map(([name]) => name).filter((name) => name !== 'setDraft' && name !== 'setTyping')).to.deep.equal([]);
    expect(heard).to.deep.equal([]);
    expect(JSON.stringify([localStorage, sessionStorage])).to.equal(keptBefore);
    expect(performance.getEntriesByType('resource').length).to.equal(requests);
  });

  it('is not there where the clinic has switched it off, nor before it is known what the clinic wants', async () => {
    await mount(talking({ redFlags: { off: true } }));
    await put(field(), 'chest pain');
    await panel.session.clock.advance(1000);
    await panel.set({ widget: null });
    await put(field(), 'chest pain!!');
    await panel.session.clock.advance(1000);
    await panel.settle();
    expect(loaded).to.deep.equal(['later']);
    expect(isShown()).to.be.false;
  });

  it('hears the clinic\'s own phrases, beside ours or in their place', async () => {
    await mount(talking({ redFlags: { add: { en: { emergency: ['my pump alarms'] } }, replace: { en: { crisis: ['dark place'] } } } }));
    await type('I want to die');
    expect(isShown()).to.be.false;
    await type('My PUMP, alarms!');
    expect(links()[0]![0]).to.equal('tel:911');
    await type('I am in a dark place');
    expect(links()[0]![0]).to.equal('tel:988');
    await close();
    await panel.set({ widget: widgetOf() });
    await put(field(), '');
    await type('I am in a dark place');
    expect(isShown()).to.be.false;
    await type('I want to die');
    expect(isShown()).to.be.true;
  });

  for (const [lang, text, words, call] of [['es', 'no puedo respirar', 'Esto puede necesitar ayuda inmediata', 'En una emergencia, llame al 911'], ['ar', 'لا أستطيع التنفس', 'قد يحتاج هذا إلى مساعدة فورية', 'في حالة الطوارئ اتصل بالرقم 911']] as const) {
    it(`speaks ${lang}`, async () => {
      await mount(talking(), { lang });
      await type(text);
      expect(note()!.innerText).to.contain(words);
      expect(links()).to.deep.equal([['tel:911', call]]);
      expect(getComputedStyle(note()!).direction).to.equal(lang === 'ar' ? 'rtl' : 'ltr');
      expect(panel.announced()[0]).to.contain(words);
      await audit();
      await panel.setLang('en');
      await until(() => note()!.innerText.includes('This may need help right away'));
    });
  }

  it('hears the questions before a chat, in both manners, and the message that is left', async () => {
    const offline = questionnaire([item('message', 'text')], { url: 'https://clinic.example/forms/offline', title: 'Leave us a message' });
    // So many that the field that is written in stands at the bottom of what scrolls.
    const preChat = questionnaire([...'abcdefgh'].map((linkId) => item(linkId, 'string')).concat(item('about', 'text')));
    const oneByOne = { ...questionnaire([item('about', 'text'), item('more', 'string')]), extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-entryMode', valueCode: 'sequential' }] };
    for (const [questions, nobody] of [[preChat, false], [oneByOne, false], [undefined, true]] as const) {
      loaded = [];
      await mount(readySnapshot({
        widget: widgetOf({ offline, ...(questions && { preChat: questions }) }), ...(nobody && { availability: { v: 2, state: 'offline', departments: [], agents: [] } }),
      }));
      panel.button(nobody ? 'Leave a message' : 'Start chat').click();
      await until(() => panel.all('.page textarea').length > 0);
      panel.get('.page textarea').focus();
      await type('he has chest pain', panel.get('.page textarea'));
      expect(links()[0]![0]).to.equal('tel:911');
      expect(note()!.getBoundingClientRect().bottom).to.be.at.most(panel.get('.foot').getBoundingClientRect().top + 1);
      await audit();
      const [typed, page] = [panel.get('.page textarea'), panel.get('.page')].map((one) => one.getBoundingClientRect());
      expect(typed!.bottom).to.be.at.most(page!.bottom + 2);
      await key(panel.get('.page textarea'), 'Escape');
      expect(isShown()).to.be.false;
      if (!nobody) panel.remove();
    }
  });

  it('hears what is typed into the symptom checker, and stands below it', async () => {
    await mount(readySnapshot({ widget: widgetOf({ checkers: [{ id: 'knee', name: { en: 'Sore knee' } }] }) }));
    panel.session.answers.set('/checkers/knee?widget=main', { pack: sampleCheck, allowUnreviewed: true });
    panel.session.wanted.set('check:knee');
    await until(() => panel.root.querySelector('.check .view-title') !== null);
    await panel.settle();
    for (const next of ['Start', 'Option none', 'Continue', 'Yes', 'Option swelling', 'Continue']) {
      const option = panel.all('.check label').find((one) => one.textContent!.includes(next));
      (option ?? panel.button(next)).click();
      await panel.settle();
    }
    // A question of the pack that takes a number, and then takes words.
    const typed = panel.get<HTMLInputElement>('.ask-now input');
    await put(typed, '71');
    expect(loaded).not.to.include('red-flags');
    typed.inputMode = 'text';
    await type('I want to die', typed);
    expect(links()[0]![0]).to.equal('tel:988');
    expect(note()!.getBoundingClientRect().top).to.be.at.least(panel.get('.check').getBoundingClientRect().bottom - 1);
    await audit();
    await close();
    expect(isShown()).to.be.false;
  });

  it('lets a patient write on where it cannot be loaded, and asks again half a minute later', async () => {
    let asked = 0;
    await mount(talking(), { loadChunk: (name, load) => (name === 'red-flags' && asked++ === 0 ? Promise.reject(new CareError('chunk-failed')) : loadChunk(name, load)) });
    await put(field(), 'chest');
    await until(() => asked === 1);
    await put(field(), 'chest pain');
    expect(asked).to.equal(1);
    expect(panel.session.intents.filter(([name]) => name === 'fail')).to.deep.equal([]);
    await panel.session.clock.advance(30_000);
    await type('chest pain!');
    expect(isShown()).to.be.true;
  });

  it('leaves nothing behind when the panel goes', async () => {
    await mount(talking());
    await type('chest pain');
    await put(field(), 'chest pain and');
    await panel.session.clock.advance(10_000);
    await put(field(), 'chest pain and more');
    panel.view.dispose();
    expect(panel.session.listeners).to.equal(0);
    expect(panel.root.querySelector('.red-flag, .red-flag-place')).to.equal(null);
    const before = panel.session.intents.length;
    await panel.session.clock.advance(10_000);
    expect(panel.session.intents.length).to.equal(before);
    expect(panel.session.clock.pending).to.equal(0);
    // Nobody takes Escape any more.
    const left = document.createElement('p');
    Object.assign(left, { className: 'red-flag', textContent: 'left' });
    let heard = false;
    panel.get('.panel').append(left);
    panel.get('.panel').addEventListener('keydown', () => (heard = true));
    await key(left, 'Escape');
    expect(heard).to.be.true;
  });
});
