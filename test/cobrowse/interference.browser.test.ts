/** Two patients who differ in what is private look the same on the wire; where they do not, it is geometry, and listed here. */
import { expect } from '@open-wc/testing';
import { decodeFrame, encodeFrame, type OutgoingFrame } from '../../src/cobrowse/frame-codec.js';
import { createReplay } from '../../src/cobrowse/replay/draw.js';
import { record, stopAll, type Recording } from '../support/browser/cobrowse-lab.js';
import { formsFound, makeSecret, randomFrom, secretLetters, type Random } from '../support/shared/canaries.js';

let place: HTMLElement;

beforeEach(() => {
  place = document.createElement('main');
  place.style.setProperty('font', '16px/24px monospace');
  document.body.append(place);
});
afterEach(() => {
  stopAll();
  place.remove();
});

/** What is seen of one patient: a page, and what happens on it. */
type Life = (place: HTMLElement) => void | Promise<void>;
interface Pair {
  readonly name: string;
  readonly markup?: string | ((which: number) => string);
  readonly live?: (which: number) => Life;
}

async function seen({ markup = '', live }: Pair, which: number): Promise<readonly unknown[]> {
  place.innerHTML = typeof markup === 'string' ? markup : markup(which);
  const recording: Recording = record({ root: place });
  await recording.full();
  const from = recording.frames.length;
  await live?.(which)(place);
  const changes = await recording.look();
  const { seq: _, ...full } = await recording.full();
  recording.recorder.stop();
  // How many frames came, what was in them, and what is there at the end.
  return [from > 0, changes.length, changes.map(({ seq: _, ...frame }) => frame), full];
}

const pick = <T>(one: T, other: T): ((which: number) => T) => (which) => (which === 0 ? one : other);
const field = (place: HTMLElement): HTMLInputElement => place.querySelector<HTMLInputElement>('input,textarea,select')!;
const fire = (target: EventTarget, ...types: readonly string[]): void => types.forEach((type) => target.dispatchEvent(new Event(type, { bubbles: true })));
const type = (text: string): Life => (place) => {
  for (const letter of text) {
    const one = field(place);
    one.value += letter;
    fire(one, 'keydown', 'beforeinput', 'input', 'keyup');
  }
};

