/**
 * A page on which a secret stands in everything that a page has: each channel is a way in which a recorder could carry something off. All
 * of them stand in or beside content that is marked public, as on a clinic's page. In three steps: what is there at first, what the page
 * changes, and what it does once the patient has put something in.
 */
type Plant = (secret: string, place: HTMLElement) => void | Promise<void>;
export interface Channel {
  readonly name: string;
  readonly plant: Plant;
}

const add = (markup: (secret: string) => string): Plant => (secret, place) => place.insertAdjacentHTML('beforeend', markup(secret));
const each = <Of>(group: string, list: readonly Of[], channel: (one: Of) => Plant): readonly Channel[] => list.map((one) => ({ name: `${group}: ${String(one).slice(0, 60)}`, plant: channel(one) }));
const named = (group: string, channels: Readonly<Record<string, Plant>>): readonly Channel[] => Object.entries(channels).map(([name, plant]) => ({ name: `${group}: ${name}`, plant }));
const make = <Tag extends keyof HTMLElementTagNameMap>(place: Element | ShadowRoot, tag: Tag, set: (element: HTMLElementTagNameMap[Tag]) => void = () => undefined): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  place.append(element);
  set(element);
  return element;
};
const search = location.search;
const rule = (text: (secret: string) => string): Plant => (secret, place) => void make(place, 'style', (style) => (style.textContent = text(secret)));
const shadow = (fill: (root: ShadowRoot, secret: string, host: HTMLElement) => void, mode: ShadowRootMode = 'open'): Plant => (secret, place) => {
  const host = make(place, 'div', (element) => element.append('Public'));
  fill(host.attachShadow({ mode }), secret, host);
};
const sheetOf = (text: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};
let count = 0;
const tagFor = (secret: string): string => `x-${secret}-${++count}`;

const textTags = ['p', 'div', 'span', 'h1', 'h2', 'h6', 'ul', 'li', 'dt', 'dd', 'a', 'b', 'em', 'pre', 'blockquote', 'code', 'address', 'section', 'nav', 'footer', 'figcaption', 'form', 'fieldset', 'legend', 'label', 'button', 'time', 'mark', 'ins', 'abbr'];
const opaqueTags = ['output', 'meter', 'progress', 'canvas', 'object', 'video', 'audio', 'iframe', 'noscript', 'textarea', 'option', 'datalist', 'xmp', 'plaintext-x', 'marquee', 'future', 'map', 'template', 'script-x', 'data', 'ruby', 'picture', 'portal', 'fencedframe', 'selectedcontent'];
const inputTypes = ['text', 'search', 'email', 'tel', 'url', 'password', 'hidden', 'checkbox', 'radio', 'submit', 'button', 'reset'];
const attributes = [
  'alt', 'title', 'aria-label', 'aria-description', 'aria-valuetext', 'aria-placeholder', 'aria-roledescription', 'aria-braillelabel', 'data-name', 'class', 'id', 'name', 'href', 'style', 'onclick', 'lang', 'slot', 'part', 'exportparts', 'itemprop', 'itemid', 'itemtype',
  'content', 'cite', 'download', 'ping', 'target', 'headers', 'summary', 'abbr', 'label', 'nonce', 'accesskey', 'dirname', 'usemap', 'xlink:href', 'popovertarget', 'commandfor', 'data-care-note', 'datetime', 'placeholder', 'value',
];
const roles = ['textbox', 'searchbox', 'combobox', 'spinbutton', 'listbox', 'slider', 'checkbox', 'radio', 'switch'];

