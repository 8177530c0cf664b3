/** Typings of the elements for React 19. Generated: do not edit. */
import type { CareIntrinsicElements } from './jsx.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends CareIntrinsicElements {}
  }
}
