/**
 * Functions that run inside a page under test: they are sent as text, so each is complete in itself and names nothing outside it.
 * They see through open shadow roots, because the whole chat lives in one.
 */

/** What to look for in a page: by role and accessible name, or by a CSS selector; inside another thing, where given. */
export type Query = {
  readonly role?: string;
  /** Exact name, or a regular expression as source and flags. */
  readonly name?: string | { readonly source: string; readonly flags: string };
  readonly selector?: string;
  readonly within?: Query;
  /** Which one of several matches; without it there must be exactly one. */
  readonly index?: number;
  /** Counts what is hidden as well. */
  readonly hidden?: boolean;
};

/** A match: where it is, and what can be seen of it. */
export type Match = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isVisible: boolean;
  readonly isEnabled: boolean;
  readonly isFocused: boolean;
  /** What a click in the middle would hit instead, or undefined. */
  readonly coveredBy: string | undefined;
  readonly text: string;
  readonly value: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
};

/** Finds what a query names. `act` is done with the one match: scroll to it, focus it, or nothing. */
export const locate = (query: Query, act: 'none' | 'scroll' | 'focus'): Match[] => {
  const implicitRoles: Readonly<Record<string, string>> = {
    A: 'link', ARTICLE: 'article', ASIDE: 'complementary', BUTTON: 'button', DIALOG: 'dialog', FIELDSET: 'group', FOOTER: 'contentinfo', FORM: 'form',
    H1: 'heading', H2: 'heading', H3: 'heading', H4: 'heading', HEADER: 'banner', IMG: 'img', LI: 'listitem', MAIN: 'main', NAV: 'navigation', OL: 'list', OPTION: 'option',
    OUTPUT: 'status', PROGRESS: 'progressbar', SECTION: 'region', SELECT: 'combobox', SUMMARY: 'button', TABLE: 'table', TEXTAREA: 'textbox', TIME: 'time', UL: 'list',
  };
  const inputRoles: Readonly<Record<string, string>> = {
    button: 'button', checkbox: 'checkbox', email: 'textbox', image: 'button', number: 'spinbutton', password: 'textbox', radio: 'radio', range: 'slider', reset: 'button', search: 'searchbox',
    submit: 'button', tel: 'textbox', text: 'textbox', url: 'textbox', date: 'textbox',
  };
  const roleOf = (element: Element): string | undefined => {
    const explicit = element.getAttribute('role');
    if (explicit !== null) return explicit.split(/\s+/)[0];
    if (element instanceof HTMLInputElement) return inputRoles[element.type];
    if (element.tagName === 'A' && !element.hasAttribute('href')) return undefined;
    return implicitRoles[element.tagName];
  };
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true } as CheckVisibilityOptions) && element.closest('[hidden],[inert]') === null;
  const childrenOf = (node: Element | ShadowRoot | Document): Element[] => {
    const shadow = node instanceof Element ? node.shadowRoot : null;
    const own = node instanceof HTMLSlotElement && node.assignedElements().length > 0 ? node.assignedElements() : [...node.children];
    return shadow === null ? own : [...shadow.children, ...own];
  };
  const everything = (from: Element | Document): Element[] => {
    const found: Element[] = [];
    const seen = new Set<Element>();
    const queue = childrenOf(from);
    while (queue.length > 0) {
      const element = queue.shift();
      if (element === undefined || seen.has(element)) continue;
      seen.add(element);
      found.push(element);
      queue.unshift(...childrenOf(element));
    }
    return found;
  };
  const textOf = (node: Node): string => {
    if (node.nodeType === 3) return node.textContent ?? '';
    if (!(node instanceof Element)) return '';
    if (node.getAttribute('aria-hidden') === 'true' || node.tagName === 'STYLE' || node.tagName === 'SCRIPT' || !node.checkVisibility()) return '';
    const label = node.getAttribute('aria-label');
    if (label !== null) return label;
    if (node instanceof HTMLImageElement) return node.alt;
    if (node.tagName === 'TITLE' && node.namespaceURI !== 'http://www.w3.org/1999/xhtml') return node.textContent ?? '';
    return [...(node.shadowRoot?.childNodes ?? node.childNodes)].map(textOf).join(' ');
  };
  const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const nameOf = (element: Element): string => {
    const ids = element.getAttribute('aria-labelledby');
    const scope = element.getRootNode() as Document | ShadowRoot;
    if (ids !== null) return tidy(ids.split(/\s+/).map((id) => scope.getElementById(id)).map((one) => (one === null ? '' : (one.getAttribute('aria-label') ?? one.textContent ?? ''))).join(' '));
    const label = element.getAttribute('aria-label');
    if (label !== null) return tidy(label);
    const labels = (element as HTMLInputElement).labels;
    if (labels !== undefined && labels !== null && labels.length > 0) return tidy([...labels].map((one) => one.textContent ?? '').join(' '));
    if (element instanceof HTMLImageElement) return tidy(element.alt);
    if (element instanceof HTMLInputElement && (element.type === 'submit' || element.type === 'button')) return tidy(element.value);
    if (element instanceof HTMLFieldSetElement) return tidy(element.querySelector('legend')?.textContent ?? '');
    const fromContent = ['button', 'link', 'heading', 'option', 'menuitem', 'tab', 'listitem', 'checkbox', 'radio', 'switch', 'cell'];
    if (fromContent.includes(roleOf(element) ?? '')) return tidy(textOf(element));
    return tidy(element.getAttribute('title') ?? element.getAttribute('placeholder') ?? '');
  };
  const matchesName = (element: Element, name: Query['name']): boolean => {
    if (name === undefined) return true;
    const own = nameOf(element);
    return typeof name === 'string' ? own === name : new RegExp(name.source, name.flags).test(own);
  };
  const search = (wanted: Query): Element[] => {
    const scopes: (Element | Document)[] = wanted.within === undefined ? [document] : search(wanted.within);
    const found = scopes
      .flatMap(everything)
      .filter((element) => (wanted.selector === undefined ? true : element.matches(wanted.selector)))
      .filter((element) => (wanted.role === undefined ? true : roleOf(element) === wanted.role))
      .filter((element) => (wanted.hidden === true ? true : isShown(element)))
      .filter((element) => matchesName(element, wanted.name));
    const unique = [...new Set(found)];
    return wanted.index === undefined ? unique : unique.slice(wanted.index).slice(0, 1);
  };
  const deepActive = (): Element | null => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active;
  };
  const hitAt = (x: number, y: number): Element | null => {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (inner === null || inner === hit) break;
      hit = inner;
    }
    return hit;
  };
  const isInside = (inner: Node | null, outer: Element): boolean => {
    for (let node: Node | null = inner; node !== null; node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null)) if (node === outer) return true;
    return false;
  };
  const found = search(query);
  const one = found[0];
  if (found.length === 1 && one !== undefined) {
    if (act === 'scroll') one.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    if (act === 'focus') (one as HTMLElement).focus();
  }
  return found.map((element) => {
    const box = element.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const hit = hitAt(x, y);
    const labels = [...((element as HTMLInputElement).labels ?? [])];
    const isHit = isInside(hit, element) || labels.some((label) => isInside(hit, label));
    return {
      x,
      y,
      width: box.width,
      height: box.height,
      isVisible: isShown(element) && box.width > 0 && box.height > 0,
      isEnabled: !(element as HTMLButtonElement).disabled && element.getAttribute('aria-disabled') !== 'true',
      isFocused: deepActive() === element,
      coveredBy: isHit ? undefined : hit === null ? 'nothing (outside the window)' : `<${hit.tagName.toLowerCase()} part="${hit.getAttribute('part') ?? ''}" class="${hit.getAttribute('class') ?? ''}">`,
      text: tidy((element as HTMLElement).innerText ?? element.textContent ?? ''),
      value: (element as HTMLInputElement).value,
      attributes: Object.fromEntries([...element.attributes].map((attribute) => [attribute.name, attribute.value])),
    };
  });
};

