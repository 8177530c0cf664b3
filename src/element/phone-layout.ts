/**
 * The panel on a small screen: it covers the page, so it is modal there (focus stays inside; nothing of the page is touched), and it is as high
 * as what the on-screen keyboard leaves free (`visualViewport`; iOS does not shrink the layout viewport, and neither does Chrome by default).
 */

/** The same condition as in `tag-styles.ts`. */
const smallScreen = '(max-width: 520px), (max-height: 460px)';

export interface PhoneLayout {
  dispose(): void;
}

const focusable = 'a[href], button:not([disabled]), textarea, input, select, summary, [tabindex="0"]';

/** What the Tab key comes by, in the order of the screen: a slot stands for what the page put into it. */
const stops = (within: Element): HTMLElement[] =>
  [...within.querySelectorAll<HTMLElement>(`${focusable}, slot`)].flatMap((each) =>
    each instanceof HTMLSlotElement ? each.assignedElements().flatMap((child) => [...(child.matches(focusable) ? [child as HTMLElement] : []), ...stops(child)]) : each);

/** Watches window and keyboard for `panel`; sizes go to `root` as custom properties. `leave`: the visitor follows a link to a page that the panel would cover. */
export function createPhoneLayout(root: HTMLElement, panel: HTMLElement, leave: () => void): PhoneLayout {
  const query = matchMedia(smallScreen);
  const viewport = window.visualViewport;
  const life = new AbortController();
  const { signal } = life;

  const fit = (): void => {
    if (!viewport || !query.matches) {
      root.style.removeProperty('--c-vv-height');
      root.style.removeProperty('--c-vv-top');
      return;
    }
    // Pinch zoom makes the visual viewport small as well; a panel that followed it could not be zoomed into.
    if (viewport.scale > 1.01) return;
    root.style.setProperty('--c-vv-height', `${viewport.height}px`);
    root.style.setProperty('--c-vv-top', `${viewport.offsetTop}px`);
  };
  const setModal = (): void => {
    panel.setAttribute('aria-modal', String(query.matches));
    fit();
  };
  const keepFocusInside = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab' || !query.matches) return;
    const inside = stops(panel).filter((element) => element.checkVisibility());
    const [active] = event.composedPath();
    const [first, last] = [inside[0], inside.at(-1)];
    if (!first || !last) return;
    if (event.shiftKey ? active === first || active === panel : active === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  };
  const onClick = (event: MouseEvent): void => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (link && query.matches && /^http/.test(link.href) && !link.target) leave();
  };
  query.addEventListener('change', setModal, { signal });
  viewport?.addEventListener('resize', fit, { signal });
  viewport?.addEventListener('scroll', fit, { signal });
  panel.addEventListener('keydown', keepFocusInside, { signal });
  panel.addEventListener('click', onClick, { signal });
  setModal();
  return {
    dispose() {
      life.abort();
      panel.removeAttribute('aria-modal');
      root.style.removeProperty('--c-vv-height');
      root.style.removeProperty('--c-vv-top');
    },
  };
}
