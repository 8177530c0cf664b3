/** Writes `types/care-chat.config.schema.json`; with `--check` only says whether it is up to date (exit code 1 where not). Run from the package's folder. */
import { readFileSync, writeFileSync } from 'node:fs';
import { configJsonSchema } from './json-schema.js';

const file = new URL('../../../../types/care-chat.config.schema.json', import.meta.url);
const wanted = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;

function held(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

if (process.argv.includes('--check')) {
  if (held() !== wanted) {
    process.stderr.write('types/care-chat.config.schema.json is not what src/server/config/schema.ts says. Run: node dist/src/server/config/generate.js\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, wanted);
}
