/** A message that is left while nobody is there: what comes along, how it is sent, and that nothing follows. */
import { expect } from '@open-wc/testing';
import { CareError } from '../../src/base/care-error.js';
import { err, ok } from '../../src/base/result.js';
import type { ChatSnapshot } from '../../src/core/snapshots.js';
import type { OfflineReceipt, OfflineRequest, Widget } from '../../src/protocol/types.js';
import { sendLeft } from '../../src/element/offline/send-left.js';
import type { RestRequest, Transport } from '../../src/transports/transport.js';
import { mountPanel, until, type PanelFixture } from '../support/browser/panel-fixture.js';
import { readySnapshot, stubAt, stubWidget } from '../support/browser/stub-chat-session.js';
import { item, questionnaire } from '../support/shared/questionnaires.js';

const nobody: ChatSnapshot['availability'] = { v: 2, state: 'offline', departments: [], agents: [] };
const offline = questionnaire([item('name', 'string', { required: true }), item('contact', 'string'), item('message', 'text')], { url: 'https://clinic.example/forms/offline', title: 'Leave us a message' });
const receipt: OfflineReceipt = { reference: '7KQM-3XWD', promisedAt: stubAt + 86_400_000 };
const consent = { purpose: 'chat', version: '1', required: true, text: { en: 'We keep it for one year.' } };

