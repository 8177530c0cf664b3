/** The layers gate catches what it is there to catch: each test plants one violation in a small tree of its own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, it } from 'node:test';

const folders: string[] = [];

const runGate = (files: Readonly<Record<string, string>>): { code: number | null; output: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-layers-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/gates/layers.mjs', '--root', folder], { encoding: 'utf8' });
  return { code: status, output: `${stdout}${stderr}` };
};

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the layers gate', () => {
  it('lets an import through that goes down', () => {
    const { code, output } = runGate({
      'src/base/ids.ts': 'export const id = 1;\n',
      'src/core/session.ts': "import { id } from '../base/ids.js';\nexport const session = id;\n",
    });
    assert.equal(code, 0, output);
    assert.match(output, /2 modules read, no violation/);
  });

  it('refuses a type import that goes up', () => {
    const { code, output } = runGate({
      'src/base/ids.ts': "import type { View } from '../ui/view.js';\nexport const id: View = 1;\n",
      'src/ui/view.ts': 'export type View = number;\n',
    });
    assert.equal(code, 1, output);
    assert.match(output, /src\/base\/ids\.ts → src\/ui\/view\.ts: the room base may not import ui/);
  });

  it('refuses a cycle that only type imports make', () => {
    const { code, output } = runGate({
      'src/base/one.ts': "import type { Two } from './two.js';\nexport type One = Two | 1;\n",
      'src/base/two.ts': "import type { One } from './one.js';\nexport type Two = One | 2;\n",
    });
    assert.equal(code, 1, output);
    assert.match(output, /a cycle: src\/base\/one\.ts → src\/base\/two\.ts/);
  });

  it('refuses a package away from its door', () => {
    const { code, output } = runGate({ 'src/core/store.ts': "import { get } from 'idb-keyval';\nexport const read = get;\n" });
    assert.equal(code, 1, output);
    assert.match(output, /imports the package idb-keyval; its only door is src\/privacy\/vault/);
  });

  it('refuses a Node module in a room that runs in the browser', () => {
    const { code, output } = runGate({ 'src/core/store.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n" });
    assert.equal(code, 1, output);
    assert.match(output, /imports (node:)?fs/);
  });

  it('refuses a file that is in no room', () => {
    const { code, output } = runGate({ 'src/utils/misc.ts': 'export const misc = 1;\n' });
    assert.equal(code, 1, output);
    assert.match(output, /src\/utils\/misc\.ts is in no room/);
  });

  it('refuses to load the conversation with the tag, and lets it come by import()', () => {
    const panel = { 'src/element/panel.ts': "import { view } from '../core/view.js';\nexport const panel = view;\n", 'src/core/view.ts': 'export const view = 1;\n' };
    const eager = runGate({
      ...panel,
      'src/define.ts': "import { tag } from './element/care-chat.js';\nexport const define = tag;\n",
      'src/element/care-chat.ts': "import { panel } from './panel.js';\nexport const tag = panel;\n",
    });
    assert.equal(eager.code, 1, eager.output);
    assert.match(eager.output, /src\/define\.ts loads src\/core\/view\.ts at once/);
    const lazy = runGate({
      ...panel,
      'src/define.ts': "import { tag } from './element/care-chat.js';\nexport const define = tag;\n",
      'src/element/care-chat.ts': "export const tag = () => import('./panel.js');\n",
    });
    assert.equal(lazy.code, 0, lazy.output);
  });

  it('fails when there is a file that it did not read', () => {
    const { code, output } = runGate({ 'src/base/ids.ts': 'export const id = 1;\n', 'src/base/odd.ctsx': 'x', 'src/base/odd.ts/inner.txt': '' , 'src/base/broken.cts': 'export = {;' });
    assert.equal(code, 1, output);
    assert.match(output, /was not read by dependency-cruiser|read \d+ modules, but there are \d+ files/);
  });
});
