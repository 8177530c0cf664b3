/** What is asked before a conversation: rich consent texts as they are shown and recorded, and a clinic that has changed what it asks. */
import { expect } from '@open-wc/testing';
import { CareError } from '../../src/base/care-error.js';
import { refuse } from '../../src/base/refuse.js';
import type { StartRequest } from '../../src/core/api.js';
import type { FormItem } from '../../src/core/snapshots.js';
import { createFormDraft } from '../../src/element/form-draft.js';
import type { CareChatConfig, ChatHost, StartOptions } from '../../src/element/host.js';
import type { ConsentText, Widget } from '../../src/protocol/types.js';
import { mountPanel, until, type PanelFixture } from '../support/browser/panel-fixture.js';
import { readySnapshot, stubConversation, stubWidget, visitorBy } from '../support/browser/stub-chat-session.js';
import { createMemoryFlags } from '../support/shared/memory-ports.js';
import { item, questionnaire } from '../support/shared/questionnaires.js';

const sha256 = async (text: string): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

const plain = 'We keep your chat for one year.';
const markup = '<p>We keep your chat for <strong>one year</strong>. <a href="https://clinic.example/privacy" onclick="steal()">More</a></p><script>steal()</script>';
const consent: ConsentText = { purpose: 'chat', version: '1', required: true, text: { en: plain } };
const richConsent: ConsentText = { ...consent, html: { en: markup } };
const form = (version: string, ...linkIds: string[]): Record<string, unknown> => questionnaire(linkIds.map((linkId) => item(linkId, 'string')), { version });