const privatePairs: readonly Pair[] = [
  { name: 'texts of one length', markup: (which) => `<p>${pick('Ada Lovelace', 'Bob Marleyyy')(which)}</p>` },
  { name: 'where words end in a text of one length', markup: (which) => `<p style="width:300px">${pick('aaa bbbbbb ccc dddddddd eeee ffff gg hhhhh', 'aaaaaaa bbb cccc ddd eeeeeeeeee ff ggg hhh')(which)}</p>` },
  { name: 'length of a value', markup: (which) => `<input value="${pick('a', 'a much longer value')(which)}">` },
  { name: 'length of a password', markup: (which) => `<input type="password" value="${pick('a', 'a much longer value')(which)}">` },
  { name: 'how many keys were pressed', markup: '<input>', live: (which) => type(pick('ab', 'abcdefghijkl')(which)) },
  { name: 'which radio is chosen, at first', markup: (which) => `<style>:checked{background:red;outline:2px solid red}</style>${[0, 1].map((one) => `<input type="radio" name="r" ${one === which ? 'checked' : ''}>`).join('')}` },
  { name: 'which radio is chosen, later', markup: '<input type="radio" name="r"><input type="radio" name="r">', live: (which) => (place) => { const one = place.querySelectorAll('input')[which]!; one.checked = true; fire(one, 'click', 'input', 'change'); } },
  { name: 'whether a box is ticked, at first', markup: (which) => `<input type="checkbox" ${which ? 'checked' : ''}>` },
  { name: 'whether a box is ticked, later', markup: '<input type="checkbox">', live: (which) => (place) => { (field(place) as HTMLInputElement).checked = which === 1; fire(field(place), 'click', 'change'); } },
  { name: 'which option is chosen', markup: (which) => `<select>${['one', 'two'].map((one, index) => `<option ${index === which ? 'selected' : ''}>${one}`).join('')}</select>` },
  { name: 'in which order options are', markup: (which) => `<select style="width:200px">${pick('<option>one<option>two', '<option>two<option>one<option>six')(which)}</select>` },
  { name: 'a class of a state', markup: (which) => `<p class="${pick('is-invalid', 'has-hiv')(which)}">Text</p>` },
  { name: 'aria-checked and aria-selected', markup: (which) => `<div role="checkbox" style="width:20px;height:20px" aria-checked="${which}"></div><div role="option" aria-selected="${which}">One</div>` },
  { name: 'whether a fold is open', markup: (which) => `<div style="height:200px"><details ${which ? 'open' : ''}><summary>One</summary><p>Two</p></details></div>` },
  { name: 'the width of a bar that paints nothing', markup: (which) => `<div style="width:${pick(20, 80)(which)}%;height:8px"></div>` },
  { name: 'the path of a drawing', markup: (which) => `<svg width="100" height="100"><path d="${pick('M0 0L9 9', 'M5 5L90 10L3 3')(which)}" stroke="red"/></svg>` },
  { name: 'a meter and a progress', markup: (which) => `<meter value="${pick(0.1, 0.9)(which)}"></meter><progress value="${pick(0.1, 0.9)(which)}"></progress>` },
  { name: 'which key of a keypad is pressed', markup: '<button>1</button><button>2</button>', live: (which) => (place) => fire(place.querySelectorAll('button')[which]!, 'mousedown', 'click') },
  { name: 'where the pointer is', markup: '<ul><li>One</li><li>Two</li></ul>', live: (which) => (place) => fire(place.querySelectorAll('li')[which]!, 'pointermove', 'mousemove', 'mouseover', 'mouseenter') },
  { name: 'which field has the focus', markup: '<style>input:focus{background:red;border-color:blue}</style><input><input>', live: (which) => (place) => place.querySelectorAll('input')[which]!.focus() },
  { name: 'what is selected', markup: '<p>Some private text</p>', live: (which) => (place) => getSelection()!.setBaseAndExtent(place.querySelector('p')!.firstChild!, 0, place.querySelector('p')!.firstChild!, pick(2, 12)(which)) },
  { name: 'the length of what is typed into an editor', markup: '<div contenteditable style="width:300px;height:40px"></div>', live: (which) => (place) => { place.querySelector('div')!.textContent = pick('a', 'a longer text')(which); fire(place.querySelector('div')!, 'input'); } },
  { name: 'whether a field is disabled, required or read only', markup: (which) => `<input style="width:200px" ${pick('', 'disabled required readonly')(which)}>` },
  { name: 'the time of a video', markup: '<video width="90" height="60"></video>', live: (which) => (place) => { place.querySelector('video')!.currentTime = which * 9; } },
  { name: 'whether a field is valid', markup: (which) => `<style>input:invalid{background:red;border-color:red}</style><input required style="width:200px" value="${pick('', 'x')(which)}">` },
  { name: 'the name of a chosen file', markup: '<input type="file" style="width:300px">', live: (which) => (place) => { const files = new DataTransfer(); files.items.add(new File(['x'], `${pick('a', 'a-longer-name')(which)}.pdf`)); field(place).files = files.files; fire(field(place), 'change'); } },
  { name: 'a placeholder, a title and a label', markup: (which) => `<input style="width:200px" placeholder="${pick('a', 'abcdef')(which)}" title="${which}" aria-label="${pick('a', 'b')(which)}">` },
  { name: 'what is out of the window\'s reach', markup: (which) => `<div style="position:absolute;top:3000px;height:900px">${pick('One', 'Two and some more')(which)}</div>` },
  { name: 'what is in a block', markup: (which) => `<div style="height:300px"><div data-care-block style="width:90px">${pick('One', '<b>Two</b> and more of it, in several lines')(which)}</div></div>` },
  { name: 'the length of a text under a uniform mask', markup: (which) => `<p data-care-mask="uniform">${pick('Ada', 'Ada Lovelace, Countess')(which)}</p>` },
  { name: 'the length of what the page says again', markup: '<input><p></p>', live: (which) => async (place) => { await type('x')(place); place.querySelector('p')!.textContent = pick('Ada', 'Ada Lovelace')(which); } },
];

/** What remains to be seen, and is documented: lengths in steps of 48 pixels, how much there is of something, how large a box is, how far a list is scrolled, what colour a thing has. */
const geometry: readonly Pair[] = [
  { name: 'the length of a masked text', markup: (which) => `<p>${pick('Ada', 'Ada Lovelace, Countess of Somewhere')(which)}</p>` },
  { name: 'how many rows a list has', markup: (which) => `<ul>${'<li>x</li>'.repeat(which + 2)}</ul>` },
  { name: 'how large a picture is', markup: (which) => `<img alt="" width="${pick(40, 80)(which)}" height="40">` },
  { name: 'how far a list is scrolled', markup: '<div style="height:60px;overflow:auto"><ul style="margin:0"><li style="background:red;height:40px">x</li><li style="height:400px">x</li></ul></div>', live: (which) => (place) => { place.querySelector('div')!.scrollTop = which * 60; } },
  { name: 'a colour', markup: (which) => `<p style="background:${pick('red', 'green')(which)}">x</p>` },
];

