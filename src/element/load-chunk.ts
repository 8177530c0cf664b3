/**
 * Loads a lazy part of the element, integrity-checked. `import()` takes no hash, and WebKit ignores the one of a `modulepreload`; so the
 * files are first loaded by `<script type="module" integrity>` elements, all inserted in one task so that no file is fetched by another's
 * import without its hash, and `import()` then finds them in the module map.
 *
 * A module address that failed once stays failed for the life of the page (HTML, "fetch a single module script": the map keeps the null).
 * Therefore each file is asked for by a preload first, which knows no such memory: only what arrives becomes a module, and a failed load can be tried again.
 */

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
    Object.assign(element, { integrity, crossOrigin: 'anonymous', onload, onerror });
    document.head.append(element);
  }).finally(() => element.remove()) as Promise<void>;

/** Adds a file as a preload, or as a module, and waits until it is there. */
const add = (asModule: boolean) => ([file, integrity]: readonly [string, string]): Promise<void> => {
  const { href } = new URL(file, import.meta.url);
  const element = document.createElement(asModule ? 'script' : 'link');
  Object.assign(element, asModule ? { type: 'module', src: scriptUrl(href) } : { rel: 'preload', as: 'script', href });
  return loaded(element, integrity);
};

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
      await Promise.all(files.map(add(false)));
      await Promise.all(files.map(add(true)));
      for (const [file] of files) checked.add(file);
      return await importChunk();
    } catch (cause) {
      pending.delete(name);
      // In the shape of a `CareError`, whose class the tag can do without: compare `code`.
      throw Object.assign(new Error('chunk-failed', { cause }), { code: 'chunk-failed', retryable: true });
    }
  };
  const promise = load();
  pending.set(name, promise);
  return promise;
}
