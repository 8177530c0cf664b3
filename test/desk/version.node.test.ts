/** The desk's version is the package's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';

it('the desk tells the server the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  assert.match(readFileSync('src/desk/version.ts', 'utf8'), new RegExp(`version = '${version.replaceAll('.', '\\.')}'`));
});