/** What is on the page when the patient allows it to be seen; `place` is marked public, `outside` is not. */
const atFirst: readonly Channel[] = [
  ...named('address', {
    path: (secret) => history.replaceState(null, '', `/${secret}${location.search}${location.hash}`),
    query: (secret) => history.replaceState(null, '', `${location.pathname}${location.search}&name=${secret}${location.hash}`),
    fragment: (secret) => history.replaceState(null, '', `${location.pathname}${location.search}#${secret}`),
    'history state': (secret) => history.replaceState({ secret }, ''),
  }),
  ...named('document', {
    title: (secret) => void (document.title = secret),
    description: (secret) => void make(document.head, 'meta', (meta) => ((meta.name = 'description'), (meta.content = secret))),
    'canonical link': (secret) => void make(document.head, 'link', (link) => ((link.rel = 'canonical'), (link.href = `/${secret}`))),
    'attribute of html': (secret) => document.documentElement.setAttribute('data-canary', secret),
    'attribute of body': (secret) => document.body.setAttribute('data-canary', secret),
    comment: (secret, place) => place.append(document.createComment(secret)),
    instruction: (secret, place) => place.append(document.createProcessingInstruction('canary', secret)),
    'linked data': (secret) => void make(document.head, 'script', (script) => ((script.type = 'application/ld+json'), (script.textContent = JSON.stringify({ secret })))),
    'state as a script': (secret, place) => void make(place, 'script', (script) => ((script.type = 'application/json'), (script.textContent = secret))),
    'template content': add((secret) => `<template><p data-care-unmask>${secret}</p></template>`),
    'window name': (secret) => void (window.name = secret),
    cookie: (secret) => void (document.cookie = `canary=${secret}`),
    'local storage': (secret) => localStorage.setItem('canary', secret),
    'session storage': (secret) => sessionStorage.setItem('canary', secret),
    'a global': (secret) => void ((globalThis as Record<string, unknown>)['canary'] = secret),
    'a performance mark': (secret) => void performance.mark(secret),
    'a blob': (secret, place) => void make(place, 'a', (link) => (link.href = URL.createObjectURL(new Blob([secret])))),
  }),
  ...each('private text', textTags, (tag) => (secret, place) => place.insertAdjacentHTML('beforeend', `<${tag} data-care-mask>${secret}</${tag}>`)),
  ...each('unmarked text', ['p', 'h1', 'li', 'td', 'button', 'a', 'label', 'summary', 'legend', 'dialog'], (tag) => (secret) => void document.querySelector('#outside')!.append(Object.assign(document.createElement(tag), { textContent: secret, open: true }))),
  ...each('text in what is not entered', opaqueTags, (tag) => (secret, place) => void place.append(Object.assign(document.createElement(tag), { textContent: secret }))),
  ...named('hidden text', {
    'not displayed': add((secret) => `<p hidden>${secret}</p>`),
    'not visible': add((secret) => `<p style="visibility:hidden">${secret}</p>`),
    'closed fold': add((secret) => `<details><summary>Public</summary><p>${secret}</p></details>`),
    'far away': add((secret) => `<p style="position:absolute;left:-9999px">${secret}</p>`),
    'for screen readers': add((secret) => `<p style="position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)">${secret}</p>`),
    'a name with a number': add((secret) => `<p>${secret} 48213</p>`),
    'a name with a date': add((secret) => `<p>${secret} 3/14/1950</p>`),
    'an address': add((secret) => `<p>12 ${secret} Street</p>`),
    'a contact': add((secret) => `<p>${secret}@clinic.example</p>`),
    'a block': add((secret) => `<div data-care-block><p data-care-unmask>${secret}</p></div>`),
    'a misspelled mask': add((secret) => `<div data-care-msk><p>${secret}</p></div>`),
    'the chat': add((secret) => `<care-chat><p>${secret}</p></care-chat>`),
  }),
  ...each('value of input', inputTypes, (type) => (secret, place) => void make(place, 'input', (input) => ((input.type = type), input.setAttribute('value', secret), (input.value = secret)))),
  ...named('form', {
    'file name': (secret, place) => void make(place, 'input', (input) => {
      const files = new DataTransfer();
      files.items.add(new File(['x'], `${secret}.pdf`));
      input.type = 'file';
      input.files = files.files;
    }),
    placeholder: add((secret) => `<input placeholder="${secret}">`),
    'name of a field': add((secret) => `<input name="${secret}">`),
    pattern: add((secret) => `<input pattern="${secret}">`),
    'image button': add((secret) => `<input type="image" alt="${secret}" src="data:,">`),
    'text area': (secret, place) => void make(place, 'textarea', (area) => (area.value = secret)),
    'default of a text area': add((secret) => `<textarea>${secret}</textarea>`),
    option: add((secret) => `<select><option>${secret}</option></select>`),
    'value of an option': add((secret) => `<select><option value="${secret}">Public</option></select>`),
    'group of options': add((secret) => `<select><optgroup label="${secret}"><option>Public</option></optgroup></select>`),
    'list of proposals': add((secret) => `<input list="proposals"><datalist id="proposals"><option value="${secret}"></datalist>`),
    output: (secret, place) => void make(place, 'output', (output) => (output.value = secret)),
    'own message': (secret, place) => void make(place, 'input', (input) => (input.setCustomValidity(secret), input.checkValidity())),
    'target of a form': add((secret) => `<form action="/${secret}" name="${secret}"><button formaction="/${secret}">Public</button></form>`),
    editor: add((secret) => `<div contenteditable>${secret}</div>`),
    'editor of plain text': add((secret) => `<div contenteditable="plaintext-only"><p>${secret}</p></div>`),
    'part of an editor that cannot be edited': add((secret) => `<div contenteditable><div><b>${secret}</b></div></div>`),
  }),
  ...each('text in a role', roles, (role) => add((secret) => `<div role="${role}"><span>${secret}</span></div>`)),
  ...each('attribute', attributes, (name) => (secret, place) => void make(place, 'p', (line) => ((line.textContent = 'Public'), line.setAttribute(name, secret)))),
  ...named('attribute', {
    'its name': (secret, place) => void make(place, 'p', (line) => line.setAttribute(`data-${secret}`, '')),
    'value of a mark': (secret, place) => void make(place, 'p', (line) => line.setAttribute('data-care-unmask', secret)),
  }),
  ...named('css', {
    'comment': rule((secret) => `/* ${secret} */`),
    selector: rule((secret) => `.${secret}{color:red}`),
    'custom property': rule((secret) => `:root{--${secret}:"${secret}"}`),
    'content before': rule((secret) => `#public::before{content:"${secret}"}`),
    'content after an attribute': rule((secret) => `#public::after{content:attr(title) "${secret}"}`),
    font: rule((secret) => `#public{font-family:"${secret}",sans-serif}`),
    keyframes: rule((secret) => `@keyframes ${secret}{to{opacity:1}}#public{animation:${secret} 1s}`),
    'grid area': rule((secret) => `#public{grid-area:${secret}}`),
    counter: rule((secret) => `@counter-style ${secret}{system:cyclic;symbols:"${secret}"}ul{list-style:${secret}}`),
    quotes: rule((secret) => `#public{quotes:"${secret}" "${secret}"}`),
    marker: rule((secret) => `ul{list-style-type:"${secret}"}`),
    picture: rule((secret) => `#public{background-image:url("data:image/svg+xml,${secret}")}`),
    'container name': rule((secret) => `#public{container-name:${secret}}`),
    'view transition name': rule((secret) => `#public{view-transition-name:${secret}}`),
    layer: rule((secret) => `@layer ${secret}{p{margin:1px}}`),
    'adopted sheet': (secret) => void (document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheetOf(`.x{--x:"${secret}"}#public::after{content:"${secret}"}`)]),
    'inserted rule': (secret, place) => void make(place, 'style').sheet!.insertRule(`.${secret}{color:red}`),
    'inline property': (secret, place) => void make(place, 'p', (line) => line.style.setProperty('--name', secret)),
    'text of an ellipsis': add((secret) => `<p data-care-mask style="width:20px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">${secret}</p>`),
  }),
  ...named('svg', {
    text: add((secret) => `<svg width="90" height="20"><text y="15">${secret}</text></svg>`),
    tspan: add((secret) => `<svg width="90" height="20"><text y="15"><tspan>${secret}</tspan></text></svg>`),
    title: add((secret) => `<svg width="20" height="20"><title>${secret}</title></svg>`),
    desc: add((secret) => `<svg width="20" height="20"><desc>${secret}</desc></svg>`),
    'foreign object': add((secret) => `<svg width="90" height="20"><foreignObject width="90" height="20"><p data-care-unmask>${secret}</p></foreignObject></svg>`),
    'id and reference': add((secret) => `<svg width="20" height="20"><g id="${secret}"></g><use href="#${secret}"></use></svg>`),
    style: add((secret) => `<svg width="20" height="20"><style>.${secret}{fill:red}</style></svg>`),
    link: add((secret) => `<svg width="90" height="20"><a href="/${secret}"><text y="15">${secret}</text></a></svg>`),
    formula: add((secret) => `<math><mtext>${secret}</mtext></math>`),
    annotation: add((secret) => `<math><semantics><mi>x</mi><annotation>${secret}</annotation></semantics></math>`),
  }),
  ...named('media', {
    canvas: (secret, place) => void make(place, 'canvas', (canvas) => canvas.getContext('2d')!.fillText(secret, 5, 20)),
    'name of a picture': add((secret) => `<img alt="${secret}" width="20" height="20">`),
    'picture as data': add((secret) => `<img alt="" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Ctext%3E${secret}%3C/text%3E%3C/svg%3E">`),
    'choice of pictures': add((secret) => `<picture><source srcset="data:,${secret}"><img alt="" width="9" height="9"></picture>`),
    track: add((secret) => `<video title="${secret}"><track label="${secret}" kind="captions"></video>`),
    'area of a map': add((secret) => `<map name="${secret}"><area alt="${secret}" href="#${secret}"></map>`),
    object: add((secret) => `<object data="data:text/plain,${secret}" type="text/plain">${secret}</object>`),
    embed: add((secret) => `<embed type="text/plain" src="data:text/plain,${secret}">`),
  }),
  ...named('frame', {
    source: add((secret) => `<iframe srcdoc="<p data-care-unmask>${secret}</p>"></iframe>`),
    name: add((secret) => `<iframe name="${secret}" title="${secret}"></iframe>`),
    'text of the same origin': (secret, place) => void make(place, 'iframe', (frame) => frame.contentDocument!.body.insertAdjacentHTML('beforeend', `<p data-care-unmask>${secret}</p>`)),
    message: (secret) => window.postMessage({ secret }, location.origin),
  }),
  ...named('shadow', {
    'text in the root itself': shadow((root, secret, host) => (host.setAttribute('data-care-mask', ''), root.append(secret))),
    'text in it': shadow((root, secret) => (root.innerHTML = `<p data-care-mask>${secret}</p>`)),
    'a title in it': shadow((root, secret) => (root.innerHTML = `<p title="${secret}">Public</p>`)),
    'style in it': shadow((root, secret) => (root.innerHTML = `<style>.${secret}{color:red}:host::before{content:"${secret}"}</style><p>Public</p>`)),
    'adopted sheet of it': shadow((root, secret) => (root.adoptedStyleSheets = [sheetOf(`p::before{content:"${secret}"}`)])),
    'what stands for a slot': shadow((root, secret) => (root.innerHTML = `<div data-care-mask><slot name="x">${secret}</slot></div>`)),
    'slotted into a mask': shadow((root, secret, host) => ((root.innerHTML = '<div data-care-mask><slot></slot></div>'), host.append(secret))),
    'slotted into nothing': shadow((root, secret, host) => ((root.innerHTML = '<p>Public</p>'), host.append(secret))),
    'a root in a root': shadow((root, secret) => (make(root, 'div', (host) => host.setAttribute('data-care-mask', '')).attachShadow({ mode: 'open' }).innerHTML = `<p data-care-unmask>${secret}</p>`)),
    'a field in it': shadow((root, secret) => (root.innerHTML = `<input value="${secret}">`)),
    'a closed root': shadow((root, secret) => (root.innerHTML = `<p data-care-unmask>${secret}</p>`), 'closed'),
    'slotted into a closed root': (secret, place) => void place.append(Object.assign(document.createElement(tagFor(secret)), { textContent: secret })),
    'name of an element': (secret, place) => void place.append(document.createElement(tagFor(secret))),
    'parts': shadow((root, secret) => (root.innerHTML = `<p part="${secret}">Public</p>`)),
  }),
];

