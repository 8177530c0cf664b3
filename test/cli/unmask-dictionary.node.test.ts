/** `care-chat unmask-dictionary`, as a clinic's build calls it. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashText } from '../../src/base/text-hash.js';
import { checkConfig } from '../../src/cobrowse/record/config.js';
import { prepareCli, type CliCall } from '../support/node/cli-calls.js';

const { folder, file, call } = prepareCli('unmask-dictionary');
let sites = 0;
const html = (body: string): string => `<!doctype html><html><head><title>Title</title></head><body>${body}</body></html>`;

/** A site with these pages. */
function site(pages: Readonly<Record<string, string>>): string {
  const name = `site-${++sites}`;
  for (const [path, body] of Object.entries(pages)) {
    mkdirSync(join(folder, name, path, '..'), { recursive: true });
    file(join(name, path), path.endsWith('.html') ? html(body) : body);
  }
  return join(folder, name);
}
const listed = ({ out }: CliCall): readonly string[] => (JSON.parse(out) as { readonly dictionary: readonly string[] }).dictionary;
const named = (...texts: readonly string[]): readonly string[] => texts.map(hashText).sort();

test('lists each text inside a mark once, as the gate asks for it, in the form that a configuration takes', async () => {
  const place = site({
    'index.html': '<main data-care-unmask><h1>Refill\n  request</h1><p>Take it <b>daily</b>.</p><p>a &amp; b</p></main><p>Not marked</p>',
    'more/deep.html': '<h1 data-care-unmask="true">Refill request</h1><x-card data-care-unmask>In a card</x-card>',
    'notes.txt': '<p data-care-unmask>No page</p>',
  });
  const answer = await call(place);
  assert.deepEqual([answer.code, answer.error], [0, '']);
  assert.deepEqual(listed(answer), named('Refill request', 'Take it', 'daily', '.', 'a & b', 'In a card'));
  const { isKnown } = checkConfig(JSON.parse(answer.out) as object);
  assert.deepEqual(['Refill request', 'Welcome, Ada'].map(isKnown), [true, false]);
});

test('reads no script, comment, attribute, field, mask or block', async () => {
  const place = site({
    'index.html': `<div data-care-unmask title="a" aria-label="a"><p>Shown</p><!-- hidden --><script>'hidden'</script><style>hidden{}</style><template>hidden</template><noscript>hidden</noscript>
      <input value="hidden" placeholder="hidden"><textarea>hidden</textarea><select><option>hidden</option></select><output>hidden</output><svg><text>hidden</text></svg><p contenteditable>hidden</p>
      <p role="note textbox">hidden</p><p role="switch">hidden</p><p data-care-mask>hidden</p><div data-care-block><p data-care-unmask>hidden</p></div><care-chat><p>hidden</p></care-chat><future>hidden</future></div>`,
  });
  assert.deepEqual(listed(await call(place)), named('Shown'));
  assert.deepEqual(listed(await call(place, '--all')), named('Shown'));
});

test('reads what an open shadow root is written with, and what is hidden at first', async () => {
  const place = site({ 'index.html': '<x-card data-care-unmask><template shadowrootmode="open"><p>In it</p></template>Slotted</x-card><x-shut data-care-unmask><template shadowrootmode="closed">shut</template></x-shut><p data-care-unmask hidden>Later</p>' });
  assert.deepEqual(listed(await call(place)), named('In it', 'Slotted', 'Later'));
});

test('takes everything with --all, but what is masked', async () => {
  const place = site({ 'index.html': '<h1>Heading</h1><p data-care-mask>Ada</p>' });
  assert.deepEqual(listed(await call(place, '--all')), named('Heading'));
  const { code, error } = await call(place);
  assert.equal(code, 1);
  assert.match(error, /^nothing-public: /);
});

test('warns of what the patient\'s page would hide, with its place, and does not list it', async () => {
  const place = site({
    'index.html': '<div data-care-unmask>\n<p>Call 555-01234</p>\n<p>Open since 3/14/1950</p>\n<p>12 Orchard Lane</p>\n<p>Shown</p>\n<p data-care-maks>Ada</p>\n<p>Part<b>of</b> 12345</p></div>\n<p data-care-unmask="yes">Unclear</p>',
  });
  const answer = await call(place);
  assert.deepEqual([answer.code, listed(answer)], [0, named('Shown', 'of')]);
  assert.deepEqual(answer.error.split('\n'), [
    'warning: index.html:2: looks-personal: Call 555-01234', 'warning: index.html:3: looks-personal: Open since 3/14/1950', 'warning: index.html:4: looks-personal: 12 Orchard Lane',
    'warning: index.html:6: unknown-mark: data-care-maks', 'warning: index.html:7: looks-personal: Part 12345', 'warning: index.html:8: unclear-mark: data-care-unmask="yes"',
  ]);
});

test('lists pictures by the exact text of their src, in an order that stays', async () => {
  const place = site({ 'index.html': '<p data-care-unmask>Text<img src="/b.svg"><img src="/a.svg?x=1&amp;y=2"><img src="/with space.png"></p><img src="/private.png"><p data-care-block data-care-unmask><img src="/blocked.png"></p>' });
  const answer = await call(place, '--assets');
  assert.deepEqual((JSON.parse(answer.out) as { assets: unknown }).assets, ['/a.svg?x=1&y=2', '/b.svg']);
  assert.match(answer.error, /picture-address: \/with space\.png/);
  checkConfig(JSON.parse(answer.out) as object);
  assert.equal('assets' in (JSON.parse((await call(place)).out) as object), false);
});

test('writes a file and says what is in it', async () => {
  const place = site({ 'index.html': '<p data-care-unmask>Text</p>' });
  const out = join(folder, 'dictionary.json');
  const answer = await call(place, '--out', out);
  assert.deepEqual([answer.code, answer.out], [0, `1 texts of 1 page: ${out}`]);
  assert.deepEqual(JSON.parse(readFileSync(out, 'utf8')), { dictionary: named('Text') });
  const refused = await call(place, '--out', join(folder, 'no-such-folder', 'dictionary.json'));
  assert.deepEqual([refused.code, refused.error.split(':')[0]], [1, 'not-written']);
});

test('says what is wrong with a call', async () => {
  const empty = site({ 'notes.txt': '' });
  const cases: readonly (readonly [args: readonly string[], code: number, message: RegExp])[] = [
    [[], 2, /SITE is needed/], [[join(folder, 'nowhere')], 2, /cannot read/], [[empty], 1, /^no-pages: /], [[empty, 'more'], 2, /one word too many/], [[empty, '--everything'], 2, /everything/],
  ];
  for (const [args, code, message] of cases) {
    const answer = await call(...args);
    assert.equal(answer.code, code, args.join(' '));
    assert.match(answer.error, message);
  }
  const { code, out } = await call('--help');
  assert.equal(code, 0);
  assert.match(out, /--assets/);
});
