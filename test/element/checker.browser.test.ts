/** The symptom checker in the panel: what it says of itself, when it stops, what it keeps, and what it hands over. */
import { expect } from '@open-wc/testing';
import { ok } from '../../src/base/result.js';
import type { FormAnsweredBody, OfflineRequest } from '../../src/protocol/types.js';
import { mountPanel, until, type PanelFixture, type PanelFixtureOptions } from '../support/browser/panel-fixture.js';
import { ownMessage, readySnapshot, stubAt, stubConversation, stubWidget } from '../support/browser/stub-chat-session.js';
import { sampleCheck } from '../support/shared/sample-check.js';
import { item as question, questionnaire as formOf, type Json } from '../support/shared/questionnaires.js';

const path = '/checkers/sore-knee?widget=main';
const widget = { ...stubWidget, emergency: [{ kind: 'emergency', number: '911' }, { kind: 'crisis', number: '988' }] as const, checkers: [{ id: 'sore-knee', name: { en: 'Sore knee' } }] };
const ready = (change = {}) => readySnapshot({ widget: { ...widget, emergency: [...widget.emergency] }, ...change });

describe('the symptom checker', () => {
  let panel: PanelFixture;
  afterEach(() => panel.remove());

  const mount = async (change = {}, options: PanelFixtureOptions = {}, pack: Json = sampleCheck, allowUnreviewed = false): Promise<void> => {
    panel = await mountPanel(ready(change), options);
    panel.session.answers.set(path, { pack, allowUnreviewed });
  };
  const seen = (text: string): Promise<void> => until(() => panel.text().includes(text));
  const press = async (name: string): Promise<void> => {
    panel.button(name).click();
    await panel.settle();
  };
  const open = async (pack: Json = sampleCheck, change = {}): Promise<void> => {
    await mount(change, {}, pack);
    panel.session.wanted.set('check:');
    await until(() => panel.root.querySelector('.check .view-title') !== null);
    await panel.settle();
  };
  const begin = async (...how: Parameters<typeof open>): Promise<void> => {
    await open(...how);
    await press('Start');
    await until(() => panel.root.querySelector('.ask-now') !== null);
  };
  const tick = async (option: string): Promise<void> => {
    const label = panel.all('.check label').find((one) => one.textContent!.includes(option)) as HTMLLabelElement;
    label.click();
    await panel.settle();
  };
  const type = async (value: string): Promise<void> => {
    const input = panel.get<HTMLInputElement>('.ask-now input');
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await press('Continue');
  };
  const answerAll = async (): Promise<void> => {
    await tick('Option none');
    await press('Continue');
    await press('Yes');
    await tick('Option swelling');
    await press('Continue');
    await press('Skip');
    await type('9');
  };
  const result = async (): Promise<void> => {
    await answerAll();
    await press('See the result');
    await seen('A visit');
  };
  const told = (): readonly string[] => panel.all('[aria-live="assertive"] p').map(({ textContent }) => textContent!);
  const asked = (): readonly unknown[] => panel.session.intents.filter(([name]) => name === 'request').map(([, , at]) => at);
  const sentForms = (): readonly FormAnsweredBody[] => panel.session.intents.filter(([name]) => name === 'submitForm').map(([, form]) => form as FormAnsweredBody);
  const audit = () => expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });

  it('stands beside the chat on the first view, and says what it is before it asks', async () => {
    await mount();
    expect(asked()).to.deep.equal([]);
    await press('Check your symptoms');
    await seen('This is not a diagnosis');
    for (const words of ['Sore knee', 'No clinician has approved this check', 'Written by The tests', 'November 25, 2026', 'Version 1, valid until June 30, 2027', 'Your answers stay on this device']) expect(panel.text()).to.include(words);
    expect(asked()).to.deep.equal([path]);
    expect(panel.get('.body').checkVisibility()).to.be.false;
    await audit();
  });

  it('names who approved it, and has no warning then', async () => {
    await open({ ...sampleCheck, status: 'approved', approver: { name: 'Dr. Ines Ramos', role: 'Medical director', on: '2026-11-20' } });
    expect(panel.text()).to.include('Approved by Dr. Ines Ramos, Medical director, November 20, 2026');
    expect(panel.text()).not.to.include('No clinician has approved');
    expect(panel.get('.check-about bdi').textContent).to.equal('Dr. Ines Ramos, Medical director');
  });

  it('asks nothing of anybody while it is answered, and says why it came to what it says', async () => {
    await begin();
    await audit();
    const before = panel.session.intents.length;
    await result();
    expect(panel.session.intents.length).to.equal(before);
    for (const words of ['Book a visit.', 'This is not a diagnosis', 'No clinician has approved this check']) expect(panel.text()).to.include(words);
    panel.get<HTMLDetailsElement>('.check-why').open = true;
    await panel.settle();
    for (const words of ['What do you notice?', 'Option swelling', 'For how many days?', '9', 'Rule B1']) expect(panel.get('.check-why').innerText).to.include(words);
    expect(panel.get('.check-why').innerText).not.to.include('How old are you?');
    expect(told()).to.deep.equal([]);
    expect(panel.root.activeElement?.textContent).to.not.equal('Emergency');
    await audit();
  });

  it('stops at the first red flag, says once what to do, and says why', async () => {
    await begin();
    panel.get('.ask-now').focus();
    await tick('Option foot-cold');
    await seen('Emergency');
    expect(panel.root.querySelector('.ask-now')).to.equal(null);
    expect(told()).to.deep.equal(['Call 911. Call the emergency number now.']);
    expect(panel.root.activeElement).to.equal(panel.get('.check .view-title'));
    expect(panel.get<HTMLAnchorElement>('.check-outcome a').getAttribute('href')).to.equal('tel:911');
    for (const words of ['Is any of these happening now?', 'Option foot-cold', 'Rule E1']) expect(panel.get('.check-why').innerText).to.include(words);
    await panel.set({ unread: 1 });
    expect(told()).to.have.length(1);
    await audit();
  });

  it('goes on where a red flag was a slip, and stops again where it was not', async () => {
    await begin();
    await tick('Option foot-cold');
    await press('Change my answers');
    await until(() => panel.root.querySelector('.ask-now') !== null);
    await tick('Option foot-cold');
    await tick('Option none');
    expect(panel.root.querySelector('.check-outcome')).to.equal(null);
    await tick('Option bone-visible');
    await seen('Option bone-visible');
    expect(panel.root.querySelector('.check-outcome')).not.to.equal(null);
  });

  it('keeps an emergency over a reload in the vault alone, without saying it again, and without the server', async () => {
    await begin();
    await tick('Option foot-cold');
    await seen('Emergency');
    const before = panel;
    expect(before.session.ports.tabFlags.get('care-chat:live:main'), 'only an id is in the open').to.match(/^[0-9a-f-]{36}$/);
    before.view.dispose();
    panel = await mountPanel(readySnapshot({ phase: 'failed', widget: null, error: 'network' }), { before });
    before.element.remove();
    panel.session.wanted.set('kept');
    await seen('Emergency');
    expect(asked()).to.deep.equal([]);
    expect(told()).to.deep.equal([]);
    expect(panel.get<HTMLAnchorElement>('.check-outcome a').getAttribute('href')).to.equal('tel:911');
    expect(panel.text()).to.include('Option foot-cold');
  });

  it('goes on with the question it was at after a reload', async () => {
    await begin();
    await tick('Option none');
    await press('Continue');
    const before = panel;
    before.view.dispose();
    panel = await mountPanel(ready(), { before });
    before.element.remove();
    panel.session.wanted.set('kept');
    await seen('Can you walk?');
    expect(panel.text()).to.include('Option none');
  });

  it('lets go of everything where the visitor is forgotten', async () => {
    await begin();
    await tick('Option foot-cold');
    await seen('Emergency');
    panel.session.wanted.set('forget');
    await panel.settle();
    expect(panel.text()).not.to.include('Emergency:');
    expect(panel.root.querySelector('.check-outcome')).to.equal(null);
    expect(panel.get('.body').checkVisibility()).to.be.true;
    expect(await panel.session.ports.vault.entries('check')).to.deep.equal([]);
    expect(panel.session.ports.tabFlags.get('care-chat:live:main')).to.equal(null);
  });

  it('refuses to run when it has expired, and shows the numbers', async () => {
    await open({ ...sampleCheck, expires: '2026-03-01' });
    await seen('This check has expired');
    expect(panel.all('.check a').map((link) => link.getAttribute('href'))).to.deep.equal(['tel:911', 'tel:988']);
    expect(panel.root.querySelector('.ask-now')).to.equal(null);
    await audit();
    await press('Close the check');
    expect(panel.get('.body').checkVisibility()).to.be.true;
  });

  it('is not asked in a language that nobody has reviewed, but in English', async () => {
    await mount({}, { lang: 'es' });
    panel.session.wanted.set('check:');
    await seen('Nadie ha revisado esta revisión');
    await press('Usarla en inglés');
    await seen('Sore knee');
    await press('Empezar');
    await seen('Is any of these happening now?');
  });

  it('runs in it where the clinic allows it, and says so', async () => {
    await mount({}, { lang: 'es' }, sampleCheck, true);
    panel.session.wanted.set('check:');
    await seen('Rodilla dolorida');
    expect(panel.text()).to.include('Una máquina tradujo esta revisión');
  });

  it('stays in the language it may run in when the panel changes to another', async () => {
    await begin();
    await panel.setLang('es');
    await seen('Cerrar la revisión');
    expect(panel.text()).to.include('Is any of these happening now?');
  });

  it('says that it could not be loaded, with the numbers, and tries again', async () => {
    await mount();
    panel.session.answers.clear();
    panel.session.wanted.set('check:sore-knee');
    await seen('The check could not be loaded.');
    expect(panel.all('.check a')[0]!.getAttribute('href')).to.equal('tel:911');
    panel.session.answers.set(path, { pack: sampleCheck, allowUnreviewed: false });
    await press('Try again');
    await seen('This is not a diagnosis');
  });

  it('lets choose where there are several', async () => {
    panel = await mountPanel(ready({ widget: { ...widget, checkers: [...widget.checkers, { id: 'other', name: { en: 'Sore elbow' } }] } }));
    panel.session.answers.set(path, { pack: sampleCheck, allowUnreviewed: false });
    panel.session.wanted.set('check:');
    await seen('What would you like to check?');
    await audit();
    await press('Sore knee');
    await seen('This is not a diagnosis');
  });

  describe('handed over', () => {
    it('into the conversation that goes on: as shown, with what was changed and skipped', async () => {
      await begin(sampleCheck, { conversation: stubConversation([ownMessage(1, 'Hello')]) });
      await answerAll();
      await press('Change: Can you walk?');
      await press('No');
      await press('Change: Can you walk?');
      await press('Yes');
      await press('Change: For how many days?');
      await type('10');
      await press('See the result');
      await press('Send my answers to a nurse');
      const [form] = sentForms();
      expect(form!.purpose).to.equal('checker');
      expect(form!.outcome).to.deep.include({ checker: 'sore-knee', version: '1', status: 'draft', level: 'book', title: 'A visit', rule: 'B1' });
      expect(form!.response['status']).to.equal('completed');
      expect(form!.answers.map(({ linkId, answers, changed, skipped }) => [linkId, answers, changed ?? false, skipped ?? false])).to.deep.equal([
        ['red-flags', ['Option none'], false, false], ['walk', ['Yes'], true, false], ['signs', ['Option swelling'], false, false], ['age', [], false, true], ['days', ['10'], true, false],
      ]);
      expect(form!.answers.every(({ at }) => at! >= form!.outcome!.startedAt && at! <= form!.outcome!.endedAt)).to.be.true;
      expect(panel.get('.body').checkVisibility(), 'the conversation is there again').to.be.true;
      expect(await panel.session.ports.vault.entries('check'), 'nothing is kept of what was handed over').to.deep.equal([]);
    });

    it('and leaves the focus where the patient goes on writing when the server has it', async () => {
      await begin(sampleCheck, { conversation: stubConversation([ownMessage(1, 'Hello')]) });
      await answerAll();
      await press('See the result');
      const shown = (state: 'sending' | 'sent') => panel.set({ conversation: stubConversation([ownMessage(1, 'Hello'), { ...ownMessage(2, 'Sore knee'), key: 'm_form', seq: state === 'sent' ? 2 : null, state }]) });
      await shown('sending');
      await press('Send my answers to a nurse');
      await until(() => sentForms().length === 1);
      await panel.settle();
      (panel.get('.composer-field') as HTMLElement).focus();
      await shown('sent');
      await panel.settle();
      expect(await panel.session.ports.vault.entries('check'), 'it was let go of').to.deep.equal([]);
      expect(panel.root.activeElement?.className).to.equal('composer-field');
    });

    it('into a new conversation, asked for consent first; an emergency is not covered meanwhile, nor afterwards', async () => {
      const consent = { purpose: 'chat', version: '1', required: true, text: { en: 'We keep your chat.' } };
      await begin(sampleCheck, { widget: { ...widget, emergency: [...widget.emergency], consents: [consent] } });
      await tick('Option foot-cold');
      await seen('Emergency');
      panel.session.opens = stubConversation([]);
      await press('Send my answers to a nurse');
      await seen('We keep your chat.');
      const bar = panel.get('.check-bar');
      expect(bar.innerText).to.include('Emergency');
      expect(panel.get('.emergency a').checkVisibility()).to.be.true;
      expect(sentForms()).to.have.length(0);
      await audit();
      panel.get<HTMLInputElement>('.body input[type="checkbox"]').click();
      await panel.settle();
      await press('Start chat');
      await until(() => sentForms().length === 1);
      const [form] = sentForms();
      expect(form!.response['status']).to.equal('stopped');
      expect(form!.answers.map(({ linkId }) => linkId)).to.deep.equal(['red-flags']);
      expect(form!.outcome).to.deep.include({ level: 'emergency', rule: 'E1' });
      await panel.settle();
      expect(panel.get('.check-bar').innerText).to.include('Emergency');
      await press('Show the result');
      expect(panel.text()).to.include('Your answers have been sent.');
      await press('Go to the chat');
      expect(panel.get('.body').checkVisibility()).to.be.true;
    });

    const { questionnaire } = sampleCheck as { readonly questionnaire: { readonly item: readonly Json[] } };
    /** The content with one question asked otherwise, one more, and the others as they were. */
    const renewed: Json = {
      ...sampleCheck, version: '2',
      questionnaire: {
        ...questionnaire, version: '2',
        item: [...questionnaire.item.map((one) => (one['linkId'] === 'walk' ? { ...one, text: 'Can you walk ten steps?' } : one)), { linkId: 'since', type: 'integer', text: 'Since when?' }],
      },
    };
    const answerNew = async (): Promise<void> => {
      await seen('The clinic has renewed this check');
      expect(panel.get('.ask-now').textContent).to.include('Can you walk ten steps?');
      const notice = panel.all('.check .notice').find(({ textContent }) => textContent!.includes('renewed this check'))!.getBoundingClientRect();
      expect(panel.root.elementFromPoint(notice.left + notice.width / 2, notice.top + 4)?.textContent, 'in sight, wherever the question stands').to.include('renewed this check');
      expect(panel.get('.ask-turns').textContent).to.include('Option none');
      await audit();
      // The answer to the old wording is there, and has to be given again.
      (panel.all('.ask-tap').find(({ textContent }) => textContent!.includes('Yes') && textContent!.includes('our answer')) as HTMLButtonElement).click();
      await seen('Since when?');
      await type('3');
      await press('See the result');
      await seen('A visit');
    };
    const linked = (form: FormAnsweredBody | undefined): readonly unknown[] => form!.answers.map(({ linkId, answers }) => [linkId, answers]);
    const renewedAnswers = [['red-flags', ['Option none']], ['walk', ['Yes']], ['signs', ['Option swelling']], ['age', []], ['days', ['9']], ['since', ['3']]];

    it('in the content as it is by then: what fits is kept, what is new or asked otherwise is asked, and nothing is sent before', async () => {
      await begin(sampleCheck, { conversation: stubConversation([ownMessage(1, 'Hello')]) });
      await result();
      panel.session.answers.set(path, { pack: renewed, allowUnreviewed: false });
      await press('Send my answers to a nurse');
      await answerNew();
      expect(sentForms()).to.deep.equal([]);
      expect(told().join(' ')).to.include('The clinic has renewed this check');
      await press('Send my answers to a nurse');
      await until(() => sentForms().length === 1);
      const [form] = sentForms();
      expect(form!.outcome?.version).to.equal('2');
      expect(linked(form)).to.deep.equal(renewedAnswers);
    });

    it('as it is where the newer content cannot be used, and an emergency without asking for any', async () => {
      await begin(sampleCheck, { conversation: stubConversation([ownMessage(1, 'Hello')]) });
      await result();
      panel.session.answers.set(path, { pack: { ...renewed, expires: '2020-01-01' }, allowUnreviewed: false });
      await press('Send my answers to a nurse');
      await until(() => sentForms().length === 1);
      expect(sentForms()[0]!.outcome?.version).to.equal('1');
      panel.remove();
      await begin(sampleCheck, { conversation: stubConversation([ownMessage(1, 'Hello')]) });
      await tick('Option foot-cold');
      await seen('Emergency');
      panel.session.answers.set(path, { pack: renewed, allowUnreviewed: false });
      const before = asked().length;
      await press('Send my answers to a nurse');
      expect([sentForms().length, asked().length - before]).to.deep.equal([1, 0]);
    });

    it('and is not lost where the server refuses it because of its content: it is taken back, and asked anew', async () => {
      const conversation = stubConversation([ownMessage(1, 'Hello')]);
      await begin(sampleCheck, { conversation });
      await result();
      // The one that is on its way has the key that the session gives it.
      const item = (state: 'queued' | 'failed') => ({ ...ownMessage(2, 'Sore knee'), key: 'm_form', seq: null, state, error: state === 'failed' ? 'form-version' as const : null });
      const showItem = (state: 'queued' | 'failed'): void => panel.session.state.update((value) => ({ ...value, conversation: stubConversation([ownMessage(1, 'Hello'), item(state)]) }));
      showItem('queued');
      await press('Send my answers to a nurse');
      await until(() => sentForms().length === 1);
      await panel.settle();
      expect(await panel.session.ports.vault.entries('check')).not.to.deep.equal([]);
      panel.session.answers.set(path, { pack: renewed, allowUnreviewed: false });
      showItem('failed');
      await answerNew();
      expect(panel.session.intents.filter(([name]) => name === 'discard')).to.deep.equal([['discard', 'm_form']]);
      panel.session.state.update((value) => ({ ...value, conversation }));
      await press('Send my answers to a nurse');
      await until(() => sentForms().length === 2);
      expect(linked(sentForms()[1])).to.deep.equal(renewedAnswers);
      await panel.settle();
      expect(await panel.session.ports.vault.entries('check')).to.deep.equal([]);
    });

    it('says first where nobody is there, with the numbers', async () => {
      await begin(sampleCheck, { availability: { v: 1, state: 'offline', departments: [], agents: [] } });
      await result();
      expect(panel.text()).to.include('Nobody is here right now. If it is urgent, do not wait: call.');
      expect(panel.text()).to.include('You can send your answers now.');
    });

    it('goes along with a message where nobody is there any more by the time the questions are answered', async () => {
      const preChat = formOf([question('topic', 'string')], { url: 'https://clinic.example/forms/pre-chat' });
      const offline = formOf([question('message', 'text')], { url: 'https://clinic.example/forms/offline', title: 'Leave us a message' });
      await begin(sampleCheck, { widget: { ...widget, emergency: [...widget.emergency], preChat, offline } });
      await result();
      await press('Send my answers to a nurse');
      await until(() => panel.all('label').some((label) => label.textContent!.includes('topic')));
      panel.session.client.load = async () => panel.session.state.update((now) => ({ ...now, availability: { v: 9, state: 'offline', departments: [], agents: [] } }));
      await press('Start chat');
      await seen('Leave us a message');
      expect(panel.session.intents.map(([name]) => name)).not.to.include('start');
      const posted: OfflineRequest[] = [];
      panel.session.rest = async ({ path: at, body }) => {
        if (at === '/offline') posted.push(body as OfflineRequest);
        return ok({ status: 201, body: at === '/offline' ? { reference: '7KQM-3XWD', promisedAt: stubAt + 86_400_000 } : { visitorId: 'v_9', accessToken: 'access-token-of-this', refreshToken: 'refresh-token-of-this', expiresAt: stubAt + 600_000, serverTime: stubAt } });
      };
      await press('Send message');
      await seen('7KQM-3XWD');
      expect(posted[0]!.attached!.map(({ purpose, outcome }) => [purpose, outcome?.checker])).to.deep.include(['checker', 'sore-knee']);
    });

    it('comes back to the result where the conversation could not be begun', async () => {
      await begin();
      await result();
      panel.session.startRefused = { code: 'network', widget: { ...widget, emergency: [...widget.emergency] } };
      await press('Send my answers to a nurse');
      await seen('Your answers are ready to be sent.');
      expect(sentForms()).to.have.length(0);
      await press('Show the result');
      await seen('A visit');
    });
  });

  it('leaves nothing behind when the panel goes', async () => {
    await begin();
    panel.view.dispose();
    expect(panel.session.listeners).to.equal(0);
    expect(panel.root.querySelector('.check')).to.equal(null);
    expect(panel.get('.body').hidden).to.be.false;
  });
});
