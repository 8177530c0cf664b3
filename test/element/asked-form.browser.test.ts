/** A form that a button of a bot opens: asked within the conversation, kept while it is half answered, sent as every message. */
import { expect } from '@open-wc/testing';
import type { FormAnsweredBody } from '../../src/protocol/types.js';
import type { FormItem } from '../../src/core/snapshots.js';
import type { ChatHost } from '../../src/element/host.js';
import { startEs } from '../../src/i18n/start/es.js';
import { mountPanel, until, type PanelFixture } from '../support/browser/panel-fixture.js';
import { botTurn } from '../support/browser/bot-items.js';
import { message, nurseBy, readySnapshot, stubConversation, stubWidget, visitorBy } from '../support/browser/stub-chat-session.js';
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
