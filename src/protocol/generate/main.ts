/**
 * Writes what is generated from the schema source: `types/schemas/*.json`, `types/openapi.json`, `types/asyncapi.json` and the tables of the
 * specification. `--check` writes nothing and exits 1 where a committed file differs, is missing, or is there without a reason.
 */
import { readFileSync, readdirSync, rmSync, mkdirSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allJsonSchemas } from '../schema/registry.js';
import { createAsyncApi } from './asyncapi.js';
import { createOpenApi } from './openapi.js';
import { fillTables } from './tables.js';

const specification = 'src/protocol/README.md';
const folder = 'types/schemas';
/** Version of the documents: major of the protocol, then ours. */
const version = '1.0.0';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Path from the root → content, of everything generated. */
export function generateAll(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const schemas = allJsonSchemas({ toRef: (name) => `${name}.json`, discriminator: 'none' });
  for (const [name, schema] of Object.entries(schemas)) {
    files.set(`${folder}/${name}.json`, json({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `https://care-chat.dev/schemas/v1/${name}.json`, title: name, ...schema }));
  }
  files.set('types/openapi.json', json(createOpenApi(version)));
  files.set('types/asyncapi.json', json(createAsyncApi(version)));
  files.set(specification, fillTables(readFileSync(join(root, specification), 'utf8')));
  return files;
}

/** Files of the schema folder that nothing generates any more. */
function orphans(root: string, files: ReadonlyMap<string, string>): readonly string[] {
  const path = join(root, folder);
  return existsSync(path) ? readdirSync(path).map((name) => `${folder}/${name}`).filter((name) => !files.has(name)) : [];
}

function main(args: readonly string[]): number {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const files = generateAll(root);
  const differing = [...files].filter(([path, content]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== content).map(([path]) => path);
  const unwanted = orphans(root, files);
  if (args.includes('--check')) {
    for (const path of [...differing, ...unwanted]) process.stderr.write(`${path} is not what the schema source generates; run the generator and commit\n`);
    return differing.length + unwanted.length > 0 ? 1 : 0;
  }
  for (const path of differing) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path)!);
  }
  for (const path of unwanted) rmSync(join(root, path));
  process.stdout.write(`${differing.length} of ${files.size} generated files written, ${unwanted.length} removed\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
