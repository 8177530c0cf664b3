/** Writes `types/conformance-report.schema.json`. Run from the package's folder, at build. */
import { writeFileSync } from 'node:fs';
import { reportSchema } from './report.js';

writeFileSync(new URL('../../../types/conformance-report.schema.json', import.meta.url), `${JSON.stringify(reportSchema, null, 2)}\n`);
