/** Journey 3: before a visitor wants to talk nothing is stored and nothing is asked for but the page and one script; after `logout()` it is so again. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Patient } from './people.js';
import { useStage } from './stage.js';

const paths = ['/', '/find-a-doctor/', '/appointments/', '/refill/', '/billing/', '/contact/'];
const nothing = { local: [], session: [], cookie: '', databases: [] };

describe('a visitor who does not talk', () => {
  const stage = useStage();
  let patient: Patient;
  const chatRequests = async (): Promise<string[]> => (await patient.page.requests()).filter((address) => !/\/(assets\/|probe\.js|recorder\.js)/.test(address)).map((address) => new URL(address).pathname.replace(/\d+\.\d+\.\d+/, 'V'));

  it('is on every page without a trace', stage.step(async () => {
    patient = await stage.patient();
    for (const path of paths) {
      await patient.visit(path);
      // Idle time has passed: what a script does later by itself would have begun.
      await patient.page.waitFor(() => new Promise<boolean>((resolve) => (typeof requestIdleCallback === 'function' ? requestIdleCallback(() => resolve(true)) : setTimeout(() => resolve(true), 300))));
      assert.deepEqual(await chatRequests(), ['/care-chat/V/care-chat.js'], path);
      assert.deepEqual(await patient.stored(), nothing, path);
    }
  }));

  it('who only looks into the panel leaves nothing either', stage.step(async () => {
    await patient.openChat();
    await patient.closePanel();
    assert.deepEqual(await patient.stored(), nothing);
    await patient.visit('/');
    assert.deepEqual(await patient.stored(), nothing, 'on the next page');
    assert.deepEqual(await chatRequests(), ['/care-chat/V/care-chat.js']);
  }));

  it('is remembered while a conversation lives', stage.step(async () => {
    await patient.startChat('Ida Berg');
    await patient.say('A question about my appointment.');
    await patient.seesState('Sent');
    const stored = await patient.stored();
    assert.ok(stored.databases.length > 0 || stored.local.length > 0, JSON.stringify(stored));
    const clear = await patient.run(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    assert.ok(!/appointment|Ida|token|eyJ/i.test(clear), clear);
  }));

  it('is wiped from this browser by logout()', stage.step(async () => {
    await patient.run(() => (document.querySelector('care-chat') as unknown as { logout(): Promise<void> }).logout());
    const left = await patient.stored();
    assert.deepEqual({ ...left, databases: [] }, nothing);
    const content = await patient.run(async () => {
      const found: string[] = [];
      const databases = typeof indexedDB.databases === 'function' ? await indexedDB.databases() : [];
      for (const { name } of databases) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name ?? '');
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error('cannot be opened'));
        });
        for (const store of database.objectStoreNames) {
          const keys = await new Promise<IDBValidKey[]>((resolve) => {
            const request = database.transaction(store).objectStore(store).getAllKeys();
            request.onsuccess = () => resolve(request.result);
          });
          found.push(...keys.map((key) => `${name} ${store} ${String(key)}`));
        }
        database.close();
      }
      return found;
    });
    assert.deepEqual(content, []);
    await patient.page.role('button', 'Start chat').waitFor();
  }));

  it('is a stranger on the next page', stage.step(async () => {
    await patient.visit('/billing/');
    assert.deepEqual(await chatRequests(), ['/care-chat/V/care-chat.js']);
    await patient.openChat();
    assert.ok(!(await patient.shownAndHidden()).includes('A question about my appointment.'));
  }));

  it('breaks no policy, logs no error, asks no other origin', stage.step(() => stage.quiet()));
});
