/** A form that a button of a bot opens: asked within the conversation, kept while it is half answered, sent as every message. */
import { expect } from '@open-wc/testing';
import { refuse } from '../../src/base/refuse.js';
import type { CareErrorCode } from '../../src/base/care-error.js';
import type { FormAnsweredBody } from '../../src/protocol/types.js';
import type { FormItem } from '../../src/core/snapshots.js';
import type { ChatHost } from '../../src/element/host.js';
import { startEs } from '../../src/i18n/start/es.js';
import { mountPanel, until, type PanelFixture } from '../support/browser/panel-fixture.js';
import { botTurn } from '../support/browser/bot-items.js';
import { message, nurseBy, ownMessage, readySnapshot, stubConversation, stubWidget, visitorBy } from '../support/browser/stub-chat-session.js';
import { choice, item, questionnaire, translated } from '../support/shared/questionnaires.js';

const path = '/forms/intake?widget=main';
const intake = (version = '1') => questionnaire([choice('topic', ['cough', 'rash'], { required: true }), item('since', 'string')], { url: 'urn:test:intake', version, title: 'About you' });
const turn = botTurn(2, 'May we ask something?', [{ id: 'hello:fill', label: 'Answer some questions', do: 'form', to: 'intake' }, { id: 'hello:no', label: 'Something else', do: 'reply' }]);
const talking = (...more: Parameters<typeof stubConversation>[0]) => stubConversation([turn, ...more], { status: 'waiting', agent: null, bot: true });

