/** The kit's fault proxy in front of a backend: every way to it leads through the proxy, and a fault that did not happen proves nothing. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { noAdapter } from '../../src/conformance/adapter.js';
import { chaos, type Case } from '../../src/conformance/case.js';
import { talk } from '../../src/conformance/cases/steps.js';
import { expect } from '../../src/conformance/expect.js';
import { judge, type Verdict } from '../../src/conformance/judge.js';
import type { Rule } from '../../src/conformance/proxy/rules.js';
import { createRandom } from '../../src/conformance/random.js';
import { createValidator } from '../../src/protocol/schema/validate.js';
import { freePort } from '../support/node/engines.js';
import { selfSigned } from '../support/node/self-signed.js';
import { openServer, pageOrigin, plainConfig } from '../support/node/test-server.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true }));
const never: Rule = { name: 'the note is lost', match: { on: 'frame-to-client', t: 'notice' }, action: { do: 'drop' } };
const cutHello: Rule = { name: 'hello is cut', match: { on: 'frame-to-server', t: 'hello' }, action: { do: 'cut' } };

async function judged(t: TestContext, run: Case['run']): Promise<Verdict['result']> {
  const { url } = await openServer(t);
  const options = { url, widget: null, origin: undefined, agent: null, timeoutMs: 500, connections: 1, stallMs: 1, validator, random: createRandom(1), adapter: noAdapter };
  return (await judge(chaos('S-8.7', 'a case', run), options, new AbortController().signal)).result;
}

describe('a case behind the proxy', () => {
  it('fails where its rule never fired, also where it passed otherwise, and where others took the rule\'s place', async (t) => {
    for (const more of [[], [[]], [[cutHello]]] as const) {
      const { outcome, detail } = await judged(t, async (world) => {
        await world.faults(never);
        await talk(world, 1);
        for (const rules of more) await world.faults(...rules);
      });
      assert.deepEqual([outcome, detail], ['fail', 'the fault "the note is lost" never happened: nothing came by that it could act on; read S-8.7 in the specification, §8']);
    }
  });

  it('that fails for another reason says also which fault had not happened', async (t) => {
    const { detail } = await judged(t, async (world) => {
      await world.faults(never);
      expect(false, 'something else');
    });
    assert.equal(detail, 'something else; the fault "the note is lost" had not happened by then; read S-8.7 in the specification, §8');
  });

  it('is refused with a rule that the proxy does not know, which is named', async (t) => {
    const { outcome, detail } = await judged(t, (world) => world.faults({ match: { on: 'frame-to-client', t: 'ok' }, action: { do: 'vanish' } } as unknown as Rule));
    assert.equal(outcome, 'fail');
    assert.match(detail ?? '', /rule 1, action: unknown action "vanish"; there are refuse, cut, /);
  });

  it('passes where it saw what its rule did', async (t) => {
    const { outcome, detail } = await judged(t, async (world) => {
      await world.faults(cutHello);
      const { visitor } = await talk(world, 1);
      const socket = await world.silent();
      socket.send(socket.greeting(visitor));
      await socket.closed();
    });
    assert.deepEqual([outcome, detail], ['pass', null]);
  });
});

describe('the kit against a backend that speaks TLS', () => {
  it('goes through the proxy by its discovered addresses, under the name of the backend, and as the same origin', { timeout: 60_000 }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'care-chat-tls-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const { key, cert } = selfSigned();
    const authority = join(folder, 'authority.pem');
    writeFileSync(authority, cert);
    const port = await freePort();
    const { port: plainPort } = await openServer(t, { file: { ...plainConfig, publicUrl: `https://localhost:${port}` } });
    const names = new Set<unknown>();
    const heads: string[] = [];
    const front = createTlsServer({ key, cert }, (socket) => {
      names.add((socket as { readonly servername?: unknown }).servername);
      const inner = connect(plainPort, '127.0.0.1');
      for (const end of [socket, inner]) end.on('error', () => {});
      socket.once('data', (head) => heads.push(String(head)));
      socket.pipe(inner).pipe(socket);
      socket.on('close', () => inner.destroy());
    });
    front.listen(port, 'localhost');
    await once(front, 'listening');
    t.after(() => front.close());
    assert.equal((front.address() as AddressInfo).port, port);
    const kit = spawn(process.execPath, [main, 'conformance', '--url', `https://localhost:${port}`, '--origin', pageOrigin, '--level', 'chaos', '--only', 'S-5.2,S-5.4,S-5.6,S-8.7', '--quick'], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: authority }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    for (const stream of [kit.stdout, kit.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    const [code] = await once(kit, 'exit') as [number];
    assert.equal(code, 0, out);
    assert.match(out, /ok {4}S-5\.4\/cut-when-the-acknowledgement-was-lost/);
    assert.deepEqual([...names], ['localhost']);
    const sockets = heads.filter((head) => /^upgrade: websocket/im.test(head));
    assert.ok(sockets.length > 10, `${sockets.length} sockets`);
    for (const head of sockets) {
      assert.match(head, new RegExp(`^host: localhost:${port}\\r$`, 'im'));
      assert.match(head, new RegExp(`^origin: ${pageOrigin}\\r$`, 'im'));
    }
  });
});