/** Text that is there, and is changed by the page. */
const page = (change: (secret: string, line: HTMLElement, place: HTMLElement) => void, isMasked = true): Plant => (secret, place) => change(secret, make(place, 'p', (line) => ((line.textContent = 'x'), isMasked && line.setAttribute('data-care-mask', ''))), place);

const whenChanged: readonly Channel[] = named('change', {
  'text content': page((secret, line) => (line.textContent = secret)),
  'data of a node': page((secret, line) => ((line.firstChild as Text).data = secret)),
  'letters more': page((secret, line) => (line.firstChild as Text).appendData(secret)),
  'letters instead': page((secret, line) => (line.firstChild as Text).replaceData(0, 1, secret)),
  markup: page((secret, line) => (line.innerHTML = `<b>${secret}</b>`)),
  'outer markup': page((secret, line) => (line.outerHTML = `<p data-care-mask>${secret}</p>`)),
  'an element more': page((secret, line) => line.insertAdjacentHTML('afterend', `<p data-care-mask>${secret}</p>`)),
  'a text more': page((secret, line) => line.insertAdjacentText('beforeend', secret)),
  'a fragment': page((secret, line) => line.append(document.createRange().createContextualFragment(`<i>${secret}</i>`))),
  'a clone': page((secret, line, place) => ((line.textContent = secret), place.append(line.cloneNode(true)))),
  'another in its place': page((secret, line) => line.replaceChildren(secret)),
  'a node in two': page((secret, line) => ((line.textContent = secret), (line.firstChild as Text).splitText(4))),
  'away and back': page((secret, line, place) => (line.remove(), (line.textContent = secret), place.append(line))),
  'a private part moved out of sight and back': page((secret, line, place) => ((line.textContent = secret), place.prepend(line))),
  'mark taken off, text changed': page((secret, line) => (line.setAttribute('data-care-unmask', ''), line.removeAttribute('data-care-unmask'), (line.textContent = secret))),
  'unmasked, with a mask above': page((secret, line) => (line.setAttribute('data-care-unmask', ''), (line.textContent = secret))),
  attribute: page((secret, line) => (line.title = secret), false),
  class: page((secret, line) => (line.className = secret), false),
  'data attribute': page((secret, line) => (line.dataset['name'] = secret), false),
  'inline style': page((secret, line) => (line.style.fontFamily = secret), false),
  'title of the document': (secret) => void (document.title = secret),
  address: (secret) => history.pushState({ secret }, '', `/${secret}${search}`),
  comment: page((secret, line) => line.append(document.createComment(secret)), false),
  'style text': rule((secret) => `#public::after{content:"${secret}"}`),
  'rule changed': (secret, place) => void make(place, 'style', (style) => (style.sheet!.insertRule('#public::before{}'), (style.sheet!.cssRules[0] as CSSStyleRule).style.setProperty('content', `"${secret}"`))),
  'value': page((secret, _, place) => (make(place, 'input').value = secret)),
  'attribute of a value': page((secret, _, place) => make(place, 'input').setAttribute('value', secret)),
  'value of a text area': page((secret, _, place) => (make(place, 'textarea').value = secret)),
  'password shown': (secret, place) => void make(place, 'input', (input) => ((input.type = 'password'), (input.value = secret), (input.type = 'text'))),
  'option chosen': (secret, place) => void make(place, 'select', (list) => (list.add(new Option(secret)), (list.selectedIndex = 0))),
  'text in a root': shadow((root, secret, host) => (host.setAttribute('data-care-mask', ''), (root.innerHTML = 'x'), ((root.firstChild as Text).data = secret))),
  'element in a root': shadow((root, secret) => make(root, 'p', (line) => (line.setAttribute('data-care-mask', ''), (line.textContent = secret)))),
  'another slot': shadow((root, secret, host) => ((root.innerHTML = '<slot></slot><p data-care-mask><slot name="x"></slot></p>'), host.append(Object.assign(document.createElement('b'), { slot: 'x', textContent: secret })))),
  editor: (secret, place) => void make(place, 'div', (editor) => ((editor.contentEditable = 'true'), (editor.textContent = secret))),
  'drawing': add((secret) => `<svg><text>${secret}</text></svg>`),
  canvas: (secret, place) => void make(place, 'canvas', (canvas) => canvas.getContext('2d')!.fillText(secret, 1, 9)),
  frame: (secret, place) => void make(place, 'iframe', (frame) => (frame.srcdoc = secret)),
  'a list that scrolls': add((secret) => `<div data-care-mask style="height:40px;overflow:auto"><p>x</p><p>x</p><p>${secret}</p></div>`),
});

