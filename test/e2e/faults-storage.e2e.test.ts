/** Cases 82, 83, 84 and 86 of the fault model: what the browser keeps cannot be had, or is taken away. The patient is told, and the chat goes on. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import { addressOf, asking, setFault, startNetwork } from './network.js';
import { reconnectTimeoutMs, type Nurse, type Patient } from './people.js';
import { allowOtherPort, useStage } from './stage.js';

const notKept = 'This browser cannot keep this chat';
const refusal = "new DOMException('refused', 'SecurityError')";
const full = "new DOMException('full', 'QuotaExceededError')";

/** Faults that a page has from its first script on. `isTold`: nothing that is typed would outlive the page. */
const faults: readonly { readonly name: string; readonly title: string; readonly script: string; readonly isTold: boolean }[] = [
  { name: 'idb-missing', title: '82: no IndexedDB', isTold: true, script: "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });" },
  { name: 'idb-throws', title: '82: an IndexedDB whose open throws', isTold: true, script: `IDBFactory.prototype.open = () => { throw ${refusal}; };` },
  { name: 'idb-silent', title: '82: an IndexedDB whose open never answers', isTold: true, script: 'IDBFactory.prototype.open = () => new EventTarget();' },
  { name: 'idb-full', title: '82: a quota that is exceeded at each write', isTold: true, script: `IDBObjectStore.prototype.put = () => { throw ${full}; };` },
  { name: 'local-refused', title: '83: a localStorage that may not be touched', isTold: false, script: `Object.defineProperty(globalThis, 'localStorage', { get() { throw ${refusal}; } });` },
  { name: 'local-full', title: '83: a localStorage that is full', isTold: false, script: `{ const { setItem } = Storage.prototype; Storage.prototype.setItem = function (...entry) { if (this === localStorage) throw ${full}; setItem.apply(this, entry); }; }` },
  { name: 'both-full', title: '83: storages that are full', isTold: false, script: `Storage.prototype.setItem = () => { throw ${full}; };` },
];

describe('storage that fails', () => {
  const stage = useStage({ configure: allowOtherPort });
  let proxy: FaultProxy;
  let patient: Patient;
  let nurse: Nurse;
  before(async () => {
    proxy = await startNetwork(stage.server);
  });
  after(() => proxy?.close());
  const meet = async (path: string, name: string): Promise<void> => {
    patient = await stage.patient();
    await patient.visit(path);
    await patient.startChat(name);
    await nurse.accept();
    await nurse.page.role('heading', new RegExp(name)).waitFor();
  };

  /** What is not told to be lost is there on the next page, what waits to be sent with it; where no flag is kept, once the chat is opened. */
  const goesOnOnTheNextPage = async (name: string): Promise<void> => {
    setFault(proxy, 'cut');
    await patient.say('Kept until then.');
    await patient.seesState('Waiting to send', reconnectTimeoutMs);
    await patient.visit(`/${name}/`);
    if (name === 'both-full') await patient.openPanel();
    await patient.sees('Kept until then.');
    await patient.seesState('Waiting to send', reconnectTimeoutMs);
    setFault(proxy, 'none');
    await patient.seesExactly(['Written all the same.', 'And answered.', 'Kept until then.']);
    await nurse.sees('Kept until then.', reconnectTimeoutMs);
    await nurse.seesExactly(['Written all the same.', 'And answered.', 'Kept until then.']);
    await patient.seesState(/Delivered|Read/, reconnectTimeoutMs);
  };

  it('has a nurse', stage.step(async () => {
    nurse = await stage.nurse();
    await nurse.signIn();
  }));

  for (const { name, title, script, isTold } of faults) {
    it(title, stage.step(async () => {
      stage.addPage(name, script, (html) => html.replace('<care-chat ', `<care-chat server="${addressOf(proxy)}" `));
      await meet(`/${name}/`, `Patient ${name}`);
      await patient.say('Written all the same.');
      await nurse.seesExactly(['Written all the same.']);
      await patient.seesState(/Delivered|Read/);
      if (isTold) await patient.page.css('[part~=notice]').waitForText(notKept);
      await nurse.reply('And answered.');
      await patient.seesExactly(['Written all the same.', 'And answered.']);
      if (!isTold) await goesOnOnTheNextPage(name);
      await stage.leave(patient);
    }));
  }

  it('82: the database is deleted under us, then another tab wants a newer version of it: every message goes out, once', stage.step(async () => {
    await meet('/', 'Patient deleted');
    await patient.say('Before.');
    await nurse.seesExactly(['Before.']);
    const other = await stage.tab(patient);
    await other.page.goto(other.at('/404.html'));
    const all = `async (act) => {
      const names = indexedDB.databases ? (await indexedDB.databases()).map(({ name }) => name) : ['care-chat:' + location.origin + '|main'];
      await Promise.all(names.map((name) => new Promise((done) => {
        const request = act === 'delete' ? indexedDB.deleteDatabase(name) : indexedDB.open(name, 99);
        request.onsuccess = request.onerror = request.onblocked = done;
        // It may have to wait behind an earlier one that is still blocked.
        setTimeout(done, 1000);
      })));
    }`;
    await other.page.raw.run(all, ['delete']);
    await patient.say('After it was deleted.');
    await nurse.sees('After it was deleted.');
    await other.page.raw.run(all, ['upgrade']);
    await patient.say('After the upgrade.');
    await nurse.seesExactly(['Before.', 'After it was deleted.', 'After the upgrade.']);
    await nurse.reply('All here.');
    await patient.sees('All here.');
    await stage.closeTab(other);
    await stage.leave(patient);
  }));

  it('84: everything is evicted: the page says nothing wrong, and on the next page there is a stranger', stage.step(async () => {
    await meet('/', 'Patient evicted');
    await patient.say('Soon forgotten here.');
    await nurse.sees('Soon forgotten here.');
    await patient.run(async () => {
      localStorage.clear();
      sessionStorage.clear();
      for (const { name } of (await indexedDB.databases?.()) ?? []) if (name !== undefined) indexedDB.deleteDatabase(name);
    });
    await patient.say('Still the same page.');
    await nurse.seesExactly(['Soon forgotten here.', 'Still the same page.']);
    await patient.run(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await patient.visit('/billing/');
    await patient.openChat();
    assert.ok(!(await patient.shownAndHidden()).includes('Soon forgotten here.'));
    await stage.leave(patient);
  }));

  it('breaks no policy, logs no error', stage.step(() => stage.quiet([asking(proxy)])));
});

describe('86: a page in a sandbox, without an origin or any storage', () => {
  const stage = useStage({
    configure(config) {
      for (const mount of config['static'] as { csp?: string }[]) if (mount.csp !== undefined) mount.csp = mount.csp.replace(/$/, '; sandbox allow-scripts');
    },
  });

  it('says that the chat cannot be used there, keeps the emergency line and shows the other ways', stage.step(async () => {
    const patient = await stage.patient();
    await patient.page.goto(patient.at('/'));
    await patient.run(() => void (document.querySelector('care-chat') as HTMLElement & { open?(): void }).open?.());
    await patient.page.css('care-chat p').waitForText('You can always call us');
  }));
});