describe('a message that is left', () => {
  let panel: PanelFixture;
  let asked: RestRequest[];
  let answers: (() => Promise<ReturnType<typeof ok<{ status: number; body: unknown }>> | ReturnType<typeof err>>)[];
  beforeEach(() => {
    asked = [];
    answers = [];
  });
  afterEach(() => panel.remove());

  const taken = async () => ok({ status: 201, body: receipt });
  const lost = async () => err(new CareError('network', 'network', { retryable: true }));
  const mount = async (change: Partial<Widget> = {}, snapshot: Partial<ChatSnapshot> = {}): Promise<void> => {
    panel = await mountPanel(readySnapshot({ availability: nobody, widget: { ...stubWidget, offline, ...change }, ...snapshot }));
    panel.session.rest = (request) => {
      asked.push(request);
      const { path, method } = request;
      if (path === '/sessions') return Promise.resolve(ok({ status: 201, body: { visitorId: 'v_9', accessToken: 'access-token-of-this', refreshToken: 'refresh-token-of-this', expiresAt: stubAt + 600_000, serverTime: stubAt } }));
      if (method === 'DELETE') return Promise.resolve(ok({ status: 204, body: null }));
      return (answers.shift() ?? taken)() as ReturnType<NonNullable<typeof panel.session.rest>>;
    };
  };
  const press = async (name: string): Promise<void> => {
    panel.button(name).click();
    await panel.settle();
  };
  const shows = (text: string): Promise<void> => until(() => panel.text().includes(text));
  const field = (text: string): HTMLInputElement => panel.get<HTMLInputElement>(`#${panel.all('label').map((label) => label as HTMLLabelElement).find((label) => label.textContent!.includes(text))!.htmlFor}`);
  const answer = async (text: string, value: string): Promise<void> => {
    const input = field(text);
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await panel.settle();
  };
  const openForm = async (): Promise<void> => {
    await press('Leave a message');
    await shows('Leave us a message');
  };
  const posted = (): readonly OfflineRequest[] => asked.filter(({ path }) => path === '/offline').map(({ body }) => body as OfflineRequest);
  const kept = (): Promise<unknown> => panel.session.ports.vault.get('offline/message');

  it('is offered where nobody is there and the clinic takes messages, beside the chat', async () => {
    await mount();
    expect(panel.text()).to.contain('Leave a message and we will get in touch');
    expect(panel.all('.composer-field')).to.have.length(1);
    panel.button('Leave a message');
    await panel.set({ availability: { ...nobody!, v: 3, state: 'online' } });
    expect(() => panel.button('Leave a message')).to.throw();
    await panel.set({ availability: nobody, widget: stubWidget });
    expect(() => panel.button('Leave a message')).to.throw();
  });

  it('is offered where only the department that is wanted has nobody', async () => {
    const state = (id: string, is: 'online' | 'offline') => ({ id, state: is });
    await mount({ departments: [{ id: 'nurses', name: { en: 'Nurses' } }, { id: 'billing', name: { en: 'Billing' } }] }, { availability: { v: 2, state: 'online', agents: [], departments: [state('nurses', 'online'), state('billing', 'offline')] } });
    expect(() => panel.button('Leave a message')).to.throw();
    panel.all('input[type="radio"]')[1]!.click();
    await panel.settle();
    await openForm();
    await answer('name', 'Grace Lund');
    await press('Send message');
    await shows('7KQM-3XWD');
    expect(posted()[0]!.departmentId).to.equal('billing');
  });

  it('is sent with a session of its own, and its reference and promised time are spoken; afterwards nothing is asked', async () => {
    await mount();
    await openForm();
    expect(panel.root.activeElement!.className).to.contain('view-title');
    await answer('name', 'Grace Lund');
    await answer('message', 'A new prescription');
    await press('Send message');
    await shows('7KQM-3XWD');
    const status = panel.get('[part~="offline"][role="status"]').textContent!;
    expect(status).to.contain('Thank you. We have your message.').and.to.contain(new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).format(receipt.promisedAt));
    await until(() => asked.length === 3);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).to.deep.equal(['POST /sessions', 'POST /offline', 'DELETE /sessions/current']);
    const [message] = posted();
    expect(message!.form.purpose).to.equal('offline');
    expect(message!.form.answers.map(({ answers: said }) => said[0])).to.deep.equal(['Grace Lund', undefined, 'A new prescription']);
    // Nothing more, however long the page is open and however often it wakes.
    await panel.session.clock.advance(3_600_000);
    await panel.settle();
    expect(asked).to.have.length(3);
    expect(panel.session.intents.map(([name]) => name)).not.to.include('start');
    expect(JSON.stringify(await kept())).not.to.contain('Grace');
    await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    await press('Back to the start');
    expect(panel.text()).to.contain('How can we help?');
    await openForm();
    expect(field('name').value).to.equal('');
  });

  it('is in the vault before the first try, and tried again under the same cmid', async () => {
    await mount();
    await openForm();
    await answer('name', 'Grace Lund');
    let before: unknown;
    answers = [async () => {
      before = await kept();
      return lost();
    }, lost, taken];
    await press('Send message');
    await shows('has not been sent yet');
    expect(JSON.stringify(before)).to.contain('Grace Lund');
    await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    await press('Try now');
    await until(() => posted().length === 2);
    await panel.session.clock.advance(60_000);
    await shows('7KQM-3XWD');
    expect(new Set(posted().map(({ cmid }) => cmid)).size).to.equal(1);
    expect(posted()).to.have.length(3);
    await press('Back to the start');
    await openForm();
    expect(field('name').value, 'what was sent late is not offered again').to.equal('');
  });

  it('is taken up by the next page where it could not be sent', async () => {
    await mount();
    await openForm();
    await answer('name', 'Grace Lund');
    answers = [lost];
    await press('Send message');
    await shows('has not been sent yet');
    const stored = await kept();
    const [first] = posted();
    const { rest } = panel.session;
    panel.remove();
    panel = await mountPanel(readySnapshot({ availability: nobody, widget: { ...stubWidget, offline } }), {
      async prepare(session) {
        session.rest = rest;
        await session.ports.vault.set('offline/message', stored);
      },
    });
    await shows('7KQM-3XWD');
    expect(posted().at(-1)!.cmid).to.equal(first!.cmid);
    // It was another tab's, perhaps another person's: its receipt is not shown on a later page of this one.
    const left = await kept();
    panel.remove();
    panel = await mountPanel(readySnapshot({ availability: nobody, widget: { ...stubWidget, offline } }), { prepare: (session) => session.ports.vault.set('offline/message', left) });
    expect(panel.text()).to.contain('How can we help?').and.not.to.contain('7KQM');
  });

  it('is sent by a page whose panel nobody opens; beside one that is opened meanwhile, once; and one that is refused stays for the panel', async () => {
    await mount();
    await openForm();
    await answer('name', 'Grace Lund');
    answers = [lost];
    await press('Send message');
    await shows('has not been sent yet');
    const { session } = panel;
    const { ports, client } = session;
    const flag = (): string | null => ports.flags.get('care-chat:live:main');
    expect(flag()).to.equal('2');
    panel.remove();
    const transport = { request: session.rest! } as unknown as Transport;
    const begin = (): (() => void) => sendLeft({ ports, transport, client }, { element: document.createElement('care-chat'), widget: 'main', lang: () => 'en' });
    answers = [async () => err(new CareError('form-version', 'form-version', { retryable: false }))];
    const stop = begin();
    await until(() => posted().length === 2);
    await session.clock.advance(0);
    stop();
    expect([JSON.stringify(await kept()).includes('Grace Lund'), flag()]).to.deep.equal([true, '2']);
    const stops = [begin(), begin()];
    await until(() => flag() === null);
    await session.clock.advance(60_000);
    for (const each of stops) each();
    expect(posted()).to.have.length(3);
    expect(new Set(posted().map(({ cmid }) => cmid)).size).to.equal(1);
    expect(await kept()).to.deep.include({ message: null, receipt });
    // Where the message is gone, no later page looks for it again.
    await ports.vault.delete('offline/message');
    ports.flags.set('care-chat:live:main', '2');
    const last = begin();
    await until(() => flag() === null);
    last();
    expect(posted()).to.have.length(3);
  });

  it('goes back to the form with its answers where it is refused, and says why', async () => {
    await mount();
    await openForm();
    await answer('name', 'Grace Lund');
    answers = [async () => err(new CareError('invalid', 'invalid', { retryable: false }))];
    await press('Send message');
    await shows('Something in the answers was not accepted');
    expect(field('name').value).to.equal('Grace Lund');
    expect(await kept()).to.equal(undefined);
    await press('Send message');
    await shows('7KQM-3XWD');
    expect(posted()[0]!.cmid).not.to.equal(posted()[1]!.cmid);
  });

  it('asks for consent first, and records it', async () => {
    await mount({ consents: [consent] });
    await press('Leave a message');
    await shows('We keep it for one year.');
    panel.get('input[type="checkbox"]').click();
    await panel.settle();
    await press('Continue');
    await shows('Leave us a message');
    await answer('name', 'Grace Lund');
    await press('Send message');
    await shows('7KQM-3XWD');
    expect(posted()[0]!.consents).to.have.length(1);
    expect(posted()[0]!.consents![0]).to.include({ purpose: 'chat', granted: true });
  });

  it('begins with what was typed for a chat', async () => {
    await mount({}, { draft: { text: 'My tablets are all gone', at: stubAt } });
    await openForm();
    expect(field('message').value).to.equal('My tablets are all gone');
    await answer('name', 'Grace Lund');
    await press('Send message');
    await shows('7KQM-3XWD');
    expect(panel.session.state.value.draft.text).to.equal('');
  });

  describe('when nobody is there any more', () => {
    const preChat = questionnaire([item('name', 'string'), item('birthday', 'date'), item('reason', 'string')], { url: 'https://clinic.example/forms/pre-chat' });
    const begin = async (change: Partial<Widget> = {}): Promise<void> => {
      await mount({ preChat, ...change }, { availability: { ...nobody!, v: 1, state: 'online' } });
      await press('Start chat');
      await until(() => panel.all('label').some((label) => label.textContent!.includes('reason')));
      await answer('name', 'Grace Lund');
      await answer('birthday', '1980-04-02');
      await answer('reason', 'My knee hurts');
      panel.session.client.load = async (anew) => {
        if (anew) panel.session.state.update((now) => ({ ...now, availability: nobody }));
      };
    };

    it('the questions become the form, with every answer: by linkId, and in words', async () => {
      await begin();
      await press('Start chat');
      await shows('Leave us a message');
      expect(panel.session.intents.map(([name]) => name)).not.to.include('start');
      expect(field('name').value).to.equal('Grace Lund');
      expect(field('message').value).to.contain('birthday April 2, 1980').and.to.contain('reason My knee hurts');
      await press('Back');
      await press('Start chat');
      await until(() => panel.all('label').some((label) => label.textContent!.includes('reason')));
      expect(field('reason').value).to.equal('My knee hurts');
    });

    it('the same where the questions are left out, and where only a consent was asked for', async () => {
      await begin({ preChatSkippable: true });
      await press('Start without answering');
      await shows('Leave us a message');
      expect(field('message').value).to.contain('reason My knee hurts');
      panel.remove();
      await mount({ consents: [consent] }, { availability: { ...nobody!, v: 1, state: 'online' } });
      await press('Start chat');
      panel.session.client.load = async (anew) => {
        if (anew) panel.session.state.update((now) => ({ ...now, availability: nobody }));
      };
      panel.get<HTMLInputElement>('input[type="checkbox"]').click();
      await panel.settle();
      await press('Start chat');
      await shows('Leave us a message');
      expect(panel.session.intents.map(([name]) => name)).not.to.include('start');
    });

    it('nothing is begun twice while who is there is asked', async () => {
      await begin();
      let answered = (): void => {};
      panel.session.client.load = () => new Promise((resolve) => (answered = resolve));
      await press('Start chat');
      const button = panel.button('Starting your chat…');
      expect(button.getAttribute('aria-disabled')).to.equal('true');
      button.click();
      answered();
      await until(() => panel.session.intents.some(([name]) => name === 'start'));
      await panel.settle();
      expect(panel.session.intents.filter(([name]) => name === 'start')).to.have.length(1);
    });

    it('says so while somebody is typing, and leaves the focus and the field alone', async () => {
      await begin();
      await panel.session.clock.advance(11_000);
      field('reason').focus();
      await answer('reason', 'My knee hurts a lot');
      await shows('Nobody is here any more.');
      expect(panel.root.activeElement).to.equal(field('reason'));
      await press('Leave a message');
      await shows('Leave us a message');
      expect(field('message').value).to.contain('My knee hurts a lot');
    });

    it('what does not fit goes along as it was answered, where the form has no free text', async () => {
      await begin({ offline: questionnaire([item('name', 'string')], { url: 'https://clinic.example/forms/offline', title: 'Leave us a message' }) });
      await press('Start chat');
      await shows('Leave us a message');
      await press('Send message');
      await shows('7KQM-3XWD');
      const { attached } = posted()[0]!;
      expect(attached).to.have.length(1);
      expect(attached![0]!.purpose).to.equal('pre-chat');
      expect(attached![0]!.response['status']).to.equal('in-progress');
      expect(JSON.stringify(attached)).to.contain('My knee hurts');
    });

    it('is not asked about where the chat was chosen with nobody there', async () => {
      await mount({ preChat });
      await press('Start chat');
      await until(() => panel.all('label').some((label) => label.textContent!.includes('reason')));
      await panel.session.clock.advance(60_000);
      await press('Start chat');
      await until(() => panel.session.intents.some(([name]) => name === 'start'));
    });
  });
});
