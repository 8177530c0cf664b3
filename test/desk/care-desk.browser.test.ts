/** The desk on the screen, over a stub client: audits, names, flows, focus, and that nothing is left behind. */
import { expect } from '@open-wc/testing';
import { CareError } from '../../src/base/care-error.js';
import { ok } from '../../src/base/result.js';
import type { DeskSnapshot, FormItem } from '../../src/core/snapshots.js';
import { botTurn, escalated, pressed } from '../support/browser/bot-items.js';
import { mountDesk, press, type, type DeskFixture } from '../support/browser/desk-fixture.js';
import type { CheckVerdict, Summary } from '../../src/protocol/types.js';
import { answers, busy, conversationOf, jamesTimeline, message, mineJames, nurse, quiet, signedOut, stubNow, summaryOf, talking, timelineOf, waitingAna, waitingNobody } from '../support/browser/stub-desk-client.js';

/** What was asked for, but for reading, which the transcript reports by itself. */
const names = (desk: DeskFixture): readonly string[] => desk.client.intents.map(([name]) => name).filter((name) => name !== 'markRead');
const asked = (desk: DeskFixture, name: string): readonly (readonly unknown[])[] => desk.client.intents.filter(([one]) => one === name).map(([, ...args]) => args);
const failedNote = { type: 'note', key: 'k_note', seq: null, at: stubNow, by: nurse, text: 'Call back at five', state: 'failed' } as const;
const visitor = { id: 'v_james', role: 'visitor', name: 'James Okafor' } as const;

const botNobody = { ...waitingNobody, bot: true };
const botTimeline = [botTurn(1, 'What is it about?'), pressed(2, 1, 'hours'), botTurn(3, 'Monday to Friday.'), escalated(4, 'failed', { id: 'system', role: 'system' })];

