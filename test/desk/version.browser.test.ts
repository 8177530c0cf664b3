/** The version the desk tells the server is the package's. */
import { expect } from '@open-wc/testing';
import { version } from '../../src/desk/version.js';

describe('the desk\'s version', () => {
  it('is the one in package.json', async () => {
    const answer = await fetch('/package.json');
    expect(version).to.equal(((await answer.json()) as { version: string }).version);
  });
});
