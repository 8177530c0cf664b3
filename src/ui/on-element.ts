/**
 * Hands the element it stands on to a callback, at each render. Smaller than Lit's `ref`, which also tells when an element goes and brings its
 * machinery for asynchronous directives along: our owners ask `isConnected` instead.
 */
import { noChange, type ElementPart } from 'lit/html.js';
import { Directive, directive, type DirectiveResult } from 'lit/directive.js';

class OnElement extends Directive {
  override render(_callback: (element: HTMLElement) => void): unknown {
    return noChange;
  }

  override update(part: ElementPart, [callback]: Parameters<this['render']>): unknown {
    callback(part.element as HTMLElement);
    return noChange;
  }
}

/** `<div ${onElement((element) => …)}>`: called when the template is rendered, after the bindings before it. */
export const onElement: (callback: (element: HTMLElement) => void) => DirectiveResult = directive(OnElement);