describe('before a conversation', () => {
  let panel: PanelFixture;
  afterEach(() => panel.remove());

  const open = async (change: Partial<Widget>, loadChunk?: ChatHost['loadChunk']): Promise<void> => {
    panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, ...change } }), loadChunk && { loadChunk });
    panel.button('Start chat').click();
    await panel.settle();
  };
  const starts = (): readonly StartRequest[] => panel.session.intents.filter(([name]) => name === 'start').map(([, request]) => request as StartRequest);
  const box = (): HTMLInputElement => panel.get<HTMLInputElement>('input[type="checkbox"]');
  const agree = async (): Promise<void> => {
    box().click();
    await panel.settle();
  };
  const press = async (name: string): Promise<void> => {
    panel.button(name).click();
    await panel.settle();
  };
  const field = (text: string): HTMLInputElement => {
    const label = panel.all('label').find((one) => one.textContent!.includes(text)) as HTMLLabelElement | undefined;
    if (!label) throw new Error(`no field "${text}"`);
    return panel.get<HTMLInputElement>(`#${label.htmlFor}`);
  };
  const answer = async (text: string, value: string): Promise<void> => {
    const input = field(text);
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await panel.settle();
  };
  const formShown = (text: string): Promise<void> => until(() => panel.all('label').some((one) => one.textContent!.includes(text)));

  it('tells the page once that questions could not be loaded, and again after another try', async () => {
    await open({ preChat: form('1', 'symptom') }, (name, load) => (name === 'form' ? Promise.reject(new CareError('chunk-failed')) : load()));
    await until(() => panel.text().includes('could not be loaded'));
    const failed = ['fail', 'chunk-failed'];
    const fails = () => panel.session.intents.filter(([name]) => name === 'fail');
    expect(fails()).to.deep.equal([failed]);
    await press('Try again');
    await until(() => fails().length === 2);
    expect(fails()).to.deep.equal([failed, failed]);
  });

  it('tells the page that questions cannot be shown', async () => {
    await open({ preChat: { resourceType: 'Questionnaire', status: 'active', item: [{ linkId: 'a', type: 'hologram', text: 'A' }] } });
    await until(() => panel.text().includes('The questions cannot be shown'));
    expect(panel.session.intents.filter(([name]) => name === 'fail')).to.deep.equal([['fail', 'form-unsupported']]);
  });

  describe('the questions', () => {
    const loading = async (preChat: Record<string, unknown>): Promise<readonly string[]> => {
      const loaded: string[] = [];
      await open({ preChat }, (name, load) => {
        loaded.push(name);
        return load();
      });
      await until(() => panel.root.querySelector('.form-fields') !== null);
      return loaded;
    };
    const inTurn = { extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-entryMode', valueCode: 'prior-edit' }] };

    it('load what is computed only where something is', async () => {
      expect(await loading(form('1', 'symptom'))).to.deep.equal(['start', 'form', 'form-page']);
      panel.remove();
      const computed = item('sum', 'integer', { extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression', valueExpression: { language: 'text/fhirpath', expression: '1 + 1' } }] });
      expect(await loading(questionnaire([computed]))).to.deep.equal(['start', 'form', 'expressions', 'form-page']);
      expect(field('Text of sum').value).to.equal('2');
    });

    it('come one by one where the author wants them so, with the clinic named and our button at the end', async () => {
      expect(await loading({ ...form('1', 'symptom', 'since'), ...inTurn })).to.deep.equal(['start', 'form', 'form-talk']);
      await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      expect(panel.all('label').length).to.equal(1);
      const names = (): readonly string[] => panel.all('.foot button').map(({ textContent }) => textContent!.trim());
      expect(names()).to.deep.equal(['Back']);
      await answer('Text of symptom', 'Cough');
      await press('Continue');
      await press('Skip');
      expect(panel.text()).to.include(`Your answers go to ${stubWidget.clinicName}.`);
      expect(names()).to.deep.equal(['Back', 'Start chat']);
      await press('Start chat');
      await until(() => starts().length > 0);
      expect(starts()[0]!.preChat!.answers).to.deep.equal([{ linkId: 'symptom', question: 'Text of symptom', answers: ['Cough'] }, { linkId: 'since', question: 'Text of since', answers: [] }]);
    });

    it('show their markup clean, by the rules of the consent texts', async () => {
      const rendering = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/rendering-xhtml', valueString: `<div>${markup}</div>` }] };
      await loading(questionnaire([item('note', 'display', { text: plain, _text: rendering })]));
      await until(() => panel.root.querySelector('.form-display strong') !== null);
      expect(panel.get('.form-display').textContent).to.equal('We keep your chat for one year. More');
      expect(panel.get('.form-display a').getAttributeNames().sort()).to.deep.equal(['href', 'rel', 'target']);
      expect(panel.root.querySelector('script')).to.be.null;
    });

    it('show pictures of the chat\'s own server, and ask nobody else for one', async () => {
      const picture = (url: string): Record<string, unknown> => ({ extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemMedia', valueAttachment: { contentType: 'image/png', url, title: `Picture of ${new URL(url).host}` } }] });
      await loading(questionnaire([item('own', 'display', picture(`https://chat.example/own.png`)), item('other', 'display', picture('https://elsewhere.example/other.png'))]));
      expect(panel.all('img').map((image) => image.getAttribute('src'))).to.deep.equal([`https://chat.example/own.png`]);
      expect(panel.text()).to.include('Picture of elsewhere.example');
    });

    it('show markdown as what it means, in a label too, and its plain text where the rules cannot be had', async () => {
      const rendering = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/rendering-markdown', valueMarkdown: 'Do you feel **very** tired? <img src=x onerror="globalThis.pwned=1">' }] };
      const form = questionnaire([item('tired', 'string', { text: 'Do you feel very tired?', _text: rendering })]);
      await loading(form);
      await until(() => panel.root.querySelector('.form-label strong') !== null);
      expect(panel.get('.form-label').textContent).to.equal('Do you feel very tired? ');
      expect(panel.get('.form-label strong').textContent).to.equal('very');
      expect(panel.all('.form-label img, .form-label p').length).to.equal(0);
      panel.remove();
      await open({ preChat: form }, (name, load) => (name === 'rich' ? Promise.reject(new CareError('chunk-failed')) : load()));
      await until(() => panel.root.querySelector('.form-label') !== null);
      expect(panel.get('.form-label').textContent).to.equal('Do you feel very tired?');
    });
  });

  describe('rich consent text', () => {
    it('is shown as clean markup, and its source is what the record\'s hash is of', async () => {
      await open({ consents: [richConsent] });
      await until(() => panel.root.querySelector('.consent-text strong') !== null);
      const shown = panel.get('.consent-text');
      expect(shown.textContent).to.equal('We keep your chat for one year. More');
      expect(shown.querySelector('script')).to.be.null;
      expect(shown.querySelector('a')!.getAttributeNames().sort()).to.deep.equal(['href', 'rel', 'target']);
      await agree();
      await press('Start chat');
      await until(() => starts().length > 0);
      expect(starts()[0]!.consents).to.deep.equal([{ purpose: 'chat', version: '1', granted: true, textHash: await sha256(markup), locale: 'en' }]);
    });

    it('stays plain where its rules cannot be loaded, and the record says so', async () => {
      await open({ consents: [richConsent] }, (name, load) => (name === 'rich' ? Promise.reject(new CareError('chunk-failed')) : load()));
      expect(panel.get('.consent-text').textContent).to.equal(plain);
      await agree();
      await press('Start chat');
      await until(() => starts().length > 0);
      expect(starts()[0]!.consents![0]!.textHash).to.equal(await sha256(plain));
    });

    it('loads no rules for a plain text', async () => {
      const loaded: string[] = [];
      await open({ consents: [consent] }, (name, load) => {
        loaded.push(name);
        return load();
      });
      expect(panel.get('.consent-text').textContent).to.equal(plain);
      expect(loaded).to.deep.equal(['start']);
    });

    it('passes an accessibility audit', async () => {
      await open({ consents: [richConsent] });
      await until(() => panel.root.querySelector('.consent-text strong') !== null);
      await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    });
  });

  describe('when the clinic asks something else by now', () => {
    it('shows the new questions with the earlier answers, as far as they fit', async () => {
      await open({ preChat: form('1', 'name', 'phone') });
      await formShown('name');
      await answer('name', 'Hanna Nowak');
      await answer('phone', '555 0100');
      panel.session.startRefused = { code: 'form-version', widget: { ...stubWidget, preChat: form('2', 'name', 'insurer') } };
      await press('Start chat');
      await formShown('insurer');
      expect(panel.text()).to.contain('The questions have changed');
      expect(field('name').value).to.equal('Hanna Nowak');
      expect(field('insurer').value).to.equal('');
      await answer('insurer', 'None');
      await press('Start chat');
      await until(() => starts().length === 2);
      const { preChat } = starts()[1]!;
      expect(preChat!.form.questionnaire).to.equal('https://clinic.example/forms/test|2');
      expect(JSON.stringify(preChat)).to.contain('Hanna Nowak').and.to.contain('None').and.not.to.contain('555 0100');
    });

    it('keeps the answers that were taken over for another visit of the page', async () => {
      await open({ preChat: form('1', 'name') });
      await formShown('name');
      await answer('name', 'Hanna Nowak');
      panel.session.startRefused = { code: 'form-version', widget: { ...stubWidget, preChat: form('2', 'name', 'insurer') } };
      await press('Start chat');
      await formShown('insurer');
      const { ports } = panel.session;
      expect(JSON.stringify(await createFormDraft(ports, 'main').read())).to.contain('Hanna Nowak').and.to.contain('|2');
      // Another tab of the same browser, perhaps another person: finds nothing.
      const otherTab = createMemoryFlags();
      expect(await createFormDraft({ ...ports, tabFlags: otherTab }, 'main').read()).to.equal(undefined);
    });

    it('asks for the new consent, unticked, before the new questions', async () => {
      await open({ consents: [consent], preChat: form('1', 'name') });
      await agree();
      await press('Continue');
      await formShown('name');
      await answer('name', 'Hanna Nowak');
      panel.session.startRefused = { code: 'form-version', widget: { ...stubWidget, consents: [{ ...consent, version: '2', text: { en: 'We keep it for two years.' } }], preChat: form('2', 'name', 'insurer') } };
      await press('Start chat');
      await until(() => panel.text().includes('We keep it for two years.'));
      expect(box().checked).to.be.false;
      await agree();
      await press('Continue');
      await formShown('insurer');
      expect(field('name').value).to.equal('Hanna Nowak');
      await press('Start chat');
      await until(() => starts().length === 2);
      expect(starts()[1]!.consents![0]).to.include({ version: '2', granted: true });
    });

    it('asks for the consent that is missing, and keeps the answers', async () => {
      await open({ preChat: form('1', 'name') });
      await formShown('name');
      await answer('name', 'Hanna Nowak');
      panel.session.startRefused = { code: 'consent-required', widget: { ...stubWidget, consents: [consent], preChat: form('1', 'name') } };
      await press('Start chat');
      await until(() => panel.text().includes(plain));
      expect(panel.text()).to.contain('Please agree to the terms first.');
      expect(box().checked).to.be.false;
      await agree();
      await press('Continue');
      await formShown('name');
      expect(field('name').value).to.equal('Hanna Nowak');
      await press('Start chat');
      await until(() => starts().length === 2);
      expect(starts()[1]!.consents![0]).to.include({ purpose: 'chat', granted: true });
    });

    it('starts without questions where there are none any more', async () => {
      await open({ preChat: form('1', 'name') });
      await formShown('name');
      panel.session.startRefused = { code: 'form-version', widget: stubWidget };
      await press('Start chat');
      await until(() => starts().length === 2);
      expect(starts()[1]!.preChat).to.equal(undefined);
    });
  });

  it('goes back to English in every word of an open form', async () => {
    await open({ preChat: questionnaire([item('ill', 'boolean', { required: true })]) });
    await until(() => panel.all('.form-fields').length > 0);
    const inEnglish = panel.get('.form-fields').textContent;
    await panel.setLang('ar');
    await until(() => /مطلوب/.test(panel.get('.form-fields').textContent!));
    await panel.setLang('en');
    await until(() => panel.get('.body').getAttribute('dir') === 'ltr');
    await panel.settle();
    expect(panel.get('.form-fields').textContent).to.equal(inEnglish);
  });

  describe('by department', () => {
    const departments = [{ id: 'nurses', name: { en: 'Nurses' } }, { id: 'billing', name: { en: 'Billing' }, preChat: form('b', 'invoice') }];

    it('asks what the one that was chosen asks', async () => {
      panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, departments, preChat: form('1', 'name') } }));
      await press('Start chat');
      await formShown('name');
      await answer('name', 'Hanna Nowak');
      await press('Back');
      panel.all('input[type="radio"]')[1]!.click();
      await panel.settle();
      await press('Start chat');
      await formShown('invoice');
      await answer('invoice', '1234');
      await press('Start chat');
      await until(() => starts().length === 1);
      expect(starts()[0]!.departmentId).to.equal('billing');
      expect(starts()[0]!.preChat!.form.questionnaire).to.equal('https://clinic.example/forms/test|b');
    });
  });

  describe('questions that may be left out', () => {
    it('start a chat without them, and only where the clinic allows it', async () => {
      await open({ preChat: form('1', 'name') });
      await formShown('name');
      expect(() => panel.button('Start without answering')).to.throw();
      panel.remove();
      await open({ preChat: form('1', 'name'), preChatSkippable: true });
      await formShown('name');
      await press('Start without answering');
      await until(() => starts().length === 1);
      expect(starts()[0]!.preChat).to.equal(undefined);
    });
  });

  describe('what the page knows already', () => {
    const refused = (): unknown[] => told;
    let told: unknown[] = [];
    const openWith = async (preChat: Record<string, unknown>, prefill: CareChatConfig['prefill']): Promise<void> => {
      panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, preChat } }), { config: { ...(prefill && { prefill }) } });
      told = [];
      panel.element.addEventListener('care-error', ({ code, linkId }) => told.push([code, linkId]));
      panel.button('Start chat').click();
      await panel.settle();
    };
    const hidden = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden', valueBoolean: true }] };

    it('is filled in, locked as text where it is to be, and what is not shown is said: all marked as the page\'s', async () => {
      await openWith(questionnaire([item('name', 'string'), item('member', 'string', { required: true }), item('site', 'string', hidden), item('why', 'string')]), {
        name: 'Ada', member: { value: '4711', locked: true }, site: 'north', other: 'x',
      });
      await formShown('Text of name');
      expect(field('Text of name').value).to.equal('Ada');
      expect(panel.all('label').some((one) => one.textContent!.includes('Text of member'))).to.equal(false);
      expect(panel.text()).to.include('Text of member: 4711');
      expect(panel.text()).to.include('Also sent with your answers').and.to.include('Text of site: north');
      await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      await answer('Text of why', 'A cough');
      await press('Start chat');
      await until(() => starts().length === 1);
      expect(starts()[0]!.preChat!.answers.map(({ linkId, answers, source }) => [linkId, answers[0], source])).to.deep.equal([
        ['name', 'Ada', 'page'], ['member', '4711', 'page'], ['site', 'north', 'page'], ['why', 'A cough', undefined],
      ]);
      expect(refused()).to.deep.equal([]);
    });

    it('is told by its question where it does not fit, and not used; the value itself is told to nobody', async () => {
      await openWith(questionnaire([item('born', 'date'), item('name', 'string')]), { born: 'in spring', name: 'Ada' });
      await formShown('Text of born');
      expect(refused()).to.deep.equal([['prefill-invalid', 'born']]);
      expect([field('Text of born').value, field('Text of name').value]).to.deep.equal(['', 'Ada']);
    });

    it('is told where it is no object at all, and the questions are asked all the same', async () => {
      await openWith(form('1', 'name'), 'Ada' as unknown as NonNullable<CareChatConfig['prefill']>);
      await formShown('Text of name');
      expect(refused()).to.deep.equal([['prefill-invalid', undefined]]);
    });

    it('may come with the call that starts the conversation, and stores nothing', async () => {
      panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, preChat: form('1', 'name') } }), { config: { prefill: { name: 'Eve' } } });
      await panel.session.start({ prefill: { name: 'Ada' } });
      await formShown('Text of name');
      expect(field('Text of name').value).to.equal('Ada');
      expect(await panel.session.ports.vault.entries('')).to.deep.equal([]);
    });
  });

  describe('a form that the page asks for', () => {
    const path = (id: string): string => `/forms/${id}?widget=main`;
    const begin = async (options: StartOptions, change: Partial<Widget> = {}): Promise<void> => {
      panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, preChat: form('1', 'name'), ...change } }));
      panel.session.answers.set(path('refill'), { questionnaire: questionnaire([item('medicine', 'string')], { url: 'urn:test:refill' }) });
      await panel.session.start(options);
    };
    const fails = () => panel.session.intents.filter(([name]) => name === 'fail').map(([, code]) => code);

    it('is asked in place of the clinic\'s own', async () => {
      await begin({ form: 'refill' });
      await formShown('Text of medicine');
      await answer('Text of medicine', 'Metoprolol');
      await press('Start chat');
      await until(() => starts().length === 1);
      expect(starts()[0]!.preChat!.form.questionnaire).to.equal('urn:test:refill|1');
      expect(fails()).to.deep.equal([]);
    });

    it('and that the clinic has renewed meanwhile is read again, with what was answered as far as it fits', async () => {
      await begin({ form: 'refill' }, { preChat: undefined });
      await formShown('Text of medicine');
      await answer('Text of medicine', 'Metoprolol');
      const refuse = async (): Promise<void> => {
        panel.session.startRefused = { code: 'form-version', widget: stubWidget };
        await press('Start chat');
        await until(() => panel.text().includes('The questions have changed. Please check your answers.'));
      };
      panel.session.answers.delete(path('refill'));
      await refuse();
      await formShown('Text of medicine');
      panel.session.answers.set(path('refill'), { questionnaire: questionnaire([item('medicine', 'string'), item('dose', 'string')], { url: 'urn:test:refill', version: '2' }) });
      await refuse();
      await formShown('Text of dose');
      await press('Start chat');
      await until(() => starts().length === 3);
      const { form: { questionnaire: asked }, answers } = starts()[2]!.preChat!;
      expect([asked, answers.map(({ answers: given }) => given)]).to.deep.equal(['urn:test:refill|2', [['Metoprolol'], []]]);
    });

    it('that cannot be had is told, and the clinic\'s own questions are asked', async () => {
      await begin({ form: 'refill-2' });
      panel.session.answers.delete(path('refill'));
      await formShown('Text of name');
      expect(fails()).to.deep.equal(['network']);
      panel.remove();
      panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, preChat: form('1', 'name') } }));
      panel.session.rest = () => Promise.resolve(refuse('not-found'));
      await panel.session.start({ form: 'unheard-of' });
      await formShown('Text of name');
      expect(fails()).to.deep.equal(['form-unknown']);
    });

    it('may be none where the clinic allows that; elsewhere it is told, and they are asked', async () => {
      await begin({ form: false }, { preChatSkippable: true });
      await until(() => starts().length === 1);
      expect(starts()[0]!.preChat).to.equal(undefined);
      panel.remove();
      await begin({ form: false });
      await formShown('Text of name');
      expect([starts(), fails()]).to.deep.equal([[], ['form-required']]);
    });
  });

  describe('a form that was answered before the chat that has ended', () => {
    const asked = (version: string): Record<string, unknown> => questionnaire([item('name', 'string', { required: true }), item('plan', 'string'), item('why', 'string')], { version });
    /** Answers the form, has the chat end, and begins another one from there. */
    const chatAgain = async (next: Record<string, unknown>, config: CareChatConfig = {}): Promise<void> => {
      panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, preChat: asked('1') } }), { config });
      panel.button('Start chat').click();
      await panel.settle();
      await formShown('Text of name');
      await answer('Text of name', 'Ada');
      await press('Start chat');
      await until(() => starts().length === 1);
      const before: FormItem = { type: 'form', key: 'f', seq: 2, at: 0, by: visitorBy, body: starts()[0]!.preChat! };
      await panel.set({ conversation: stubConversation([before], { status: 'closed' }), widget: { ...stubWidget, preChat: next } });
      await press('New chat');
      await panel.set({ conversation: null });
    };
    const start = async (): Promise<void> => {
      await press('Start chat');
      await until(() => panel.text().includes('Text of name'));
    };

    it('is not asked again: the answers are shown, can be changed, and are sent as they stand', async () => {
      await chatAgain(asked('1'), { prefill: { plan: 'gold' } });
      await start();
      expect(panel.text()).to.include('Please check that everything is still right').and.to.include('Ada').and.not.to.include('Text of why');
      expect(panel.all('.form-input')).to.deep.equal([]);
      await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      expect(await panel.session.ports.vault.entries('form-draft'), 'nothing is stored before something is changed').to.deep.equal([]);
      await press('Start chat');
      await until(() => starts().length === 2);
      expect(starts()[1]!.preChat!.answers.map(({ linkId, answers, source }) => [linkId, answers, source])).to.deep.equal([['name', ['Ada'], undefined], ['plan', ['gold'], 'page'], ['why', [], undefined]]);
    });

    it('can be changed before it is sent', async () => {
      await chatAgain(asked('1'));
      await start();
      await press('Change answers');
      expect(field('Text of name').value).to.equal('Ada');
      await answer('Text of name', 'Eve');
      await press('Start chat');
      await until(() => starts().length === 2);
      expect(starts()[1]!.preChat!.answers[0]!.answers).to.deep.equal(['Eve']);
    });

    it('is asked anew in another version, and half an hour later', async () => {
      await chatAgain(asked('2'));
      await start();
      expect(field('Text of name').value).to.equal('');
      panel.remove();
      await chatAgain(asked('1'));
      await panel.session.clock.advance(30 * 60_000);
      await start();
      expect(field('Text of name').value).to.equal('');
    });
  });

  it('begins by itself where a conversation was wanted before its views had loaded', async () => {
    panel = await mountPanel(readySnapshot({ phase: 'loading', widget: null }));
    await panel.session.start();
    await panel.set({ phase: 'ready', widget: { ...stubWidget, consents: [consent] } });
    await until(() => panel.text().includes(plain));
    expect(panel.session.wanted.value).to.be.null;
  });
});
