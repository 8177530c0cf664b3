/** The version in the code is the package's. */
import { expect } from '@open-wc/testing';
import { version } from '../../src/element/version.js';

describe('version', () => {
  it('is the one in package.json', async () => {
    const answer = await fetch('/package.json');
    expect(version).to.equal(((await answer.json()) as { version: string }).version);
  });
});
