/** The panel as a modal sheet: the focus stays inside where it covers the page, and only there. The window's size is played by `matchMedia`. */
import { expect } from '@open-wc/testing';
import { createPhoneLayout, type PhoneLayout } from '../../src/element/phone-layout.js';

describe('phone layout', () => {
  let root: HTMLElement;
  let panel: HTMLElement;
  let layout: PhoneLayout;
  let query: EventTarget & { matches: boolean };
  const realMatchMedia = window.matchMedia;

  const mount = (small: boolean): void => {
    query = Object.assign(new EventTarget(), { matches: small });
    window.matchMedia = () => query as unknown as MediaQueryList;
    root = document.createElement('div');
    const shadow = root.attachShadow({ mode: 'open' });
    panel = document.createElement('section');
    panel.tabIndex = -1;
    const parts = [document.createElement('button'), document.createElement('textarea'), Object.assign(document.createElement('button'), { disabled: true }), Object.assign(document.createElement('button'), { hidden: true }), document.createElement('button')];
    parts.forEach((part, index) => (part.id = `p${index}`));
    panel.append(...parts);
    shadow.append(panel);
    document.body.append(root);
    layout = createPhoneLayout(root, panel, () => left++);
  };
  let left = 0;
  const focused = (): string | undefined => (panel.getRootNode() as ShadowRoot).activeElement?.id;
  const tab = (from: string, shiftKey = false): boolean => {
    const start = from === '' ? panel : panel.querySelector<HTMLElement>(`#${from}`)!;
    start.focus();
    const event = new KeyboardEvent('keydown', { key: 'Tab', shiftKey, bubbles: true, cancelable: true });
    start.dispatchEvent(event);
    return event.defaultPrevented;
  };
  afterEach(() => {
    layout.dispose();
    root.remove();
    window.matchMedia = realMatchMedia;
  });

  it('leads Tab from the last to the first that can be seen and used, and back', () => {
    mount(true);
    expect(tab('p4')).to.be.true;
    expect(focused()).to.equal('p0');
    expect(tab('p0', true)).to.be.true;
    expect(focused()).to.equal('p4');
    expect(tab('', true), 'from the panel itself').to.be.true;
    expect(focused()).to.equal('p4');
  });

  it('leaves Tab to the browser in between, and every other key', () => {
    mount(true);
    expect(tab('p0')).to.be.false;
    expect(tab('p1', true)).to.be.false;
    const event = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true });
    panel.dispatchEvent(event);
    expect(event.defaultPrevented).to.be.false;
  });

  it('comes by what the page put into a slot, and leaves when a link to a page is followed', () => {
    mount(true);
    const link = Object.assign(document.createElement('a'), { id: 'light', href: 'https://clinic.example/' });
    const phone = Object.assign(document.createElement('a'), { href: 'tel:1' });
    root.append(link, phone);
    panel.append(document.createElement('slot'));
    phone.addEventListener('click', (event) => event.preventDefault());
    link.addEventListener('click', (event) => event.preventDefault());
    expect(tab('p4'), 'the slot comes after it').to.be.false;
    phone.focus();
    const event = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true, composed: true });
    phone.dispatchEvent(event);
    expect(event.defaultPrevented).to.be.true;
    expect(focused()).to.equal('p0');
    left = 0;
    phone.click();
    expect(left).to.equal(0);
    link.click();
    expect(left).to.equal(1);
  });

  it('is no trap where the page can be seen beside it', () => {
    mount(false);
    expect(panel.getAttribute('aria-modal')).to.equal('false');
    expect(tab('p4')).to.be.false;
  });

  it('follows the window, and takes everything back when disposed of', () => {
    mount(false);
    query.matches = true;
    query.dispatchEvent(new Event('change'));
    expect(panel.getAttribute('aria-modal')).to.equal('true');
    expect(root.style.getPropertyValue('--c-vv-height')).to.equal(`${window.visualViewport!.height}px`);
    query.matches = false;
    query.dispatchEvent(new Event('change'));
    expect(root.style.getPropertyValue('--c-vv-height')).to.equal('');
    query.matches = true;
    query.dispatchEvent(new Event('change'));
    layout.dispose();
    expect(panel.hasAttribute('aria-modal')).to.be.false;
    expect(root.style.length).to.equal(0);
    expect(tab('p4')).to.be.false;
  });
});
