/**
 * A server in a process of its own, to be killed: `node serve-child.js DATA_DIR [CONFIG]`. Prints its address and process id as one line, and after each SIGUSR2 a line
 * with the bytes that are in use when all garbage has been collected.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseConfig } from '../../../src/server/config/parse.js';
import { startServer } from '../../../src/server/serve.js';
import { plainConfig } from './test-server.js';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('the data folder is missing');
const more = JSON.parse(process.argv[3] ?? '{}') as { readonly limits?: object };
const limits = { ...plainConfig.limits, submitPerMin: 10_000, ...more.limits };
const parsed = parseConfig({ ...plainConfig, log: { level: 'info' }, ...more, limits }, { demo: true, baseDir: dataDir, dataDir });
if (!parsed.ok) throw parsed.error;
const server = await startServer({ config: parsed.value, port: 0, passwordCost: { ln: 4, r: 8, p: 1 } });
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`${heapUsed + external}\n`);
});
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
process.stdout.write(`${server.url} ${process.pid}\n`);
