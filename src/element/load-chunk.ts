/**
 * Loads a lazy part of the element, integrity-checked. `import()` takes no hash, and WebKit ignores the one of a `modulepreload`; so the
 * files are first loaded by `<script type="module" integrity>` elements, all inserted in one task so that no file is fetched by another's
 * import without its hash, and `import()` then finds them in the module map.
 *
 * Trying again, as three engines behave (seen with an answer of 503): Firefox keeps a module that failed as failed for the life of the page, so a file
 * is preloaded first, and what does not arrive never becomes a module. Chromium and WebKit keep a failed preload, which then also fails the first
 * request of the same kind: after a failure the file is fetched past every cache, and the module asked for with another list of hashes, which matches no preload.
 */
import { deadline, refetch } from '../platform/browser/refetch.js';

/** File name, beside this one, and its Subresource Integrity value; dependencies first. */
export type ChunkFiles = readonly (readonly [file: string, integrity: string])[];

/** Put in by the build; does not exist where the modules run unbundled. */
declare const __CARE_CHAT_CHUNKS__: Readonly<Record<string, ChunkFiles>> | undefined;

/** As much of Trusted Types as is needed (not in TypeScript's library). */
interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
interface TrustedTypesLike {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

/** Two versions on one page share the policy: a name can be created only once. */
const policyKey = Symbol.for('care-chat#chunk');

const scriptUrl = (url: string): string => {
  const world = globalThis as { trustedTypes?: TrustedTypesLike; [policyKey]?: ScriptUrlPolicy };
  const { origin } = new URL(import.meta.url);
  const rules: ScriptUrlPolicy = {
    createScriptURL(address) {
      if (new URL(address).origin !== origin) throw new TypeError(address);
      return address;
    },
  };
  world[policyKey] ??= world.trustedTypes?.createPolicy('care-chat#chunk', rules) ?? rules;
  return world[policyKey].createScriptURL(url);
};

/** Adds an element to the head until it has loaded. */
const loaded = (element: HTMLLinkElement | HTMLScriptElement, integrity: string): Promise<void> =>
  new Promise((onload, onerror) => {
    Object.assign(element, { integrity, crossOrigin: '', onload, onerror });
    document.head.append(element);
  }).finally(() => element.remove()) as Promise<void>;

/** Failed loads so far. */
let failures = 0;

const hrefOf = (file: string): string => new URL(file, import.meta.url).href;

/** Waits until a file could be a module. */
const probe = ([file, integrity]: readonly [string, string]): Promise<unknown> =>
  failures ? refetch(hrefOf(file), integrity) : loaded(Object.assign(document.createElement('link'), { rel: 'preload', as: 'script', href: hrefOf(file) }), integrity);

/** Adds a file as a module and waits until it is there. */
const add = ([file, integrity]: readonly [string, string]): Promise<void> =>
  loaded(Object.assign(document.createElement('script'), { type: 'module', src: scriptUrl(hrefOf(file)) }), failures ? `${integrity} sha256-${failures}` : integrity);

const pending = new Map<string, Promise<unknown>>();
const checked = new Set<string>();

/**
 * Loads the chunk called `name` and resolves with its module; concurrent calls share one load. Adds elements to the document's head and
 * removes them again. Rejects with `chunk-failed` (retryable).
 */
export function loadChunk<T>(name: string, importChunk: () => Promise<T>): Promise<T> {
  const known = pending.get(name) as Promise<T> | undefined;
  if (known) return known;
  const load = async (): Promise<T> => {
    try {
      const files = (typeof __CARE_CHAT_CHUNKS__ === 'undefined' ? [] : (__CARE_CHAT_CHUNKS__[name] ?? [])).filter(([file]) => !checked.has(file));
      // No spinner without end: what hangs has failed.
      await Promise.race([deadline(), Promise.all(files.map(probe)).then(() => Promise.all(files.map(add)))]);
      for (const [file] of files) checked.add(file);
      return await importChunk();
    } catch (cause) {
      failures++;
      pending.delete(name);
      // In the shape of a `CareError`, whose class the tag can do without: compare `code`.
      throw Object.assign(new Error('chunk-failed', { cause }), { code: 'chunk-failed', retryable: true });
    }
  };
  const promise = load();
  pending.set(name, promise);
  return promise;
}
