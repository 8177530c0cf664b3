/**
 * A page on which a part of the product is tried in a real browser: the part as it is, bundled with a module of `support/browser`, under a policy as strict as a clinic's.
 * `form-lab.ts` tries forms:
 *
 *   const lab = await startFormLab();
 *   await page.goto(lab.url);
 *   await page.evaluate((json) => (globalThis as unknown as WithLab).formLab.…(json), json);
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import type { FormLab } from '../browser/form-lab.js';
import { probe } from './in-page.js';

/** What the page's functions see. */
export interface WithLab {
  readonly formLab: FormLab;
}

export interface LabPage {
  readonly url: string;
  close(): Promise<void>;
}

const html = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lab</title><meta name="viewport" content="width=device-width"><script src="/probe.js"></script><script type="module" src="/lab.js"></script></head><body></body></html>';
const policy = "default-src 'none'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html dompurify";

async function bundle(module: string): Promise<string> {
  const built = await rollup({
    input: fileURLToPath(new URL(`../browser/${module}.js`, import.meta.url)),
    plugins: [nodeResolve({ browser: true, exportConditions: ['production', 'browser'] })],
    onwarn: (warning, warn) => (warning.code === 'CIRCULAR_DEPENDENCY' ? undefined : warn(warning)),
  });
  const { output } = await built.generate({ format: 'es', inlineDynamicImports: true });
  await built.close();
  return output[0].code;
}

/** Bundles a module of `support/browser` and serves the page with it on a port of its own; `isOpen`: without a policy, for a page that does what a careless one does. */
export async function startLab(module: string, isOpen = false): Promise<LabPage> {
  const scripts = new Map([['/lab.js', await bundle(module)], ['/probe.js', `(${probe.toString()})();`]]);
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url);
    response.writeHead(url === '/' || script !== undefined ? 200 : 404, { 'content-type': script === undefined ? 'text/html' : 'text/javascript', ...(isOpen ? {} : { 'content-security-policy': policy }) });
    response.end(script ?? (url === '/' ? html : ''));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the lab has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

export const startFormLab = (): Promise<LabPage> => startLab('form-lab');
