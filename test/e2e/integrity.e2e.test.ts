/** Journey 10: the hashes the build wrote are those of the files that are served, every page carries them, and a browser refuses anything else. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { useStage } from './stage.js';

const digest = (algorithm: 'sha256' | 'sha384', bytes: Uint8Array): string => `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;

describe('the integrity of what is delivered', () => {
  const stage = useStage();
  const released = (): { version: string; folder: string } => {
    const [version, ...more] = readdirSync(join(stage.server.folder, 'dist/cdn'));
    assert.ok(version !== undefined && more.length === 0, 'one version is released');
    return { version, folder: join(stage.server.folder, 'dist/cdn', version) };
  };
  const served = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(`${stage.server.url}${path}`)).arrayBuffer());

  it('is that of both tags, as printed by the build', stage.step(async () => {
    const { version, folder } = released();
    const printed = JSON.parse(readFileSync(join(folder, 'integrity.json'), 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(printed).sort(), ['care-chat.js', 'care-desk.js']);
    for (const [file, hash] of Object.entries(printed)) assert.equal(digest('sha384', await served(`/care-chat/${version}/${file}`)), hash, file);
  }));

  it('is that of every lazy chunk, as carried by what loads it', stage.step(async () => {
    const { version, folder } = released();
    const scripts = readdirSync(folder).filter((file) => file.endsWith('.js'));
    const carried = new Map<string, string>();
    for (const script of scripts) {
      for (const [, file, hash] of readFileSync(join(folder, script), 'utf8').matchAll(/\["([^"]+\.js)","(sha256-[^"]+)"\]/g)) carried.set(file ?? '', hash ?? '');
    }
    const chunks = scripts.filter((file) => file !== 'care-chat.js' && file !== 'care-desk.js').sort();
    assert.deepEqual([...carried.keys()].sort(), chunks, 'every chunk has a hash somewhere');
    for (const [file, hash] of carried) assert.equal(digest('sha256', await served(`/care-chat/${version}/${file}`)), hash, file);
  }));

  it('stands in the script tag of every page', stage.step(async () => {
    const { version, folder } = released();
    const printed = JSON.parse(readFileSync(join(folder, 'integrity.json'), 'utf8')) as Record<string, string>;
    for (const path of ['/', '/find-a-doctor/', '/appointments/', '/refill/', '/billing/', '/contact/', '/desk']) {
      const html = await (await fetch(`${stage.server.url}${path}`)).text();
      const tags = [...html.matchAll(/<script[^>]*src="([^"]*\/care-chat\/[^"]*)"[^>]*>/g)];
      assert.equal(tags.length, 1, path);
      const [tag, address] = tags[0] ?? ['', ''];
      const file = path === '/desk' ? 'care-desk.js' : 'care-chat.js';
      assert.equal(address, `/care-chat/${version}/${file}`, path);
      assert.ok(tag.includes(`integrity="${printed[file] ?? '?'}"`), `${path}: ${tag}`);
    }
  }));

  it('keeps a changed script from running; the page\'s own words stay', stage.step(async () => {
    const patient = await stage.patient();
    const path = join(released().folder, 'care-chat.js');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, `${whole}\n`);
    await patient.page.goto(patient.at('/'));
    await patient.page.css('care-chat').waitForText('You can always call us');
    assert.equal(await patient.run(() => customElements.get('care-chat') === undefined), true);
    await stage.problems();
    writeFileSync(path, whole);
    await patient.visit('/');
  }));

  it('breaks no policy, logs no error, asks no other origin', stage.step(() => stage.quiet()));
});
