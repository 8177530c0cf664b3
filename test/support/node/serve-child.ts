/** A server in a process of its own, to be killed: `node serve-child.js DATA_DIR`. Prints its address as one line. */
import { parseConfig } from '../../../src/server/config/parse.js';
import { startServer } from '../../../src/server/serve.js';
import { plainConfig } from './test-server.js';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('the data folder is missing');
const parsed = parseConfig({ ...plainConfig, limits: { ...plainConfig.limits, submitPerMin: 10_000 }, log: { level: 'silent' } }, { demo: true, baseDir: dataDir, dataDir });
if (!parsed.ok) throw parsed.error;
const { url } = await startServer({ config: parsed.value, port: 0, passwordCost: { ln: 4, r: 8, p: 1 } });
process.stdout.write(`${url}\n`);