describe('<care-desk>', () => {
  let desk: DeskFixture;
  afterEach(() => desk.element.remove());

  describe('accessibility audit', () => {
    const views: readonly (readonly [string, () => Promise<DeskFixture>])[] = [
      ['sign in', () => mountDesk(signedOut)],
      ['the desk being opened', () => mountDesk({ ...quiet, phase: 'signing-in', connection: { state: 'connecting', retryAt: null, error: null } })],
      ['an empty queue', () => mountDesk(quiet)],
      ['a conversation, three columns', () => mountDesk(talking)],
      ['a conversation, one column', async () => {
        const mounted = await mountDesk(talking, { width: 360 });
        mounted.all('.chat')[0]!.click();
        await mounted.frame();
        return mounted;
      }],
      ['a conversation, right to left', () => mountDesk(talking, { attributes: { lang: 'ar' } })],
      ['no connection and nothing durable', () => mountDesk({ ...talking, durable: false, connection: { state: 'waiting', retryAt: stubNow + 5000, error: 'network' } })],
      ['a note that could not be stored', () => mountDesk({ ...talking, active: conversationOf(mineJames, jamesTimeline, { notes: timelineOf([failedNote]) }) })],
      ['a conversation with a bot', () => mountDesk({ ...busy, waiting: [waitingAna, botNobody], active: conversationOf(botNobody, botTimeline) })],
      ['a closed conversation', () => mountDesk({ ...busy, active: conversationOf({ ...mineJames, status: 'closed', closedAt: stubNow }, jamesTimeline) })],
    ];
    for (const [name, mount] of views) {
      it(`finds nothing in: ${name}`, async () => {
        desk = await mount();
        await expect(desk.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
        for (const selector of ['h1', 'main']) expect(desk.all(selector).filter((one) => one.getClientRects().length > 0), selector).to.have.length(1);
      });
    }

    it('finds nothing in: canned replies, settings, help, search', async () => {
      desk = await mountDesk(talking);
      type(desk.get('#desk-message'), '/he');
      await desk.frame();
      await expect(desk.element).shadowDom.to.be.accessible();
      desk.get('#desk-settings-button').click();
      await desk.frame();
      await expect(desk.element).shadowDom.to.be.accessible();
      desk.get('#desk-tab-closed').click();
      await desk.frame();
      await expect(desk.element).shadowDom.to.be.accessible();
      desk.get('[part="help-button"]').click();
      await desk.frame();
      await expect(desk.element).shadowDom.to.be.accessible();
    });
  });

  describe('sign in', () => {
    it('has the fields and the button by their names, open to password managers', async () => {
      desk = await mountDesk(signedOut);
      expect(desk.named('input', 'Email').getAttribute('autocomplete')).to.equal('username');
      expect(desk.named('input', 'Password').getAttribute('autocomplete')).to.equal('current-password');
      expect(desk.named('button', 'Sign in').getAttribute('type')).to.equal('submit');
    });

    it('passes on what was typed, then shows the desk and says who signed in', async () => {
      desk = await mountDesk(signedOut);
      const signedIn: string[] = [];
      desk.element.addEventListener('care-desk-signed-in', (event) => signedIn.push(event.agentId));
      type(desk.named('input', 'Email'), ' nurse@demo.clinic ');
      type(desk.named('input', 'Password'), ' demo-only');
      desk.named('button', 'Sign in').click();
      await desk.frame();
      expect(asked(desk, 'signIn')).to.deep.equal([['nurse@demo.clinic', ' demo-only']]);
      expect(desk.get('[part="header"]').textContent).to.contain('Rosewater Clinic');
      expect(signedIn).to.deep.equal(['a_nurse']);
    });

    it('asks nobody while a field is empty, and says which', async () => {
      desk = await mountDesk(signedOut);
      desk.named('button', 'Sign in').click();
      await desk.frame();
      expect(asked(desk, 'signIn')).to.be.empty;
      expect(desk.get('#desk-email').getAttribute('aria-invalid')).to.equal('true');
      expect(desk.root.activeElement).to.equal(desk.get('#desk-email'));
    });

    for (const [code, words] of [['sign-in-failed', 'not right'], ['locked-out', 'Too many'], ['network', 'cannot be reached']] as const) {
      it(`says in words what ${code} means, and keeps the address`, async () => {
        desk = await mountDesk(signedOut);
        desk.client.refuseNext(new CareError(code));
        type(desk.get('#desk-email'), 'nurse@demo.clinic');
        type(desk.get('#desk-password'), 'wrong');
        desk.named('button', 'Sign in').click();
        await desk.frame();
        expect(desk.get('[role="alert"]').textContent).to.contain(words);
        expect(desk.get<HTMLInputElement>('#desk-email').value).to.equal('nurse@demo.clinic');
      });
    }

    it('shows and hides the password', async () => {
      desk = await mountDesk(signedOut);
      desk.named('button', 'Show characters').click();
      await desk.frame();
      expect(desk.get<HTMLInputElement>('#desk-password').type).to.equal('text');
    });

    it('hides what patients wrote once the session has ended, and keeps what the nurse was writing', async () => {
      desk = await mountDesk(talking);
      type(desk.get('#desk-note'), 'half a note');
      desk.client.snapshot.update((value) => ({ ...value, phase: 'ended' }));
      await desk.frame();
      expect(desk.get('[role="alert"]').textContent).to.contain('session has ended');
      expect(desk.root.textContent).not.to.contain('metoprolol');
      desk.client.snapshot.update((value) => ({ ...value, phase: 'ready' }));
      await desk.frame();
      expect(desk.get<HTMLTextAreaElement>('#desk-note').value).to.equal('half a note');
    });

    for (const [error, words] of [['gone', 'was deleted'], ['unsupported-version', 'Reload the page'], ['stopped', 'what you had typed is kept']] as const) {
      it(`says why the session ended: ${error}`, async () => {
        desk = await mountDesk(talking);
        desk.client.snapshot.update((value) => ({ ...value, phase: 'ended', error }));
        await desk.frame();
        expect(desk.get('[role="alert"]').textContent).to.contain(words);
      });
    }

    it('leaves no announced word of a patient in the page once the session has ended', async () => {
      desk = await mountDesk(talking);
      desk.client.snapshot.update((value) => ({ ...value, active: value.active && { ...value.active, timeline: timelineOf([...jamesTimeline, message(10, visitor, 'And with food?', 0)]) } }));
      expect(desk.announced()).to.have.length(1);
      desk.client.snapshot.update((value) => ({ ...value, phase: 'ended' }));
      await desk.frame();
      expect(desk.root.textContent).not.to.contain('And with food?');
    });

    const maya = talking.agent!;
    const sam = { ...maya, id: 'a_front', email: 'frontdesk@demo.clinic', name: 'Sam Patel' };
    /** Maya writes half a note and searches; her session ends; somebody signs in. */
    const handOverTheScreen = async (to: typeof maya): Promise<void> => {
      desk = await mountDesk(talking);
      desk.client.closed.push({ ...summaryOf('c_old'), status: 'closed', closedAt: stubNow, visitor: { id: 'v_old', name: 'Olga Marin', online: false } });
      type(desk.get('#desk-note'), 'half a note');
      desk.get('#desk-tab-closed').click();
      await desk.frame();
      desk.named('button', 'Search').click();
      await desk.frame();
      expect(desk.root.textContent).to.contain('Olga Marin');
      desk.client.snapshot.update((value) => ({ ...value, phase: 'ended' }));
      await desk.frame();
      desk.client.snapshot.update((value) => ({ ...value, phase: 'signing-in', agent: to }));
      desk.client.snapshot.update((value) => ({ ...value, phase: 'ready' }));
      await desk.frame();
    };

    it('shows the next agent nothing of the one before, not even in the same chat', async () => {
      await handOverTheScreen(sam);
      expect(desk.get('#desk-tab-chats').getAttribute('aria-selected')).to.equal('true');
      desk.get('#desk-tab-closed').click();
      desk.client.snapshot.update((value) => ({ ...value, active: value.active && { ...value.active, agent: { id: sam.id, role: 'agent', name: sam.name } } }));
      await desk.frame();
      expect(desk.root.textContent).not.to.contain('Olga Marin');
    });

    it('shows the same agent what was there before the session ended', async () => {
      await handOverTheScreen(maya);
      expect(desk.get('#desk-tab-closed').getAttribute('aria-selected')).to.equal('true');
      expect(desk.root.textContent).to.contain('Olga Marin');
      expect(desk.get<HTMLTextAreaElement>('#desk-note').value).to.equal('half a note');
    });

    it('tells the next agent nothing about what the one before had asked for', async () => {
      desk = await mountDesk(busy);
      let answer = (_result: ReturnType<typeof ok<void>>): void => {};
      desk.client.accept = () => new Promise((resolve) => (answer = resolve));
      desk.all('[part~="accept-button"]')[0]!.click();
      desk.client.snapshot.update((value) => ({ ...value, phase: 'ended' }));
      desk.client.snapshot.update((value) => ({ ...value, phase: 'ready', agent: sam }));
      answer(ok(undefined));
      await desk.frame();
      expect(asked(desk, 'open')).to.be.empty;
      expect(desk.announced()).to.be.empty;
    });
  });

  describe('queue', () => {
    it('is a list named exactly "Waiting" with visitor, department, time, reason and "Accept"', async () => {
      desk = await mountDesk(busy);
      const list = desk.named('ul', 'Waiting');
      expect(list.children).to.have.length(2);
      const [ana, nobody] = [...list.children];
      for (const words of ['Ana Ruiz', 'Billing', '4:12', 'A question about my last invoice']) expect(ana!.textContent).to.contain(words);
      expect(nobody!.querySelector('b')!.textContent).to.equal('Visitor');
      expect([...list.querySelectorAll('[part~="accept-button"]')].map((button) => button.getAttribute('aria-label'))).to.deep.equal(['Accept', 'Accept']);
    });

    it('counts each second without announcing it', async () => {
      desk = await mountDesk(busy);
      await desk.clock.advance(3000);
      await desk.frame();
      expect(desk.get('.waited').textContent).to.contain('4:1');
      await await desk.clock.advance(1000);
      await desk.frame();
      await await desk.clock.advance(1000);
      await desk.frame();
      expect(desk.get('.waited').textContent).not.to.contain('4:12');
      expect(desk.announced()).to.be.empty;
    });

    it('accepts: asks the server, opens the chat, says so, and puts the cursor into the message', async () => {
      desk = await mountDesk(busy);
      const accepted: string[] = [];
      desk.element.addEventListener('care-desk-accepted', (event) => accepted.push(event.conversationId));
      desk.all('[part~="accept-button"]')[0]!.click();
      expect(accepted).to.be.empty;
      await desk.frame();
      expect(asked(desk, 'accept')).to.deep.equal([['c_ana']]);
      expect(accepted).to.deep.equal(['c_ana']);
      expect(desk.get('#desk-heading').textContent).to.contain('Ana Ruiz');
      expect(desk.root.activeElement).to.equal(desk.named('textarea', 'Message'));
      expect(desk.named('button', 'Send')).to.exist;
    });

    it('says when somebody else was first, and leaves the chat where it is', async () => {
      desk = await mountDesk(busy);
      desk.client.refuseNext(new CareError('conflict'));
      const codes: string[] = [];
      desk.element.addEventListener('care-desk-error', (event) => codes.push(event.code));
      desk.all('[part~="accept-button"]')[0]!.click();
      await desk.frame();
      expect(desk.get('.toast').textContent).to.contain('Somebody else accepted this chat.');
      expect(desk.announced()).to.deep.equal(['Somebody else accepted this chat.']);
      expect(codes).to.deep.equal(['conflict']);
      expect(asked(desk, 'open')).to.be.empty;
    });

    for (const [then, target] of [['nothing', '#desk-message'], ['presses another key', '#desk-heading']] as const) {
      it(`leads the focus to the message once the chat is one's own, if the person ${then} meanwhile`, async () => {
        desk = await mountDesk({ ...busy, active: conversationOf(waitingAna) });
        desk.client.accept = () => Promise.resolve(ok(undefined));
        const take = desk.named('button', 'Take this chat');
        take.focus();
        take.click();
        await desk.frame();
        expect(desk.all('#desk-message')).to.be.empty;
        if (then !== 'nothing') press(take, 'Tab');
        desk.client.snapshot.update((value) => ({ ...value, active: conversationOf({ ...waitingAna, status: 'open', agent: nurse }) }));
        await desk.frame();
        expect(desk.root.activeElement).to.equal(desk.get(target));
      });
    }

    it('asks once however often the button is pressed', async () => {
      desk = await mountDesk(busy);
      const button = desk.all('[part~="accept-button"]')[0]!;
      button.click();
      button.click();
      await desk.frame();
      expect(asked(desk, 'accept')).to.have.length(1);
    });
  });

  describe('arrivals', () => {
    const arrive = (seq: number, text: string): void =>
      desk.client.snapshot.update((value) => ({ ...value, active: value.active && { ...value.active, timeline: timelineOf([...jamesTimeline, message(seq, visitor, text, 0)]) } }));

    it('announces a new message of the open chat once, and no history', async () => {
      desk = await mountDesk(talking);
      expect(desk.announced()).to.be.empty;
      arrive(10, 'And with food?');
      await desk.frame();
      arrive(10, 'And with food?');
      await desk.frame();
      expect(desk.announced()).to.deep.equal(['James Okafor: And with food?']);
    });

    it('announces who began to wait, and tells the page only the id', async () => {
      desk = await mountDesk(quiet);
      const events: unknown[] = [];
      desk.element.addEventListener('care-desk-waiting', (event) => events.push(event.conversationId));
      desk.client.snapshot.update((value) => ({ ...value, waiting: [waitingAna] }));
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
      expect(desk.announced()).to.deep.equal(['New chat waiting: Ana Ruiz, Billing.']);
      expect(events).to.deep.equal(['c_ana']);
    });

    it('announces that a message could not be sent, and why, once for each try', async () => {
      desk = await mountDesk(talking);
      const becomes = (state: 'sending' | 'failed'): void => {
        const own = message(0, nurse, 'Are you there?', 0, { key: 'm_own', seq: null, state, error: state === 'failed' ? 'forbidden' : null });
        desk.client.snapshot.update((value) => ({ ...value, active: conversationOf(mineJames, [...jamesTimeline, own]) }));
      };
      becomes('failed');
      becomes('failed');
      expect(desk.announced()).to.deep.equal(['Not sent: Are you there? – Your account may not do this.']);
      becomes('sending');
      becomes('failed');
      expect(desk.announced()).to.have.length(2);
    });

    it('leaves the focus where it is', async () => {
      desk = await mountDesk(talking);
      const field = desk.named('textarea', 'Message');
      type(field, 'half a sent');
      arrive(10, 'And with food?');
      desk.client.snapshot.update((value) => ({ ...value, waiting: [...value.waiting, summaryOf('c_new')] }));
      desk.client.fact({ type: 'waiting', conversationId: 'c_new' });
      await desk.frame();
      expect(desk.root.activeElement).to.equal(field);
      expect((field as HTMLTextAreaElement).value).to.equal('half a sent');
    });

    it('keeps the focus inside when the chat under it is taken by somebody else', async () => {
      desk = await mountDesk(busy);
      desk.all('[part~="accept-button"]')[1]!.focus();
      desk.client.snapshot.update((value) => ({ ...value, waiting: [waitingAna] }));
      await desk.frame();
      expect(desk.root.activeElement).to.equal(desk.get('#desk-tab-chats'));
    });

    it('chimes for a new chat, not for a message that is being looked at', async () => {
      desk = await mountDesk(talking);
      desk.client.fact({ type: 'message-received', conversationId: 'c_james', eventId: 'e_10' });
      expect(desk.chimes).to.be.empty;
      desk.client.fact({ type: 'message-received', conversationId: 'c_leila', eventId: 'e_7' });
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
      expect(desk.chimes).to.deep.equal(['message', 'waiting']);
    });

    it('is silent once the sound is off, and remembers it as a flag', async () => {
      desk = await mountDesk(talking);
      const sound = desk.named('button', 'Sound');
      expect(sound.getAttribute('aria-pressed')).to.equal('true');
      sound.click();
      await desk.frame();
      expect(sound.getAttribute('aria-pressed')).to.equal('false');
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
      expect(desk.chimes).to.be.empty;
      expect([...desk.flags.content]).to.deep.equal([['care-desk.sound', 'off']]);
    });
  });

  describe('title badge', () => {
    const title = 'Desk · Rosewater Clinic';
    const before = document.title;
    beforeEach(() => void (document.title = title));
    afterEach(() => {
      const after = document.title;
      document.title = before;
      expect(after).to.equal(title);
    });

    it('counts conversations while nobody looks, without a word of anybody, and goes when somebody does', async () => {
      desk = await mountDesk(busy);
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
      expect(document.title).to.equal(title);
      desk.setVisible(false);
      desk.client.fact({ type: 'waiting', conversationId: 'c_anon' });
      desk.client.fact({ type: 'message-received', conversationId: 'c_james', eventId: 'e_9' });
      desk.client.fact({ type: 'message-received', conversationId: 'c_james', eventId: 'e_10' });
      expect(document.title).to.equal(`(2) ${title}`);
      desk.setVisible(true);
    });

    it('is not there where the page or the agent turned it off', async () => {
      desk = await mountDesk(busy, { attributes: { 'title-badge': 'off' } });
      desk.setVisible(false);
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
      expect(document.title).to.equal(title);
      desk.element.remove();
      desk = await mountDesk(busy, { flags: new Map([['care-desk.badge', 'off']]) });
      desk.setVisible(false);
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
      expect(document.title).to.equal(title);
    });

    it('goes with the element', async () => {
      desk = await mountDesk(busy);
      desk.setVisible(false);
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
      expect(document.title).to.equal(`(1) ${title}`);
      desk.element.remove();
    });
  });

  describe('conversation', () => {
    it('sends what was written and shows its honest state', async () => {
      desk = await mountDesk(talking);
      type(desk.named('textarea', 'Message'), 'Yes, in the evening.');
      await desk.frame();
      desk.named('button', 'Send').click();
      await desk.frame();
      expect(asked(desk, 'send')).to.deep.equal([['Yes, in the evening.']]);
      expect(desk.get<HTMLTextAreaElement>('#desk-message').value).to.equal('');
      expect(desk.all('.state.sending')).to.have.length(1);
    });

    it('has the transcript as a silent log', async () => {
      desk = await mountDesk(talking);
      expect(desk.get('[role="log"]').getAttribute('aria-live')).to.equal('off');
    });

    it('marks where the unread messages begin', async () => {
      desk = await mountDesk({ ...talking, active: conversationOf(mineJames, jamesTimeline, { unread: 1, readSeq: 8 }) });
      expect(desk.all('.unread-line')).to.have.length(1);
    });

    it('closes only after a second yes, and opens again', async () => {
      desk = await mountDesk(talking);
      desk.named('button', 'Close chat').click();
      await desk.frame();
      expect(asked(desk, 'close')).to.be.empty;
      desk.named('button', 'Keep open').click();
      await desk.frame();
      expect(desk.root.activeElement).to.equal(desk.get('#desk-close-button'));
      desk.named('button', 'Close chat').click();
      await desk.frame();
      desk.named('button', 'Yes, close').click();
      await desk.frame();
      expect(asked(desk, 'close')).to.deep.equal([['c_james']]);
      expect(desk.all('#desk-message')).to.be.empty;
      desk.named('button', 'Open again').click();
      await desk.frame();
      expect(asked(desk, 'reopen')).to.deep.equal([['c_james']]);
      expect(desk.named('textarea', 'Message')).to.exist;
    });

    it('hands over to a colleague who is there, or back to the queue', async () => {
      desk = await mountDesk(talking);
      desk.named('button', 'Hand over').click();
      await desk.frame();
      const choices = desk.all('#desk-assign button').map((button) => button.textContent.replace(/\s+/g, ' ').trim());
      expect(choices).to.deep.equal(['Sam Patel Front desk · Online', 'Dr. Ingrid Berg Doctor · Away', 'Back to the queue']);
      desk.all('#desk-assign button')[0]!.click();
      await desk.frame();
      expect(asked(desk, 'assign')).to.deep.equal([['c_james', 'a_front']]);
    });

    it('shows a waiting chat without accepting it', async () => {
      desk = await mountDesk(busy);
      desk.get('.waiting-open').click();
      await desk.frame();
      expect(names(desk)).to.deep.equal(['resume', 'open']);
      expect(desk.all('#desk-message')).to.be.empty;
      expect(desk.named('button', 'Take this chat')).to.exist;
      expect(desk.get('[part="pre-chat-card"]').textContent).to.contain('A question about my last invoice');
    });

    it('shows a symptom check as it was handed over, and gives its answers as a file', async () => {
      const response = { resourceType: 'QuestionnaireResponse', status: 'stopped', item: [{ linkId: 'flags', answer: [{ valueString: 'Cold foot' }] }] };
      const check: FormItem = {
        type: 'form', key: 'e_10', seq: 10, at: stubNow, by: { id: 'v_james', role: 'visitor' }, body: {
          form: { questionnaire: 'https://clinic.test/knee|2', title: 'Sore knee' }, purpose: 'checker', response,
          answers: [{ linkId: 'flags', question: 'Is any of these happening?', answers: ['Cold foot'], at: stubNow, changed: true }, { linkId: 'age', question: 'How old are you?', answers: [], at: stubNow, skipped: true }],
          outcome: { checker: 'knee', version: '2', status: 'draft', level: 'emergency', title: 'Emergency: get help now', rule: 'E1', startedAt: stubNow - 60_000, endedAt: stubNow },
        },
      };
      desk = await mountDesk({ ...talking, active: conversationOf(mineJames, [...jamesTimeline, check]) });
      const card = desk.get('[part="check-card"]');
      for (const words of ['Sore knee', 'Emergency: get help now', 'E1', 'knee, version 2', 'No clinician has approved', 'An emergency ended the questions', 'Is any of these happening?', 'Cold foot', 'changed', 'How old are you?', 'Skipped']) expect(card.textContent).to.contain(words);
      const saved: Blob[] = [];
      const names: string[] = [];
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob: Blob) => (saved.push(blob), 'data:,');
      // A download itself would open Firefox's own panel over this page and those of the tests that follow.
      HTMLAnchorElement.prototype.click = function () {
        names.push(this.download);
      };
      try {
        desk.get('[part="check-card"] button').click();
      } finally {
        URL.createObjectURL = createObjectURL;
        delete (HTMLAnchorElement.prototype as { click?: unknown }).click;
      }
      expect(desk.all('[part="check-verdict"]')).to.be.empty;
      expect(names).to.deep.equal([`questionnaire-response-${mineJames.id}.json`]);
      expect(JSON.parse(await saved[0]!.text())).to.deep.equal(response);
    });

    it('says in words what the server made of a check, also of one on a page that is not loaded', async () => {
      const outcome = { checker: 'knee', version: '2', status: 'approved', level: 'self-care', title: 'Care for yourself', rule: 'S1', startedAt: stubNow - 60_000, endedAt: stubNow } as const;
      const olderCheck = { form: { questionnaire: 'urn:knee|2' }, purpose: 'checker', response: { status: 'completed' }, answers: [] } as const;
      const shown = async (verdict: CheckVerdict): Promise<string> => {
        desk = await mountDesk({ ...talking, active: conversationOf(mineJames, jamesTimeline, { olderCheck: { ...olderCheck, answers: [], outcome: { ...outcome, verdict } } }) });
        const text = desk.get('[part="check-card"]').textContent;
        await expect(desk.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
        desk.element.remove();
        return text;
      };
      expect(await shown({ result: 'differs', level: 'urgent', title: 'See somebody today', rule: 'U3' })).to.contain('Care for yourself').and.to.contain('The server\'s own evaluation differs: See somebody today (rule U3).');
      expect(await shown({ result: 'unchecked' })).to.contain('Not checked by this server');
      expect(await shown({ result: 'same' })).not.to.contain('server');
    });

    it('says the priority and the language that was asked for in words, and calls with them', async () => {
      const urgent = { ...waitingAna, priority: 'urgent', language: 'ar' } as const;
      desk = await mountDesk({ ...quiet, waiting: [urgent, { ...waitingNobody, priority: 'normal' }], active: conversationOf(urgent) });
      expect(desk.all('.waiting-entry').map((entry) => entry.querySelector('.priority')?.textContent)).to.deep.equal(['Urgent', undefined]);
      expect(desk.get('.conversation-top').textContent).to.contain('Writes Arabic');
      const card = desk.get('[part="visitor-card"]').textContent.replace(/\s+/g, ' ');
      expect(card).to.contain('Language asked for').and.to.contain('Priority');
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
      desk.client.fact({ type: 'waiting', conversationId: 'c_ana', isRaised: true });
      expect(desk.announced()).to.deep.equal(['Urgent. New chat waiting: Ana Ruiz, Billing.', 'Urgent: Ana Ruiz is waiting.']);
    });

    it('has the answers before the chat as a file, too, with what was skipped and when', async () => {
      const body: FormItem['body'] = {
        form: { questionnaire: 'urn:test:pre|1', title: 'Before the chat' }, purpose: 'pre-chat', response: { resourceType: 'QuestionnaireResponse', status: 'completed' },
        answers: [{ linkId: 'topic', question: 'What is it about?', answers: ['A rash'], source: 'page' }, { linkId: 'since', question: 'Since when?', answers: [], skipped: true, at: stubNow }],
      };
      desk = await mountDesk({ ...talking, active: conversationOf(mineJames, [{ type: 'form', key: 'e_1', seq: 1, at: stubNow, by: { id: 'v_james', role: 'visitor' }, body }, ...jamesTimeline]) });
      const card = desk.get('[part="pre-chat-card"]');
      expect(card.textContent.replace(/\s+/g, ' ')).to.match(/A rash From the page, not confirmed by the patient ?Since when\? Skipped \d/);
      expect([...card.querySelectorAll('button')].map(({ textContent }) => textContent.trim())).to.deep.equal(['Download QuestionnaireResponse (JSON)']);
      await expect(desk.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      desk.element.remove();
      // Where the beginning of the chat is not loaded, the list has the answers all the same.
      desk = await mountDesk({ ...talking, active: conversationOf(mineJames, jamesTimeline) });
      expect(desk.get('[part="pre-chat-card"]').textContent).to.contain('Medication');
    });

    it('lists that a check was sent and its level, what the server made of it, and the language that was asked for', async () => {
      const check = { checker: 'respiratory', level: 'self-care', title: 'Care for yourself' };
      desk = await mountDesk({ ...quiet, waiting: [{ ...waitingAna, language: 'ar', check }, { ...waitingNobody, check: { ...check, differs: 'See somebody today' } }] });
      const [first, second] = desk.all('.waiting-entry').map((entry) => entry.textContent.replace(/\s+/g, ' '));
      expect(first).to.contain('Symptom check: Care for yourself').and.to.contain('Language asked for: Arabic').and.not.to.contain('the server');
      expect(second).to.contain('Symptom check: Care for yourself the server: See somebody today').and.not.to.contain('Language');
      await expect(desk.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    });

    it('gives both lists what they need, and of too little room no less than half', async () => {
      const many = (n: number, change: Partial<Summary>): readonly Summary[] => Array.from({ length: n }, (_, i) => summaryOf(`c_many${i}_${n}`, change));
      const heights = (): readonly number[] => desk.all('.lists-scroll > .list-section').map((one) => one.getBoundingClientRect().height);
      for (const [waiting, mine, who] of [[12, 1, 'waiting'], [1, 12, 'mine'], [12, 12, 'both']] as const) {
        desk = await mountDesk({ ...quiet, waiting: many(waiting, {}), mine: many(mine, { status: 'open', agent: nurse }) });
        desk.element.style.blockSize = '700px';
        await desk.frame();
        const column = desk.get('.lists-scroll');
        const inner = column.clientHeight - Number.parseFloat(getComputedStyle(column).paddingTop) - Number.parseFloat(getComputedStyle(column).paddingBottom);
        expect(column.scrollHeight, who).to.be.at.most(column.clientHeight + 1);
        expect(heights()[0]! + heights()[1]!, `${who}: no room is left empty`).to.be.closeTo(inner, 2);
        expect(Math.min(...heights()), who).to.be.greaterThan(90);
        if (who === 'both') expect(heights()[0]!).to.be.closeTo(heights()[1]!, 2);
        desk.element.remove();
      }
      desk = await mountDesk(quiet);
    });

    it('shows a form that was answered in the chat, with what the page gave marked as the page\'s', async () => {
      const body: FormItem['body'] = {
        form: { questionnaire: 'urn:test:intake|1', title: 'About your visit' }, purpose: 'in-chat', response: { resourceType: 'QuestionnaireResponse', status: 'completed' }, asked: { target: 5, buttonId: 'hello:fill' },
        answers: [{ linkId: 'topic', question: 'What is it about?', answers: ['A rash'] }, { linkId: 'member', question: 'Member number', answers: ['4711'], source: 'page' }],
      };
      desk = await mountDesk({ ...talking, active: conversationOf(mineJames, [...jamesTimeline, { type: 'form', key: 'e_10', seq: 10, at: stubNow, by: { id: 'v_james', role: 'visitor' }, body }]) });
      const card = desk.get('[part="answered-card"]').textContent.replace(/\s+/g, ' ');
      expect(card).to.match(/About your visit What is it about\? A rash Member number 4711 From the page, not confirmed by the patient/);
      await expect(desk.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    });

    it('shows a message that was left: what it is, by when it is to be answered, and no field to answer in', async () => {
      const left = summaryOf('c_left', { visitor: { id: 'v_left', name: 'Grace Lund', online: false }, offline: { reference: '7KQM-3XWD', promisedAt: stubNow + 3_600_000 }, preChat: answers('Grace Lund', 'A new prescription') });
      desk = await mountDesk({ ...quiet, waiting: [left], active: conversationOf(left) });
      for (const words of ['Left a message', '7KQM-3XWD', 'Answer by', 'A new prescription']) expect(desk.get('.waiting-entry').textContent).to.contain(words);
      expect(desk.named('button', 'Take this message')).to.exist;
      await expect(desk.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      desk.element.remove();
      const mine = { ...left, status: 'open' as const, agent: nurse };
      desk = await mountDesk({ ...quiet, mine: [mine], active: conversationOf(mine) });
      expect(desk.get('.conversation-top').textContent).to.contain('Reference 7KQM-3XWD');
      expect(desk.get('.chat-list').textContent).to.contain('7KQM-3XWD');
      expect(desk.all('#desk-message, #desk-close-button')).to.be.empty;
      await expect(desk.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      desk.named('button', 'Mark as done').click();
      expect(asked(desk, 'close')).to.deep.equal([['c_left']]);
    });

    it('keeps staff notes apart from the message', async () => {
      desk = await mountDesk(talking);
      type(desk.named('textarea', 'Staff note'), 'Prefers mornings');
      await desk.frame();
      desk.named('button', 'Add note').click();
      await desk.frame();
      expect(asked(desk, 'note')).to.deep.equal([['Prefers mornings']]);
      expect(asked(desk, 'send')).to.be.empty;
      expect(desk.named('ul', 'Staff notes').textContent).to.contain('Prefers mornings');
      expect(desk.get('[role="log"]').textContent).not.to.contain('Prefers mornings');
    });

    describe('a note that could not be stored', () => {
      const mount = async (): Promise<HTMLElement> => {
        desk = await mountDesk({ ...talking, active: conversationOf(mineJames, jamesTimeline, { notes: timelineOf([failedNote]) }) });
        return desk.get('[part="note"]');
      };
      const choose = (note: HTMLElement, name: string): void => [...note.querySelectorAll('button')].find((button) => button.textContent === name)!.click();

      it('says so and can be sent again', async () => {
        const note = await mount();
        expect(note.textContent).to.contain('Not stored');
        choose(note, 'Try again');
        expect(asked(desk, 'retry')).to.deep.equal([['k_note']]);
      });

      it('can be given up, and its words go back into the empty field', async () => {
        choose(await mount(), 'Edit');
        await desk.frame();
        expect(asked(desk, 'discard')).to.deep.equal([['k_note']]);
        expect(desk.all('[part="note"]')).to.be.empty;
        expect(desk.get<HTMLTextAreaElement>('#desk-note').value).to.equal('Call back at five');
        expect(desk.root.activeElement).to.equal(desk.get('#desk-note'));
      });

      it('stands before another that is being written', async () => {
        const note = await mount();
        type(desk.get('#desk-note'), 'Another');
        choose(note, 'Edit');
        await desk.frame();
        expect(desk.get<HTMLTextAreaElement>('#desk-note').value).to.equal('Call back at five\nAnother');
      });
    });

    for (const [what, id, name] of [['message', '#desk-message', 'Send'], ['note', '#desk-note', 'Add note']] as const) {
      it(`holds a ${what} back that is longer than this server takes`, async () => {
        desk = await mountDesk({ ...talking, textChars: 10 });
        type(desk.get(id), 'ten chars!');
        await desk.frame();
        expect(desk.named('button', name).getAttribute('aria-disabled')).to.equal('false');
        type(desk.get(id), 'eleven char');
        await desk.frame();
        expect(desk.named('button', name).getAttribute('aria-disabled')).to.equal('true');
        expect(desk.get(`${id}-hint`).textContent).to.contain('1');
      });
    }
  });

  describe('canned replies', () => {
    const field = (): HTMLTextAreaElement => desk.get<HTMLTextAreaElement>('#desk-message');
    const chosen = (): string => desk.get(`#${field().getAttribute('aria-activedescendant')}`).querySelector('b')!.textContent;

    it('open with a slash, move with the arrows, and Enter puts the filled text in without sending', async () => {
      desk = await mountDesk(talking);
      type(field(), '/he');
      await desk.frame();
      expect(desk.named('ul', 'Canned replies').id).to.equal(field().getAttribute('aria-controls'));
      expect(chosen()).to.equal('/hello');
      expect(press(field(), 'ArrowDown')).to.be.true;
      await desk.frame();
      expect(chosen()).to.equal('/help');
      press(field(), 'ArrowUp');
      await desk.frame();
      expect(press(field(), 'Enter')).to.be.true;
      await desk.frame();
      expect(field().value).to.equal('Hello James Okafor, this is Maya Torres from Rosewater Clinic. How can I help?');
      expect(desk.root.activeElement).to.equal(field());
      expect(asked(desk, 'send')).to.be.empty;
      expect(desk.all('[part="canned"]')).to.be.empty;
    });

    it('offer the visitor\'s language first', async () => {
      desk = await mountDesk({ ...busy, active: conversationOf({ ...mineJames, visitor: { ...mineJames.visitor, locale: 'es-MX' } }, jamesTimeline) });
      type(field(), '/hello');
      await desk.frame();
      expect(desk.all('[role="option"]').map((option) => option.querySelector('[lang]')!.getAttribute('lang'))).to.deep.equal(['es', 'en']);
    });

    it('close with Esc and leave what was typed', async () => {
      desk = await mountDesk(talking);
      type(field(), 'a /he');
      await desk.frame();
      press(field(), 'Escape');
      await desk.frame();
      expect(desk.all('[part="canned"]')).to.be.empty;
      expect(field().value).to.equal('a /he');
      expect(asked(desk, 'send')).to.be.empty;
    });

    it('do not open inside a word or an address', async () => {
      desk = await mountDesk(talking);
      type(field(), 'https://clinic.example/he');
      await desk.frame();
      expect(desk.all('[part="canned"]')).to.be.empty;
    });

    it('open by the button too', async () => {
      desk = await mountDesk(talking);
      desk.named('button', 'Insert a canned reply').click();
      await desk.frame();
      expect(field().value).to.equal('/');
      expect(desk.all('[role="option"]')).to.have.length(5);
      expect(desk.root.activeElement).to.equal(field());
    });
  });

  describe('keyboard', () => {
    it('goes to the next chat and accepts the longest waiting, wherever the focus is', async () => {
      desk = await mountDesk(talking);
      const field = desk.get('#desk-message');
      field.focus();
      press(field, 'ArrowDown', { altKey: true });
      await desk.frame();
      expect(asked(desk, 'open')).to.deep.equal([['c_leila']]);
      press(document.body, 'a', { altKey: true, code: 'KeyA' });
      await desk.frame();
      expect(asked(desk, 'accept')).to.deep.equal([['c_ana']]);
    });

    it('opens the help with ?, but types it in a field', async () => {
      desk = await mountDesk(talking);
      expect(press(desk.get('#desk-message'), '?')).to.be.false;
      await desk.frame();
      expect(desk.get<HTMLDialogElement>('dialog').open).to.be.false;
      press(document.body, '?');
      await desk.frame();
      expect(desk.get<HTMLDialogElement>('dialog').open).to.be.true;
      expect(desk.get('dialog').textContent).to.contain('Accept whoever has waited longest');
    });

    it('does nothing once shortcuts are off', async () => {
      desk = await mountDesk(talking, { flags: new Map([['care-desk.shortcuts', 'off']]) });
      expect(press(document.body, '?')).to.be.false;
      expect(press(document.body, 'a', { altKey: true, code: 'KeyA' })).to.be.false;
      await desk.frame();
      expect(names(desk)).to.deep.equal(['resume']);
    });

    it('moves among the chats with the arrows, one Tab stop for all', async () => {
      desk = await mountDesk(talking);
      const chats = desk.all('.chat');
      expect(chats.map((chat) => chat.tabIndex)).to.deep.equal([0, -1, -1]);
      chats[0]!.focus();
      press(chats[0]!, 'ArrowDown');
      expect(desk.root.activeElement).to.equal(chats[1]);
    });

    it('brings the focus back to the list on a narrow screen', async () => {
      desk = await mountDesk(busy, { width: 380 });
      const chat = desk.all('.chat')[0]!;
      chat.focus();
      chat.click();
      await desk.frame();
      expect(desk.root.activeElement).to.equal(desk.get('#desk-heading'));
      desk.named('button', 'Back to the list').click();
      await desk.frame();
      expect(desk.root.activeElement).to.equal(desk.all('.chat')[0]);
    });
  });

  describe('closed chats', () => {
    it('are asked for by whole days and part of a name, and shown read-only', async () => {
      desk = await mountDesk(quiet);
      desk.client.closed.push({ ...mineJames, status: 'closed', closedAt: stubNow });
      desk.get('#desk-tab-closed').click();
      await desk.frame();
      desk.named('input', 'From').setAttribute('value', '2026-11-20');
      desk.named('input', 'To').setAttribute('value', '2026-11-23');
      type(desk.named('input', 'Visitor’s name'), ' okafor ');
      desk.named('button', 'Search').click();
      await desk.frame();
      expect(asked(desk, 'search')).to.deep.equal([[{ status: 'closed', from: new Date(2026, 10, 20).getTime(), to: new Date(2026, 10, 24).getTime(), visitor: 'okafor' }]]);
      const found = desk.named('ul', 'Closed chats').querySelector('button')!;
      expect(found.textContent).to.contain('James Okafor');
      found.click();
      await desk.frame();
      expect(desk.all('#desk-message')).to.be.empty;
      expect(desk.named('button', 'Open again')).to.exist;
    });

    it('are not asked for when the days are the wrong way round', async () => {
      desk = await mountDesk(quiet);
      desk.get('#desk-tab-closed').click();
      await desk.frame();
      desk.named('input', 'From').setAttribute('value', '2026-11-23');
      desk.named('input', 'To').setAttribute('value', '2026-11-20');
      desk.named('button', 'Search').click();
      await desk.frame();
      expect(asked(desk, 'search')).to.be.empty;
      expect(desk.get('.notice.bad').textContent).to.contain('must not be after');
    });
  });

  describe('notices', () => {
    const line = (): HTMLElement | undefined => desk.all('[part="connection"]')[0];
    const become = async (connection: DeskSnapshot['connection']): Promise<void> => {
      desk.client.snapshot.update((value) => ({ ...value, connection }));
      await desk.frame();
    };
    const pass = async (seconds: number): Promise<void> => {
      for (let i = 0; i < seconds; i++) {
        await desk.clock.advance(1000);
        await desk.frame();
      }
    };
    const down = { state: 'waiting', retryAt: stubNow + 60_000, error: 'network' } as const;
    const trying = { state: 'waiting', retryAt: null, error: 'network' } as const;
    const online = { state: 'online', retryAt: null, error: null } as const;

    it('count the seconds to the next try; that the connection is gone and is there again is said once each, whatever was tried meanwhile', async () => {
      desk = await mountDesk(talking);
      expect(line()).to.be.undefined;
      await become({ ...down, retryAt: stubNow + 5000 });
      expect(line()!.textContent).to.contain('in 5 seconds');
      await pass(3);
      expect(line()!.textContent).to.contain('in 2 seconds');
      await become(trying);
      expect(line()!.textContent).to.contain('Trying again…');
      await become({ ...down, retryAt: stubNow + 30_000 });
      await become({ state: 'connecting', retryAt: null, error: null });
      await become(online);
      expect(line()).to.be.undefined;
      expect(desk.announced()).to.deep.equal(['No connection. Trying again… What you write is kept and sent then.', 'Connected again.']);
    });

    it('call nobody online of whom nothing is heard', async () => {
      desk = await mountDesk(talking);
      const told = (): readonly (string | undefined)[] => [desk.all('.chat')[0], desk.get('.facts'), desk.get('[part="visitor-card"]')].map((place) => /Online|Not known without a connection/.exec(place!.textContent)?.[0]);
      expect(told()).to.deep.equal(['Online', 'Online', 'Online']);
      await become(down);
      expect(told()).to.deep.equal(Array(3).fill('Not known without a connection'));
      expect(desk.all('.presence.online')).to.be.empty;
      await become(online);
      expect(told()).to.deep.equal(['Online', 'Online', 'Online']);
    });

    it('show that a try is under way, and say what came of one that was asked for', async () => {
      desk = await mountDesk({ ...talking, connection: down });
      const button = desk.named('button', 'Try now');
      button.focus();
      button.click();
      button.click();
      await desk.frame();
      expect(asked(desk, 'tryNow')).to.have.length(1);
      expect(desk.named('button', 'Trying…').getAttribute('aria-disabled')).to.equal('true');
      await become(trying);
      await pass(2);
      expect(desk.named('button', 'Trying…')).to.exist;
      const said = desk.announced().length;
      await become(down);
      await pass(1);
      expect(desk.named('button', 'Try now')).to.equal(desk.root.activeElement);
      expect(desk.announced().slice(said)).to.deep.equal(['No connection. Trying again… What you write is kept and sent then.']);
    });

    it('say that it is the device that is offline', async () => {
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
      try {
        desk = await mountDesk({ ...talking, connection: down });
        expect(line()!.textContent).to.contain('This device is offline').and.not.to.contain('60');
        expect(desk.announced()).to.have.length(1);
      } finally {
        delete (navigator as { onLine?: boolean }).onLine;
      }
    });

    it('count and speak where the desk is still being opened, and say nothing of a first try', async () => {
      desk = await mountDesk({ ...quiet, phase: 'signing-in', connection: { state: 'connecting', retryAt: null, error: null } });
      expect(line()!.textContent).to.contain('Connecting…');
      expect(desk.announced()).to.be.empty;
      await become({ ...down, retryAt: stubNow + 5000 });
      await pass(2);
      expect(line()!.textContent).to.contain('in 3 seconds');
      expect(desk.announced()).to.have.length(1);
    });

    it('do not call a session that has ended connected again', async () => {
      desk = await mountDesk({ ...talking, connection: down });
      desk.client.snapshot.update((value) => ({ ...value, phase: 'ended', connection: { state: 'stopped', retryAt: null, error: 'forbidden' } }));
      await desk.frame();
      expect(desk.announced()).to.be.empty;
    });

    it('say that this browser keeps nothing, once, until it is dismissed', async () => {
      desk = await mountDesk(quiet);
      desk.client.snapshot.update((value) => ({ ...value, durable: false }));
      await desk.frame();
      expect(desk.get('[part="not-durable"]').textContent).to.contain('is lost when you leave the page');
      desk.client.snapshot.update((value) => ({ ...value, state: 'away' }));
      expect(desk.announced()).to.deep.equal(['This browser cannot keep your messages: what is not sent yet is lost when you leave the page.']);
      desk.named('button', 'Dismiss').click();
      await desk.frame();
      expect(desk.all('[part="not-durable"]')).to.be.empty;
    });

    for (const [lang, words] of [['es', 'Nuevo intento en 5 segundos'], ['ar', 'نحاول مجددًا بعد']] as const) {
      it(`are in the desk's language: ${lang}`, async () => {
        desk = await mountDesk({ ...talking, connection: { ...down, retryAt: stubNow + 5000 } }, { attributes: { lang } });
        expect(line()!.textContent).to.contain(words);
      });
    }
  });

  describe('settings', () => {
    it('go online and away by a choice of two', async () => {
      desk = await mountDesk(quiet);
      desk.named('input', 'Away').click();
      await desk.frame();
      expect(asked(desk, 'setState')).to.deep.equal([['away']]);
      expect(desk.get('.lists').textContent).to.contain('You are away.');
    });

    it('switch the language at once and keep what is being written', async () => {
      desk = await mountDesk(talking);
      type(desk.get('#desk-message'), 'half');
      desk.get('#desk-settings-button').click();
      await desk.frame();
      const select = desk.get<HTMLSelectElement>('select');
      select.value = 'ar';
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await desk.frame();
      expect(desk.get('.care-root').dir).to.equal('rtl');
      expect(desk.named('ul', 'في الانتظار')).to.exist;
      expect(desk.get<HTMLTextAreaElement>('#desk-message').value).to.equal('half');
      expect(desk.flags.content.get('care-desk.lang')).to.equal('ar');
    });

    it('sign out', async () => {
      desk = await mountDesk(talking);
      const reasons: string[] = [];
      desk.element.addEventListener('care-desk-signed-out', (event) => reasons.push(event.reason));
      desk.get('#desk-settings-button').click();
      await desk.frame();
      desk.named('button', 'Sign out').click();
      await desk.frame();
      expect(reasons).to.deep.equal(['signed-out']);
      expect(desk.named('button', 'Sign in')).to.exist;
    });
  });

  it('releases everything on disconnect', async () => {
    desk = await mountDesk(talking);
    expect(desk.client.listenerCount).to.be.greaterThan(0);
    desk.client.snapshot.update((value) => ({ ...value, waiting: [waitingAna] }));
    desk.client.fact({ type: 'waiting', conversationId: 'c_ana' });
    type(desk.get('#desk-message'), 'half');
    await desk.frame();
    desk.element.remove();
    expect(desk.client.disposed).to.be.true;
    expect(desk.client.listenerCount).to.equal(0);
    expect(desk.pageListeners).to.equal(0);
    expect(desk.clock.pending).to.equal(0);
    expect(desk.chimes).to.include('disposed');
    expect(desk.root.textContent.trim()).to.equal('');
    desk.client.snapshot.set(busy);
    await desk.frame();
    expect(desk.root.textContent.trim()).to.equal('');
    expect(press(document.body, '?')).to.be.false;
  });

  describe('a bot', () => {
    it('is shown with what was offered and chosen, and nothing of it can be pressed', async () => {
      desk = await mountDesk({ ...busy, waiting: [waitingAna, botNobody], active: conversationOf(botNobody, botTimeline) });
      expect(desk.all('.bot-chosen').map((one) => one.textContent!.trim())).to.deep.equal(['Chosen: Opening hours', 'Offered: Opening hours, A bill, Talk to a person']);
      expect(desk.all('.bot-choices button')).to.have.length(0);
      expect(desk.all('.sender').map((one) => one.textContent)).to.match(/Clinic assistant\s*Automatic assistant/);
      expect(desk.get('.transcript').innerText).to.contain('The assistant cannot go on. Our team takes over.');
    });

    it('is named beside the chat it answers, which is not counted among those who wait', async () => {
      desk = await mountDesk({ ...quiet, waiting: [waitingAna, botNobody], active: conversationOf(botNobody, botTimeline) });
      expect(desk.all('.waiting-entry .tag').map((one) => one.textContent)).to.include('Automatic assistant');
      expect(desk.get('.list-section .count').textContent).to.equal('1');
      expect(desk.get('.list-section h2').innerText).to.contain('+ 1 with the assistant');
      expect(desk.get('#desk-heading').innerText).to.contain('Automatic assistant');
    });
  });
});
