/**
 * A process that writes to a store without end and says on its standard output what was acknowledged, one line each: `stream seq cmid`.
 * Started, and killed with SIGKILL, by `kill.node.test.ts`.
 */
import { openSqliteStore } from '../../../src/server/store/sqlite-store.js';

const [file, round] = process.argv.slice(2);
const opened = await openSqliteStore({ file: file! });
if (!opened.ok) {
  process.stderr.write(opened.error.message);
  process.exit(1);
}
const store = opened.value;
const write = async (stream: string, writer: number): Promise<void> => {
  for (let n = 0; ; n++) {
    const cmid = `r${round!}-w${writer}-${n}`;
    const result = await store.commit({
      at: Date.now(),
      events: [{ stream, kind: 'message', by: { id: 'v_1', role: 'visitor' }, d: { parts: [{ kind: 'text', text: cmid }] }, dev: `d_${writer}`, cmid, fp: cmid }],
    });
    if (result.type === 'done') process.stdout.write(`${stream} ${result.events[0]!.seq} ${cmid}\n`);
  }
};
for (let writer = 0; writer < 6; writer++) void write(`c_${writer % 3}`, writer);
