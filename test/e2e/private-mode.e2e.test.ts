/**
 * Private mode (incognito, private windows), a part of case 82 of the fault model. Where it has a store, as in the browsers of today, a chat goes on from page to page
 * and nothing of it is there for the next person; where it refuses one, as older ones do, the chat works from memory and the patient is told.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { panelEn } from '../../src/i18n/panel/en.js';
import type { Nurse } from './people.js';
import { useStage } from './stage.js';

/** How private modes have refused a store: Firefox before 115 the database, later ones and early Safari the key or any write. */
const refusals: readonly { readonly name: string; readonly title: string; readonly script: string }[] = [
  {
    name: 'private-open',
    title: '82: private mode that opens no database: works from memory, and says that nothing is kept',
    script: `IDBFactory.prototype.open = () => {
      const request = Object.assign(new EventTarget(), { error: new DOMException('A mutation operation was attempted on a database that did not allow mutations.', 'InvalidStateError') });
      setTimeout(() => { const event = new Event('error'); request.onerror?.(event); request.dispatchEvent(event); });
      return request;
    };`,
  },
  {
    name: 'private-key',
    title: '82: private mode that stores no key: works from memory, and says that nothing is kept',
    script: `{ const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        if (value instanceof CryptoKey) throw new DOMException('The object could not be cloned.', 'DataCloneError');
        return put.call(this, value, key);
      }; }`,
  },
];

describe('private mode', () => {
  const stage = useStage({ isPrivate: true });
  let nurse: Nurse;

  it('82: private mode with a store: a chat goes on from page to page and in another tab, and the next private window knows nothing of it', stage.step(async () => {
    nurse = await stage.nurse();
    await nurse.signIn();
    const patient = await stage.patient();
    await patient.visit('/');
    await patient.startChat('Private Pia');
    await nurse.accept();
    await patient.say('Nobody at home may see this.');
    await patient.visit('/billing/');
    await patient.openPanel();
    await patient.seesExactly(['Nobody at home may see this.']);
    assert.ok(!(await patient.shownAndHidden()).includes(panelEn.notDurable));
    const other = await stage.tab(patient);
    await other.visit('/');
    await other.openPanel();
    await other.say('Nor this.');
    await patient.seesExactly(['Nobody at home may see this.', 'Nor this.']);
    await nurse.seesExactly(['Nobody at home may see this.', 'Nor this.']);
    await stage.closeTab(other);
    await stage.leave(patient);
    const next = await stage.patient();
    await next.visit('/');
    assert.deepEqual(await next.stored(), { local: [], session: [], cookie: '', databases: [] });
    await next.openChat();
    assert.ok(!(await next.shownAndHidden()).includes('Nobody at home'));
    await stage.leave(next);
  }));

  for (const { name, title, script } of refusals) {
    it(title, stage.step(async () => {
      stage.addPage(name, script);
      const patient = await stage.patient();
      await patient.visit(`/${name}/`);
      await patient.startChat(`Patient ${name}`);
      await nurse.accept();
      await patient.say('Written all the same.');
      await patient.page.css('[part~=notice]').waitForText(panelEn.notDurable);
      await nurse.reply('And answered.');
      await patient.seesExactly(['Written all the same.', 'And answered.']);
      await stage.leave(patient);
    }));
  }

  it('breaks no policy, logs no error', stage.step(() => stage.quiet()));
});
