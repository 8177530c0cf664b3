/** Journey 7: what web developers do to the element: two of them, taken out and put back, client-side navigation, two versions of the bundle. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

/** A second widget, which asks nothing first: no consent, no questions, one department. */
const configure = (config: Record<string, unknown>): void => {
  const widgets = config['widgets'] as Record<string, unknown>[];
  widgets.push({ id: 'quick', origins: ['http://localhost:*'], departments: ['nurse'], languages: ['en'], emergency: [{ kind: 'emergency', number: '112' }], privacyUrl: '/contact/#privacy' });
};

describe('on pages of all kinds', () => {
  const stage = useStage({ configure });
  let patient: Patient;
  let nurse: Nurse;

  /** A page of the site with something else in place of its element. */
  const addPage = (name: string, change: (html: string) => string): void => {
    const site = join(stage.server.folder, 'dist/demo');
    const html = readFileSync(join(site, 'contact/index.html'), 'utf8');
    mkdirSync(join(site, name), { recursive: true });
    writeFileSync(join(site, name, 'index.html'), change(html));
  };
  const replaceElement = (by: string) => (html: string): string => html.replace(/<care-chat[^]*<\/care-chat>/, by);

  it('two elements of one widget show one conversation', stage.step(async () => {
    addPage('two', replaceElement('<care-chat id="first" country="US"></care-chat><care-chat id="second" country="US" without-launcher></care-chat>'));
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/two/'), nurse.signIn()]);
    await patient.startChat('Jonas Vik');
    await nurse.accept();
    await patient.say('Written in the first.');
    await nurse.sees('Written in the first.');
    await patient.closePanel();
    await patient.run(() => (document.querySelector('#second') as HTMLElement & { open(): void }).open());
    await patient.sees('Written in the first.');
    await patient.say('Written in the second.');
    await nurse.reply('Both are here.');
    await patient.sees('Both are here.');
    await nurse.seesExactly(['Written in the first.', 'Written in the second.', 'Both are here.']);
  }));

  it('an element that is taken out and put back elsewhere goes on', stage.step(async () => {
    await patient.run(() => {
      const element = document.querySelector('#second');
      element?.remove();
      document.querySelector('#first')?.remove();
      document.querySelector('main')?.append(element ?? '');
    });
    await patient.sees('Both are here.');
    await patient.say('After the move.');
    await nurse.sees('After the move.');
    await patient.run(async () => {
      const element = document.querySelector('#second');
      element?.remove();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      document.body.append(element ?? '');
    });
    await patient.sees('After the move.');
    await nurse.reply('Welcome back.');
    await patient.sees('Welcome back.');
    await patient.seesExactly(['Written in the first.', 'Written in the second.', 'Both are here.', 'After the move.', 'Welcome back.']);
  }));

  it('client-side navigation keeps the chat, and staff see the page\'s name', stage.step(async () => {
    await patient.run(() => {
      history.pushState({}, '', '/two/results');
      (document.querySelector('care-chat') as HTMLElement & { pageChanged(name: string): void }).pageChanged('Lab results');
    });
    await nurse.seesPart('visitor-card', 'Lab results');
    await patient.say('I see my results.');
    await nurse.sees('I see my results.');
    await patient.run(() => (globalThis as unknown as { careChat: { push(call: unknown): void } }).careChat.push(['pageChanged', 'Invoices']));
    await nurse.seesPart('visitor-card', 'Invoices');
  }));

  it('calls and properties from before the script came are replayed in order', stage.step(async () => {
    addPage('early', (html) =>
      replaceElement('<care-chat country="US"></care-chat>')(html).replace('<head>', '<head>\n    <script src="/early.js"></script>').replace('</body>', '<script src="/early-element.js"></script></body>'),
    );
    const site = join(stage.server.folder, 'dist/demo');
    writeFileSync(join(site, 'early.js'), `globalThis.heard = []; (globalThis.careChat ??= []).push(['open'], ['close'], ['pageChanged', 'Early'], ['open']);
      for (const name of ['care-ready', 'care-opened', 'care-closed']) addEventListener(name, (event) => heard.push(event.type));`);
    writeFileSync(join(site, 'early-element.js'), 'document.querySelector("care-chat").config = { launcherLabel: "Ask us" };');
    await patient.visit('/early/');
    await patient.page.css('[part~=panel]').waitFor();
    await patient.page.css('[part~=launcher-label]').includingHidden().waitFor((match) => match.text === 'Ask us' || !match.isVisible);
    await nurse.seesPart('visitor-card', 'Early');
    const heard = await patient.run(() => (globalThis as unknown as { heard: string[] }).heard);
    assert.deepEqual(heard, ['care-ready', 'care-opened', 'care-closed', 'care-opened']);
  }));

  it('another widget has a conversation of its own, with its own emergency number, and asks nothing first', stage.step(async () => {
    addPage('quick', replaceElement('<care-chat widget="quick" country="DE" page-name="Quick"></care-chat>'));
    await patient.visit('/quick/');
    await patient.page.role('button', 'Open chat').click();
    await patient.seesPart('emergency', '112');
    await patient.field.waitFor();
    await patient.say('Just a short question.');
    await nurse.waiting.waitForText('Just a short question.');
    await patient.seesExactly(['Just a short question.']);
  }));

  it('two versions of the bundle on one page: one of them serves, none complains', stage.step(async () => {
    const cdn = join(stage.server.folder, 'dist/cdn');
    const [version = ''] = readdirSync(cdn);
    cpSync(join(cdn, version), join(cdn, '9.9.9'), { recursive: true });
    addPage('versions', (html) => html.replace('</head>', `${/<script[^>]*care-chat\.js[^>]*><\/script>/.exec(html)?.[0].replace(version, '9.9.9') ?? ''}</head>`));
    await patient.visit('/versions/');
    // Scripts of the chat's parts come and go beside them while they load.
    const scripts = await patient.run(() => [...document.querySelectorAll('script[src$="/care-chat.js"]')].map((one) => one.getAttribute('src') ?? ''));
    assert.equal(scripts.length, 2);
    await patient.openPanel();
    await patient.sees('I see my results.');
    await patient.say('Written under two versions.');
    await nurse.sees('Written under two versions.');
  }));

  it('breaks no policy, logs no error, asks no other origin', stage.step(() => stage.quiet()));
});
