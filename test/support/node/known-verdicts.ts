/** The verdicts on the known folder that are checked in: names of files and words, none of their content. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Verdicts = Readonly<Record<string, string>>;

const path = fileURLToPath(new URL('../../../../test/questionnaire/corpus-verdicts.json', import.meta.url));
const known = (): Verdicts => JSON.parse(readFileSync(path, 'utf8')) as Verdicts;

/** Whether these are the files of the known folder: most of its names are among them. */
export const isKnown = (verdicts: Verdicts): boolean => {
  const names = Object.keys(known());
  return names.filter((name) => Object.hasOwn(verdicts, name)).length > names.length / 2;
};

/** What is otherwise than it is written down, a line each. */
export function compareVerdicts(verdicts: Verdicts): readonly string[] {
  const written = known();
  const names = [...new Set([...Object.keys(written), ...Object.keys(verdicts)])].sort();
  return names.flatMap((name) => (written[name] === verdicts[name] ? [] : [`${name}: written down is ${written[name] ?? 'nothing'}, now it is ${verdicts[name] ?? 'not there'}`]));
}

export function writeVerdicts(verdicts: Verdicts): void {
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(Object.entries(verdicts).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`);
}
