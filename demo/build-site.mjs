/**
 * Copies the clinic's site from demo/site to dist/demo and fills in what only the build knows: `{{version}}`, `{{base}}` (the folder of the
 * bundles, /care-chat/<version>), `{{care-chat.js integrity}}`, `{{care-desk.js integrity}}`. A placeholder without a value fails.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, root } from './prepare.mjs';

/** Writes dist/demo; needs the bundles. */
export const buildSite = () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const integrity = JSON.parse(readFileSync(join(root, 'dist/cdn', version, 'integrity.json'), 'utf8'));
  const values = new Map([
    ['version', version],
    ['base', `/care-chat/${version}`],
    ...Object.entries(integrity).map(([file, hash]) => [`${file} integrity`, hash]),
  ]);

  rmSync(join(root, 'dist/demo'), { recursive: true, force: true });
  cpSync(join(root, 'demo/site'), join(root, 'dist/demo'), { recursive: true });
  for (const path of filesUnder('dist/demo').filter((one) => /\.(html|css|js|json|txt|webmanifest)$/.test(one))) {
    const text = readFileSync(join(root, path), 'utf8');
    const filled = text.replace(/\{\{([^{}]+)\}\}/g, (_, name) => {
      const value = values.get(name.trim());
      if (value === undefined) throw new Error(`${path}: there is no value for {{${name}}}`);
      return value;
    });
    if (filled !== text) writeFileSync(join(root, path), filled);
  }
};