const fieldOf = (place: HTMLElement): HTMLInputElement => make(place, 'input');
const put = (place: HTMLElement, secret: string): void => {
  const field = fieldOf(place);
  field.value = secret;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: secret }));
};
/** The page says again what the patient put in, in what the clinic marked public. */
const echo = (show: (secret: string, place: HTMLElement) => void): Plant => (secret, place) => {
  put(place, secret);
  show(secret, place);
};

const afterInput: readonly Channel[] = named('echo', {
  'a paragraph more': echo((secret, place) => place.insertAdjacentHTML('beforeend', `<p>${secret}</p>`)),
  'a heading changed': echo((secret) => (document.querySelector('#public')!.textContent = `Welcome, ${secret}`)),
  'letters of a heading': echo((secret) => (document.querySelector('#echo')!.firstChild as Text).appendData(secret)),
  'a message of a field': echo((secret, place) => place.insertAdjacentHTML('beforeend', `<p role="alert">${secret} is not valid</p>`)),
  'a live region': echo((secret, place) => place.insertAdjacentHTML('beforeend', `<p aria-live="polite">${secret}</p>`)),
  'a summary of the form': echo((secret, place) => place.insertAdjacentHTML('beforeend', `<dl><dt>Name</dt><dd>${secret}</dd></dl>`)),
  'a button': echo((secret, place) => place.insertAdjacentHTML('beforeend', `<button data-care-unmask>Send as ${secret}</button>`)),
  'a proposal': echo((secret, place) => place.insertAdjacentHTML('beforeend', `<ul role="listbox"><li role="option">${secret}</li></ul>`)),
  'a chip': echo((secret, place) => place.insertAdjacentHTML('beforeend', `<span data-care-unmask>${secret}</span>`)),
  'a root made anew': echo((secret, place) => void (make(place, 'div').attachShadow({ mode: 'open' }).innerHTML = `<p data-care-unmask>${secret}</p>`)),
  'a root that was there': echo((secret) => void document.querySelector('#rooted')!.shadowRoot!.querySelector('p')!.append(secret)),
  'a slotted text': echo((secret) => document.querySelector('#rooted')!.append(secret)),
  'a portal': echo((secret) => document.body.append(Object.assign(document.createElement('aside'), { innerHTML: `<p data-care-unmask>${secret}</p>` }))),
  'a dialog': echo((secret, place) => make(place, 'dialog', (dialog) => ((dialog.innerHTML = `<p>${secret}</p>`), dialog.show()))),
  'a re-render': echo((secret, place) => (place.querySelector('#list')!.innerHTML = `<li>Public</li><li>${secret}</li>`)),
  'a moved part': echo((secret, place) => place.prepend(Object.assign(document.createElement('p'), { textContent: secret }))),
  'a text of several nodes': echo((secret, place) => make(place, 'p', (line) => line.append('Hello ', secret, '!'))),
  'a title and a heading': echo((secret, place) => ((document.title = secret), make(place, 'h2', (line) => (line.textContent = secret)))),
  'typed into an editor': (secret, place) => {
    const editor = make(place, 'div', (one) => (one.contentEditable = 'true'));
    editor.focus();
    document.execCommand('insertText', false, secret);
  },
  'typed into a field': (secret, place) => {
    fieldOf(place).focus();
    document.execCommand('insertText', false, secret);
  },
  'keys': (secret) => [...secret].forEach((key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))),
  'composing': (secret, place) => void fieldOf(place).dispatchEvent(new CompositionEvent('compositionend', { data: secret, bubbles: true })),
  'pasted': (secret, place) => {
    const clipboard = new DataTransfer();
    clipboard.setData('text/plain', secret);
    fieldOf(place).dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true }));
  },
  'dropped': (secret, place) => {
    const dragged = new DataTransfer();
    dragged.setData('text/plain', secret);
    fieldOf(place).dispatchEvent(new DragEvent('drop', { dataTransfer: dragged, bubbles: true }));
  },
  'selected': (secret, place) => {
    const line = make(place, 'p', (one) => (one.textContent = secret));
    getSelection()!.selectAllChildren(line);
  },
  'a custom event': (secret) => void document.dispatchEvent(new CustomEvent('canary', { detail: secret })),
});

