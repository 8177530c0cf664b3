/** Loading of lazy parts where the modules run unbundled; integrity and tampered files are tested end to end, on the bundle. */
import { expect } from '@open-wc/testing';
import { loadChunk } from '../../src/element/load-chunk.js';

describe('loadChunk', () => {
  it('loads once for concurrent and later calls', async () => {
    let loads = 0;
    const load = async (): Promise<{ n: number }> => ({ n: ++loads });
    const [a, b] = await Promise.all([loadChunk('once', load), loadChunk('once', load)]);
    expect([a.n, b.n, (await loadChunk('once', load)).n]).to.deep.equal([1, 1, 1]);
  });

  it('says that a chunk failed, and tries again when asked again', async () => {
    let fails = true;
    const load = async (): Promise<string> => {
      if (fails) throw new TypeError('Failed to fetch');
      return 'here';
    };
    const error = await loadChunk('flaky', load).catch((reason: unknown) => reason as { code: string; retryable: boolean });
    expect(error).to.include({ code: 'chunk-failed', retryable: true });
    fails = false;
    expect(await loadChunk('flaky', load)).to.equal('here');
  });
});