describe('two patients', () => {
  for (const pair of privatePairs) it(`cannot be told apart by ${pair.name}`, async () => expect(await seen(pair, 1)).to.deep.equal(await seen(pair, 0)));
  for (const pair of geometry) it(`can be told apart by ${pair.name}`, async () => expect(await seen(pair, 1)).not.to.deep.equal(await seen(pair, 0)));
});

describe('any page', () => {
  const tags = ['div', 'p', 'section', 'span', 'li', 'button', 'h2', 'td', 'x-any', 'svg', 'output', 'textarea', 'label', 'details', 'a', 'slot', 'dialog', 'center'];
  const publicTexts = ['Refill', 'Send', 'Pharmacy', 'Next'];

  /** A public text stands only where nothing private is beside it; every other text and attribute is a secret. */
  function grow(random: Random, parent: Node, secret: () => string, depth: number, isPublic: boolean): void {
    for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
      const element = document.createElement(tags[Math.floor(random() * tags.length)]!);
      for (const name of ['title', 'class', 'id', 'aria-label', 'value', 'data-x']) if (random() < 0.3) element.setAttribute(name, secret());
      if (random() < 0.15) element.setAttribute('contenteditable', '');
      if (random() < 0.1) element.setAttribute('role', 'textbox');
      const [marked, masked] = [random() < 0.3, random() < 0.2];
      // Where an unmasked part is, its texts are public; under a mask they are secrets again.
      const inner = !masked && (isPublic || marked);
      if (marked) element.setAttribute('data-care-unmask', '');
      if (masked) element.setAttribute(random() < 0.5 ? 'data-care-mask' : 'data-care-block', '');
      const root: Node = random() < 0.15 && ['DIV', 'P', 'SECTION', 'SPAN', 'X-ANY'].includes(element.tagName) ? element.attachShadow({ mode: random() < 0.7 ? 'open' : 'closed' }) : element;
      // Once masked, masked for good: a mark further down changes nothing.
      const isMaskedAbove = parent instanceof Element ? parent.closest('[data-care-mask],[data-care-block]') !== null : parent instanceof ShadowRoot && parent.host.closest('[data-care-mask],[data-care-block]') !== null;
      root.appendChild(document.createTextNode(inner && !isMaskedAbove ? publicTexts[Math.floor(random() * publicTexts.length)]! : secret()));
      if (root !== element) element.append(secret());
      parent.appendChild(element);
      if (root !== element) element.setAttribute('data-care-mask', '');
      if (depth > 0) grow(random, root, secret, depth - 1, inner && root === element);
    }
  }
  const change = (random: Random, secret: () => string): void => {
    const all = [...place.querySelectorAll<HTMLElement>('*')];
    const one = all[Math.floor(random() * all.length)];
    if (!one) return;
    const kinds: readonly (() => void)[] = [
      () => one.setAttribute('title', secret()),
      () => (one.className = secret()),
      () => one.setAttribute('data-care-mask', ''),
      () => one.remove(),
      () => one.append(Object.assign(document.createElement('i'), { textContent: secret(), hidden: false })),
      () => one.replaceChildren(secret()),
      () => place.append(one),
      () => one.appendChild(document.createComment(secret())),
      () => one.style.setProperty('background', `hsl(${Math.floor(random() * 360)} 50% 50%)`),
    ];
    // A secret comes as the page's own doing only under a mask; after the first input it may come anywhere.
    const isPrivate = one.closest('[data-care-mask]') !== null;
    const safe = random() < 0.5 && !isPrivate ? [0, 1, 2, 3, 7, 8] : isPrivate ? kinds.map((_, index) => index).filter((index) => index !== 6) : [0, 1, 2, 3, 7, 8];
    kinds[safe[Math.floor(random() * safe.length)]!]!();
  };
  const afterInput = (random: Random, secret: () => string): void => {
    const all = [...place.querySelectorAll<HTMLElement>('*')];
    const one = all[Math.floor(random() * all.length)];
    if (random() < 0.5) one?.append(secret());
    else one?.insertAdjacentHTML('afterend', `<p data-care-unmask>${secret()}</p>`);
  };

  it('gives no frame with three letters of a secret in it', async function () {
    this.timeout(60_000);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = randomFrom(seed);
    for (let page = 0; page < 8; page++) {
      const secrets: string[] = [];
      const secret = (): string => {
        secrets.push(makeSecret(random, 3 + Math.floor(random() * 10)));
        return secrets.at(-1)!;
      };
      place.innerHTML = '';
      place.append(Object.assign(document.createElement('h1'), { textContent: 'Refill' }));
      place.firstElementChild!.setAttribute('data-care-unmask', '');
      grow(random, place, secret, 3, false);
      const recording = record({ root: place });
      await recording.full();
      for (let turn = 0; turn < 12; turn++) change(random, secret);
      await recording.look();
      fire(place, 'input');
      for (let turn = 0; turn < 6; turn++) afterInput(random, secret);
      await recording.full();
      recording.recorder.stop();
      const sent = recording.texts.join('\n');
      const found = secrets.flatMap((one) => formsFound(one, sent).map((form) => `${one} (${form})`));
      expect(found.slice(0, 5), `seed ${seed}, page ${page}: ${place.innerHTML.slice(0, 2000)}`).to.deep.equal([]);
      expect(recording.faults).to.deep.equal([]);
      expect(sent).to.include('Refill');
    }
  });
});