export const canarySteps: readonly (readonly Channel[])[] = [atFirst, whenChanged, afterInput];

/** The public part of the page, and a place for each step; `remove` puts everything back. */
export function canaryPage(): { readonly place: HTMLElement; remove(): Promise<void> } {
  const [address, title, head, html, body, sheets] = [location.href, document.title, [...document.head.childNodes], [...document.documentElement.attributes], [...document.body.attributes], document.adoptedStyleSheets];
  const before = new Set(document.body.childNodes);
  document.body.insertAdjacentHTML(
    'beforeend',
    '<style>main *,#outside *{margin:0;max-height:40px}iframe,video,object,embed,canvas,audio{width:60px}</style><main data-care-unmask><h1 id="public">Refill request</h1><p id="echo">Public</p><div id="rooted"></div><ul id="list"><li>Public</li></ul></main><section id="outside"></section>',
  );
  const place = document.querySelector('main')!;
  document.querySelector('#rooted')!.attachShadow({ mode: 'open' }).innerHTML = '<p>Public</p><slot></slot>';
  return {
    place,
    async remove() {
      history.replaceState(null, '', address);
      document.title = title;
      for (const node of [...document.head.childNodes]) if (!head.includes(node)) node.remove();
      for (const node of [...document.body.childNodes]) if (!before.has(node)) node.remove();
      for (const [element, attributes] of [[document.documentElement, html], [document.body, body]] as const) {
        for (const { name } of [...element.attributes]) if (!attributes.some((one) => one.name === name)) element.removeAttribute(name);
      }
      document.adoptedStyleSheets = [...sheets];
      document.cookie = 'canary=; max-age=0';
      localStorage.removeItem('canary');
      sessionStorage.removeItem('canary');
      window.name = '';
      performance.clearMarks();
    },
  };
}