describe('a form within a conversation', () => {
  let panel: PanelFixture;
  afterEach(() => panel.remove());

  const mount = async (before?: PanelFixture, loadChunk?: ChatHost['loadChunk']): Promise<void> => {
    panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, forms: ['intake'] }, conversation: talking() }), { ...(before && { before }), ...(loadChunk && { loadChunk }) });
    panel.session.answers.set(path, { questionnaire: intake() });
    await until(() => panel.all('.bot-choices button').length > 0);
  };
  const shows = (selector: string): Promise<void> => until(() => panel.all(selector).length > 0);
  const press = async (name: string): Promise<void> => {
    panel.button(name).click();
    await panel.settle();
  };
  const openForm = async (): Promise<void> => {
    await press('Answer some questions');
    await shows('.ask-now');
    await panel.settle();
  };
  const sent = (): readonly FormAnsweredBody[] => panel.session.intents.filter(([name]) => name === 'submitForm').map(([, body]) => body as FormAnsweredBody);
  const acts = () => panel.session.intents.filter(([name]) => name === 'act');

  it('asks one question at a time beside the chat, where the focus goes with the press; the way to a person stays', async () => {
    await mount();
    await openForm();
    expect(panel.root.activeElement?.className).to.equal('ask-now');
    expect(panel.get('.asked').textContent).to.include('Text of topic').and.not.to.include('Text of since');
    expect(panel.all('.composer-field')[0]!.checkVisibility()).to.equal(true);
    expect(panel.button('Talk to a person').checkVisibility()).to.equal(true);
    expect(panel.all('.asked button').every((one) => one.getBoundingClientRect().height >= 24)).to.equal(true);
    await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    expect(acts(), 'opening chooses nothing').to.deep.equal([]);
  });

  it('sends what was answered for the button that asked, once it was looked at; what is kept goes when it is in the log', async () => {
    await mount();
    await openForm();
    await press('Option rash');
    expect(() => panel.button('Send answers')).to.throw();
    await press('Skip');
    await press('Send answers');
    const [body] = sent();
    expect([body!.purpose, body!.asked, body!.form]).to.deep.equal(['in-chat', { target: 2, buttonId: 'hello:fill' }, { questionnaire: 'urn:test:intake|1', title: 'About you' }]);
    expect(body!.answers.map(({ linkId, answers, skipped }) => [linkId, answers, skipped])).to.deep.equal([['topic', ['Option rash'], undefined], ['since', [], true]]);
    expect(body!.answers.every(({ at }) => at === panel.session.clock.now()), 'and when').to.equal(true);
    expect(panel.all('.asked')).to.deep.equal([]);
    expect(panel.root.activeElement?.matches('.composer-field')).to.equal(true);
    expect((await panel.session.ports.vault.entries('asked-form')).length).to.equal(1);
    const answered: FormItem = { type: 'form', key: 'm_form', seq: 3, at: 0, by: visitorBy, body: body! };
    await panel.set({ conversation: talking(answered) });
    expect(await panel.session.ports.vault.entries('asked-form')).to.deep.equal([]);
    expect(() => panel.button('Answer some questions')).to.throw();
    expect(panel.text()).to.include('Chosen: Answer some questions');
  });

  it('can be closed and opened again, over a reload and as another version, with what was answered', async () => {
    await mount();
    await openForm();
    await press('Option cough');
    await press('Not now');
    expect(panel.all('.asked')).to.deep.equal([]);
    const first = panel;
    first.remove();
    await mount(first);
    panel.session.answers.set(path, { questionnaire: intake('2') });
    await openForm();
    expect(panel.get('.asked').textContent).to.include('Option cough').and.to.include('Text of since');
  });

  it('can still be answered when a person has come, and is gone with the conversation', async () => {
    await mount();
    await openForm();
    const later = [turn, message(3, 'I am Nadia.')];
    await panel.set({ conversation: stubConversation(later, { status: 'open', agent: nurseBy }) });
    expect(panel.all('.asked').length).to.equal(1);
    await press('Not now');
    await press('Answer some questions');
    await shows('.ask-now');
    await panel.set({ conversation: stubConversation(later, { status: 'closed', agent: nurseBy }) });
    expect(panel.all('.asked')).to.deep.equal([]);
    expect(panel.all('.bot-choices button')).to.deep.equal([]);
  });

  it('comes in the language that was chosen while it was loading', async () => {
    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const asked: string[] = [];
    await mount(undefined, async (name, load) => {
      asked.push(name);
      if (name === 'form-talk') await gate;
      return load();
    });
    panel.session.answers.set(path, { questionnaire: questionnaire([{ ...item('since', 'string', { text: 'Since when?' }), _text: translated({ es: '¿Desde cuándo?' }) }], { url: 'urn:test:intake' }) });
    await press('Answer some questions');
    await until(() => asked.includes('form-talk'));
    await panel.setLang('es');
    await until(() => panel.all('.asked button').some(({ textContent }) => textContent === startEs.askedClose));
    goOn();
    await shows('.ask-now');
    await panel.settle();
    expect(panel.get('.ask-now').textContent).to.include('¿Desde cuándo?').and.to.include('Omitir').and.not.to.include('Since when?');
  });

  const failed = (error: CareErrorCode) => ownMessage(null, 'About you', { key: 'm_form', seq: null, state: 'failed', error });
  const answerAll = async (): Promise<void> => {
    await openForm();
    await press('Option rash');
    await press('Skip');
  };
  const discarded = () => panel.session.intents.filter(([name]) => name === 'discard');

  it('says what it is about', async () => {
    await mount();
    await openForm();
    expect(panel.get('.asked h3').textContent).to.equal('About you');
  });

  it('closes where it was answered in another tab; what stood here is not lost, and can be said as a message', async () => {
    await mount();
    await answerAll();
    const elsewhere: FormItem = { type: 'form', key: 'm_other', seq: 3, at: 0, by: visitorBy, body: { purpose: 'in-chat', form: { questionnaire: 'urn:test:intake|1', title: 'About you' }, response: { resourceType: 'QuestionnaireResponse' }, answers: [], asked: { target: 2, buttonId: 'hello:fill' } } as unknown as FormAnsweredBody };
    await panel.set({ conversation: talking(elsewhere) });
    expect(panel.get('.asked [role="alert"]').textContent).to.include('answered already');
    expect(() => panel.button('Send answers')).to.throw();
    expect(panel.get('.asked').textContent).to.include('Text of topic').and.to.include('Option rash');
    await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    await press('Send as a message');
    expect(panel.session.intents.filter(([name]) => name === 'send')).to.deep.equal([['send', 'About you\nText of topic: Option rash']]);
    expect(panel.all('.asked')).to.deep.equal([]);
    expect(await panel.session.ports.vault.entries('asked-form')).to.deep.equal([]);
  });

  it('that the server refuses because it was answered meanwhile says so, and takes back what could never be sent', async () => {
    await mount();
    await answerAll();
    await press('Send answers');
    await panel.set({ conversation: talking(failed('conflict')) });
    expect(panel.get('.asked [role="alert"]').textContent).to.include('answered already');
    expect(panel.get('.asked').textContent).to.include('Option rash');
    expect(discarded()).to.deep.equal([['discard', 'm_form']]);
  });

  it('that the clinic has changed comes back with the answers; that it does not ask any more leaves them to be read', async () => {
    await mount();
    await answerAll();
    await press('Send answers');
    panel.session.answers.set(path, { questionnaire: intake('2') });
    await panel.set({ conversation: talking(failed('form-version')) });
    await until(() => panel.all('.ask-review').length > 0);
    expect(panel.get('.asked').textContent).to.include('The questions have changed').and.to.include('Option rash');
    expect(panel.get('.composer-field').matches(':focus')).to.equal(true);
    await panel.set({ conversation: talking() });
    await press('Send answers');
    expect(sent().map(({ form }) => form.questionnaire)).to.deep.equal(['urn:test:intake|1', 'urn:test:intake|2']);
    panel.session.rest = () => Promise.resolve(refuse('not-found'));
    await panel.set({ conversation: talking(failed('form-version')) });
    await until(() => panel.text().includes('does not ask these questions any more'));
    expect(panel.get('.asked').textContent).to.include('About you').and.to.include('Option rash');
    await press('Close');
    expect(panel.all('.asked')).to.deep.equal([]);
  });

  it('with answers in it says that they were not sent when the chat ends, and leaves them to be read', async () => {
    await mount();
    await answerAll();
    await panel.set({ conversation: stubConversation([turn], { status: 'closed', agent: nurseBy }) });
    expect(panel.get('.asked [role="alert"]').textContent).to.equal('The chat has ended. Your answers were not sent.');
    expect(panel.get('.asked').textContent).to.include('Option rash');
    expect(() => panel.button('Send as a message')).to.throw();
    await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    await press('Close');
    expect(panel.all('.asked')).to.deep.equal([]);
  });

  it('comes back by itself after a reload, with what was ticked and not gone on from, and takes no focus', async () => {
    const many = questionnaire([choice('topic', ['cough', 'rash'], { repeats: true })], { url: 'urn:test:intake', title: 'About you' });
    await mount();
    panel.session.answers.set(path, { questionnaire: many });
    await openForm();
    panel.get<HTMLInputElement>('.ask-now input[type=checkbox]').click();
    await panel.settle();
    const first = panel;
    first.remove();
    panel = await mountPanel(first.session.state.value, { before: first, prepare: async (session) => void session.answers.set(path, { questionnaire: many }) });
    await shows('.ask-now');
    expect(panel.get<HTMLInputElement>('.ask-now input[type=checkbox]').checked).to.equal(true);
    expect(panel.root.activeElement).to.equal(null);
  });

  it('that was on its way at a reload is not asked again, unless it was refused', async () => {
    await mount();
    await answerAll();
    await press('Send answers');
    const first = panel;
    first.remove();
    panel = await mountPanel({ ...first.session.state.value, conversation: talking(failed('conflict')) }, { before: first });
    await until(() => panel.text().includes('answered already'));
    expect(panel.get('.asked').textContent).to.include('Option rash');
  });

  it('that cannot be had says so and can be tried again; a button to a form that the widget does not have is none', async () => {
    await mount();
    panel.session.answers.delete(path);
    await press('Answer some questions');
    await shows('.asked [role="alert"]');
    expect(panel.session.intents.filter(([name]) => name === 'fail')).to.deep.equal([['fail', 'network']]);
    panel.session.answers.set(path, { questionnaire: intake() });
    await press('Try again');
    await shows('.ask-now');
    await panel.set({ widget: stubWidget });
    expect(() => panel.button('Answer some questions')).to.throw();
  });
});
