/** The setup file of the browser tests: what it expects of the console. */
import { expect } from '@open-wc/testing';
import { expectConsole } from './setup.js';

describe('the setup of the browser tests', () => {
  it('lets a warning pass that the test expects', () => {
    expectConsole(/a warning that was expected/);
    console.warn('a warning that was expected');
    expect(document.readyState).to.be.oneOf(['interactive', 'complete']);
  });

  it('takes an unhandled rejection for an error unless it is expected', async () => {
    expectConsole(/rejected on purpose/);
    void Promise.reject(new Error('rejected on purpose'));
    await Promise.resolve();
  });
});
