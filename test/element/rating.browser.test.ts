/** The rating of an ended conversation: offered, never in the way of a new chat, and sent as every form. */
import { expect } from '@open-wc/testing';
import type { FormItem } from '../../src/core/snapshots.js';
import type { FormAnsweredBody } from '../../src/protocol/types.js';
import { mountPanel, until, type PanelFixture } from '../support/browser/panel-fixture.js';
import { message, nurseBy, readySnapshot, stubConversation, stubWidget, visitorBy } from '../support/browser/stub-chat-session.js';
import { choice, item, questionnaire } from '../support/shared/questionnaires.js';

const feedback = questionnaire([choice('score', ['good', 'bad'], { required: true }), item('comment', 'string')], { url: 'urn:test:feedback', version: '1', title: 'How was it?' });
const log = [message(3, 'Take care.')];
const ended = (...more: Parameters<typeof stubConversation>[0]) => stubConversation([...log, ...more], { status: 'closed', agent: nurseBy });

describe('the rating of an ended conversation', () => {
  let panel: PanelFixture;
  afterEach(() => panel.remove());

  const mount = async (before?: PanelFixture, rating: string | undefined = 'feedback'): Promise<void> => {
    panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, forms: ['feedback'], ...(rating && { rating }) }, conversation: stubConversation(log, { status: 'open', agent: nurseBy }) }), before && { before });
    panel.session.answers.set('/forms/feedback?widget=main', { questionnaire: feedback });
  };
  const press = async (name: string): Promise<void> => {
    panel.button(name).click();
    await panel.settle();
  };
  const end = async (): Promise<void> => {
    await panel.set({ conversation: ended() });
    await until(() => panel.all('[part~=rating-line] button').length > 0);
  };
  const open = async (): Promise<void> => {
    await press('Rate this chat');
    await until(() => panel.all('.asked input').length > 0);
    await panel.settle();
  };
  const choose = async (index: number): Promise<void> => {
    (panel.all('.asked input')[index] as HTMLInputElement).click();
    await panel.settle();
  };
  const sent = (): readonly FormAnsweredBody[] => panel.session.intents.filter(([name]) => name === 'submitForm').map(([, body]) => body as FormAnsweredBody);

  it('is offered once the chat has ended and not before, asks for nothing until then, and leaves the focus where it is', async () => {
    await mount();
    await panel.settle();
    expect(panel.all('[part~=rating-line]')).to.deep.equal([]);
    await end();
    expect(panel.button('New chat').checkVisibility()).to.equal(true);
    expect(panel.all('.asked')).to.deep.equal([]);
    await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
  });

  it('is not offered where the clinic asks for none', async () => {
    await mount(undefined, '');
    await panel.set({ conversation: ended() });
    await until(() => panel.all('.foot.ended').length > 0);
    await panel.settle();
    expect(panel.all('[part~=rating-line]')).to.deep.equal([]);
  });

  it('shows the whole form, whose title has the focus; tells what is missing; is sent as a rating, thanked for, and not asked again', async () => {
    await mount();
    await end();
    await open();
    expect(panel.root.activeElement?.textContent).to.equal('How was it?');
    expect(panel.get('.asked').textContent).to.include('Text of score').and.to.include('Text of comment');
    await press('Send answers');
    expect(sent(), 'nothing without the answer that must be given').to.deep.equal([]);
    await choose(0);
    await press('Send answers');
    const [body] = sent();
    expect([body!.purpose, body!.asked, body!.form.questionnaire, body!.answers.map(({ answers }) => answers)]).to.deep.equal(['rating', undefined, 'urn:test:feedback|1', [['Option good'], []]]);
    const answered: FormItem = { type: 'form', key: 'm_form', seq: 5, at: 0, by: visitorBy, body: body! };
    await panel.set({ conversation: ended(answered) });
    expect(panel.get('[part~=rating-line]').textContent).to.include('Thank you');
    expect(panel.all('[part~=rating-line] button')).to.deep.equal([]);
    expect(panel.all('.asked')).to.deep.equal([]);
    expect(await panel.session.ports.vault.entries('asked-form')).to.deep.equal([]);
  });

  it('keeps what was half given when it is put away and over a reload', async () => {
    await mount();
    await end();
    await open();
    await choose(1);
    await press('Not now');
    expect(panel.root.activeElement?.textContent).to.include('ended');
    await open();
    expect((panel.all('.asked input')[1] as HTMLInputElement).checked).to.equal(true);
    await choose(0);
    const before = panel;
    before.remove();
    await mount(before);
    await end();
    await until(() => panel.all('.asked input').length > 0);
    await panel.settle();
    expect((panel.all('.asked input')[0] as HTMLInputElement).checked, 'comes back by itself').to.equal(true);
  });
});