describe('the codec, given anything', () => {
  it('refuses it or draws it, and never throws', () => {
    const random = randomFrom(Math.floor(Math.random() * 2 ** 31));
    const container = document.createElement('div');
    place.append(container);
    const replay = createReplay(container);
    const frame: OutgoingFrame = { seq: 0, kind: 'full', view: [800, 600, 0, 0, 800, 1200], strings: [], styles: [[0xffffff, -1, 0, 0, -1, 0, 0]], boxes: [[1, 0, 0, 0, 0, 0, 800, 600, 0, -1], [2, 1, 3, 0, 8, 8, 96, 48, -1, -1], [3, 2, 2, 0, 8, 80, 96, 24, -1, -1]], removed: [] };
    const text = encodeFrame(frame);
    const odd = ['null', '1e999', '-1', '"<img src=x onerror=alert(1)>"', '[]', '{}', 'true', '0.5', '9007199254740993', '"__proto__"', '{"__proto__":{}}'];
    let refused = 0;
    for (let turn = 0; turn < 4000; turn++) {
      let mutant = text;
      for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
        const at = Math.floor(random() * mutant.length);
        const to = at + Math.floor(random() * 6);
        mutant = mutant.slice(0, at) + (random() < 0.5 ? odd[Math.floor(random() * odd.length)]! : random() < 0.5 ? '' : String.fromCharCode(32 + Math.floor(random() * 95))) + mutant.slice(to);
      }
      const decoded = decodeFrame(mutant);
      if (!decoded.ok) refused++;
      replay.receive(mutant);
      if (decoded.ok) {
        for (const value of [...decoded.value.boxes, ...decoded.value.styles].flat()) expect(Number.isInteger(value)).to.equal(true);
      }
    }
    expect(refused).to.be.greaterThan(2000);
    expect(replay.refused).to.equal(refused);
    expect(container.querySelectorAll('img,script,iframe,a,style,link').length).to.equal(0);
    replay.stop();
  });
});

describe('the recorder as it is built', () => {
  it('has no reader of attributes, values, titles, addresses or markup', async () => {
    const code = await (await fetch('/dist/measured/cobrowse-recorder.js')).text();
    expect(code.length).to.be.greaterThan(8000);
    const readers = ['getAttribute(', 'getAttributeNS', 'getAttributeNode', '.attributes', '.innerHTML', '.outerHTML', 'getHTML', 'XMLSerializer', '.innerText', '.outerText', '.textContent', '.cssText', 'cssRules', 'styleSheets', '.href', '.src', '.title', '.value', '.checked', '.selected', '.files', '.placeholder', '.alt', '.dataset', '.className', '.classList', '.id ', '.name', '.nodeValue', '.location', 'location.', 'cookie', 'localStorage', 'sessionStorage', 'getPropertyValue', 'toDataURL', 'XMLHttpRequest', 'fetch(', 'WebSocket', '.prototype', 'defineProperty', '.key ', '.key)', '.key,', '.clipboardData', 'getSelection', '.validity', 'validationMessage', '.aria'];
    expect(readers.filter((reader) => code.includes(reader))).to.deep.equal([]);
    // Text nodes are read by the gate (three times), and where the walk asks whether there is a text and where its words are; once it is a canvas of our own.
    expect(code.match(/\.data\b/g)!.length).to.equal(6);
  });
});

// Frames are made of these letters nowhere but in secrets.
describe('the letters of secrets', () => {
  it('are in no key of a frame three in a row', () => {
    const keys = Object.keys({ v: 1, seq: 1, kind: 1, view: 1, strings: 1, styles: 1, boxes: 1, removed: 1, full: 1, delta: 1 }).join(' ');
    expect(new RegExp(`[${secretLetters}]{3}`).test(keys)).to.equal(false);
  });
});
