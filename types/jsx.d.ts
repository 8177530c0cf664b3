/**
 * Typings of the elements for JSX. Generated from the class comments: do not edit.
 * A framework with a global JSX namespace (Preact, Solid) needs `import 'care-chat/jsx'` alone; React 19 needs `import 'care-chat/react'`.
 */

/** Attributes of `<care-desk>` in a template. */
export interface CareDeskAttributes {
  /** Address of the backend. Default: the origin this script was loaded from. Read when the element is connected; a change connects anew. */
  'server'?: string | undefined;
  /** Language of the desk until the agent chooses one: `en`, `es` or `ar`. Default: the browser's. */
  'lang'?: string | undefined;
  /** `off` leaves the page's title alone. Default `on`: "(2) …" while the page is hidden and something is new; a number only, never a name or text. */
  'title-badge'?: 'on'|'off' | undefined;
}

/** Attributes of `<care-chat>` in a template. */
export interface CareChatAttributes {
  /** Origin of the backend, such as `https://chat.example.org`. Default: the origin the script came from. */
  'server'?: string | undefined;
  /** Id of the widget on that server. Default `main`. */
  'widget'?: string | undefined;
  /** Language as a BCP 47 tag; `en`, `es` and `ar` have words. Default: the nearest `lang` of the page. May change during a chat. */
  'lang'?: string | undefined;
  /** Whether the panel is open; the property is `opened`. */
  'open'?: boolean | '' | undefined;
  /** Shows no launcher; the page opens the panel itself. */
  'without-launcher'?: boolean | '' | undefined;
  /** Text beside the launcher's icon. Default: the icon alone. */
  'launcher-label'?: string | undefined;
  /** ISO 3166-1 country code such as `US`; decides the emergency number that is shown until the clinic's own is known. */
  'country'?: string | undefined;
  /** The clinic's own name of the page, shown to staff. Addresses and titles of pages never leave the browser. */
  'page-name'?: string | undefined;
}

/** What every element takes. */
export interface CareCommonAttributes {
  id?: string | undefined;
  class?: string | undefined;
  className?: string | undefined;
  slot?: string | undefined;
  hidden?: boolean | undefined;
  children?: unknown;
  ref?: unknown;
  key?: string | number | null | undefined;
}

/** The elements by tag name. */
export interface CareIntrinsicElements {
  'care-desk': CareDeskAttributes & CareCommonAttributes;
  'care-chat': CareChatAttributes & CareCommonAttributes;
}

declare global {
  namespace JSX {
    interface IntrinsicElements extends CareIntrinsicElements {}
  }
}
