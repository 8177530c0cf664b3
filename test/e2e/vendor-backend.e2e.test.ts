/** The second backend, in Python (demo/vendor-backend), behind an unchanged `<care-chat>`: somebody answers, the process is killed, nothing is lost. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { poll } from '../support/node/driver.js';
import { openVendorBackend, requirePython, type VendorBackend } from '../support/node/vendor-backend.js';
import { reconnectTimeoutMs, type Patient } from './people.js';
import { allowOtherPort, rewritePages, useStage } from './stage.js';

const python = await requirePython();

describe('a backend in another language', { skip: python === undefined ? 'no Python with websockets' : false }, () => {
  const stage = useStage({ configure: allowOtherPort });
  let backend: VendorBackend;
  let patient: Patient;
  const early = ['Hello, is somebody there?', 'Good morning. How can I help?'];
  const meanwhile = ['I feel dizzy.', 'Since Monday.', 'And I am thirsty.'];

  before(async () => {
    // The clinic's pages are the site's; the chat is the other server's.
    backend = await openVendorBackend({ python: python!, origins: [stage.server.url] });
    rewritePages(stage.server, (html) => html.replace('<care-chat ', `<care-chat server="${backend.url}" `));
  });
  after(() => backend?.dispose());

  it('talks', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit('/appointments/');
    // Its widget asks nothing: the first message opens the conversation.
    await patient.page.role('button', 'Open chat').click();
    await patient.field.waitFor();
    await patient.say(early[0] ?? '');
    await backend.says(/^c_\S+ {2}Hello, is somebody there\?$/m);
    backend.type(early[1] ?? '');
    await patient.sees(early[1] ?? '');
    await patient.sees('Ana');
    await patient.seesState('Read');
  }));

  it('shows the same after a reload', stage.step(async () => {
    await patient.page.reload();
    await patient.openPanel();
    await patient.seesExactly(early);
  }));

  it('delivers what was written while it was killed, once and in order', stage.step(async () => {
    await backend.kill();
    for (const text of meanwhile) {
      const before = await patient.sealedBytes('outbox/');
      await patient.say(text);
      // The vault takes some milliseconds, and only what it has outlives a page that is left in the same moment.
      await poll(async () => (await patient.sealedBytes('outbox/')) > before || undefined, () => `"${text}" was not kept`);
    }
    await patient.page.reload();
    await patient.openPanel();
    await patient.seesState(/^(Waiting to send|Sending…)$/);
    await backend.start();
    await backend.says(/And I am thirsty\./);
    backend.type('Please drink a glass of water.');
    await patient.sees('Please drink a glass of water.', reconnectTimeoutMs);
    await patient.seesExactly([...early, ...meanwhile, 'Please drink a glass of water.']);
    await patient.seesNoMore('notice');
    for (const text of meanwhile) assert.equal(backend.output().split(`  ${text}\n`).length, 2, `"${text}" came once to whoever answers`);
  }));

  it('ends the conversation when staff does', stage.step(async () => {
    backend.type('/close');
    await patient.field.waitForNone();
  }));

  it('breaks no policy, logs no error, asks no origin but the chat\'s', stage.step(() => stage.quiet([new RegExp(`^foreign-request: (http|ws)://localhost:${backend.port}/`)])));
});
