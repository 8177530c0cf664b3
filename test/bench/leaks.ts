/**
 * `npm run bench:leaks`: a page with a secret in everything that a page has, recorded by ours and by rrweb (a development dependency; its own options only). Counts the
 * channels through which a secret got out, in whatever form. Prints the table, and writes it to dist/bench/leaks.md. Fails where ours let one out.
 *
 *   --engines chromium,firefox,webkit   default: those that are there
 *   --seed N                            default: another each time; the secrets come from it
 *   --channels                          also lists each channel that leaked
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineNames, findEngine, type EngineName } from '../support/node/engines.js';
import { findLeaks, leaksByKind, type Leaks } from '../support/node/leaks.js';
import { projectRoot } from '../support/node/server.js';

const { values } = parseArgs({ options: { engines: { type: 'string' }, seed: { type: 'string' }, channels: { type: 'boolean', default: false } } });
const engines = (values.engines?.split(',') as EngineName[] | undefined) ?? engineNames.filter((name) => findEngine(name) !== undefined);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { readonly devDependencies: Readonly<Record<string, string>> };

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
function table(engine: EngineName, leaks: Leaks): string {
  const kinds = leaksByKind(leaks);
  const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
  const names = [...leaks.keys()];
  return [
    row([`${engine}: channels that let a secret out`, 'planted', ...names]),
    `|---|${'---:|'.repeat(names.length + 1)}`,
    ...kinds.map(({ kind, planted, leaked }) => row([kind, planted, ...leaked])),
    row(['**all**', `**${sum(kinds.map(({ planted }) => planted))}**`, ...names.map((_, index) => `**${sum(kinds.map(({ leaked }) => leaked[index]!))}**`)]),
  ].join('\n');
}

const parts = [`# What recorders of pages let out\n\n\`npm run bench:leaks -- --seed ${seed}\`; @rrweb/record ${devDependencies['@rrweb/record']}.`];
for (const engine of engines) {
  const leaks = await findLeaks(seed, engine);
  parts.push(table(engine, leaks));
  console.log(`\n${parts.at(-1)}`);
  if (values.channels) {
    const lines = [...leaks].flatMap(([name, { channels }]) => channels.filter(({ forms }) => forms.length > 0).map((channel) => `- ${name}: ${channel.name} (${channel.forms.join(', ')})`));
    parts.push(lines.join('\n'));
    console.log(`\n${lines.join('\n')}`);
  }
  if (leaks.get('care-chat')!.channels.some(({ forms }) => forms.length > 0)) process.exitCode = 1;
}
const folder = join(projectRoot, 'dist/bench');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'leaks.md'), `${parts.join('\n\n')}\n`);