/** One thing a page did that a benign page does not. */
export type Problem = { readonly kind: 'console' | 'error' | 'rejection' | 'violation' | 'foreign-request' | 'no-probe'; readonly text: string };

/** Reads what the probe recorded since the last call, and requests to other origins. */
export const readProblems = (): Problem[] => {
  const probe = (globalThis as { careProbe?: { take(): Problem[] } }).careProbe;
  if (location.protocol === 'about:') return [];
  if (probe === undefined) return [{ kind: 'no-probe', text: location.href }];
  const foreign = performance
    .getEntriesByType('resource')
    .map((entry) => entry.name)
    .filter((name) => /^(https?|wss?):/.test(name) && new URL(name).host !== location.host);
  return [...probe.take(), ...foreign.map((text) => ({ kind: 'foreign-request' as const, text }))];
};

/** The probe: a script the test server puts first into every page. It records and changes nothing else. */
export const probe = (): void => {
  const problems: Problem[] = [];
  const add = (kind: Problem['kind'], text: string): void => {
    problems.push({ kind, text });
  };
  const show = (value: unknown): string => (value instanceof Error ? `${value.name}: ${value.message}\n${value.stack ?? ''}` : String(value));
  for (const level of ['warn', 'error'] as const) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]): void => {
      add('console', `console.${level}: ${values.map(show).join(' ')}`);
      original(...values);
    };
  }
  addEventListener(
    'error',
    (event) => {
      const { outerHTML, ownerDocument } = (event.target ?? {}) as Partial<Element>;
      // Firefox tells a page of what the page before it did not finish loading.
      if (ownerDocument && ownerDocument !== document) return;
      if (outerHTML !== undefined) add('error', `did not load: ${outerHTML.slice(0, 200)}`);
      else add('error', `${event.message} ${event.filename}:${event.lineno}`);
    },
    true,
  );
  addEventListener('unhandledrejection', (event) => add('rejection', show(event.reason)));
  addEventListener('securitypolicyviolation', (event) =>
    add('violation', `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}:${event.lineNumber} ${event.sample ?? ''}`),
  );
  Object.defineProperty(globalThis, 'careProbe', { value: { take: () => problems.splice(0) } });
};
