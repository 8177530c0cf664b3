/** The wire is closed, the gate is shut unless every condition opens it, and what is drawn is inert text. */
import { expect, fixture, html } from '@open-wc/testing';
import { boxRanges, decodeFrame, encodeFrame, type Box, type OutgoingFrame, type PublicText, type Style } from '../../src/cobrowse/frame-codec.js';
import { isSuspect } from '../../src/base/public-text.js';
import { createTable, gate as gateWith } from '../../src/cobrowse/record/string-table.js';
import { createReplay } from '../../src/cobrowse/replay/draw.js';
import { openPolicy } from '../support/browser/cobrowse-lab.js';

const gate = (node: Text): PublicText | null => gateWith(node, openPolicy);

const column = { id: 0, after: 1, kind: 2, fixed: 3, x: 4, y: 5, width: 6, height: 7, style: 8, text: 9 } as const;
const box = (id: number, more: Partial<Record<keyof typeof column, number>> = {}): Box => {
  const row = [id, id - 1, 0, 0, 4, 8, 240, 48, 0, -1];
  for (const [name, value] of Object.entries(more)) row[column[name as keyof typeof column]] = value;
  return row as unknown as Box;
};
const style: Style = [0xffffff, -1, 0, 4, 0, 16, 400];

/** Strings as the gate makes them, from a page of our own. */
function gated(texts: readonly string[]): readonly PublicText[] {
  const region = document.createElement('div');
  region.setAttribute('data-care-unmask', '');
  document.body.append(region);
  const table = createTable<PublicText>();
  for (const text of texts) {
    const node = document.createTextNode(text);
    const line = document.createElement('p');
    line.append(node);
    region.append(line);
    table.indexOf(gate(node)!);
  }
  region.remove();
  return table.entries();
}

const frame = (more: Partial<OutgoingFrame> = {}): OutgoingFrame => ({
  seq: 0, kind: 'full', view: [1280, 800, 0, 0, 1280, 3000], strings: gated(['Refill request', 'Send']), styles: [style], boxes: [box(1), box(2, { kind: 1, text: 0 }), box(3, { kind: 1, text: 1 }), box(4, { kind: 2 })], removed: [], ...more,
});

function encoded(one: OutgoingFrame = frame()): string {
  return encodeFrame(one);
}

const textNode = (root: ParentNode, selector: string): Text => [...root.querySelector(selector)!.childNodes].find((node): node is Text => node instanceof Text && node.data.trim() !== '')!;

describe('the frame codec', () => {
  it('gives back what was put in', () => {
    const original = frame();
    const decoded = decodeFrame(encoded(original));
    expect(decoded.ok && decoded.value).to.deep.equal(original);
  });

  it('refuses every frame with one value changed to something of another kind or out of range', () => {
    const strange: readonly unknown[] = [null, 'x', 1.5, 1e9, -2e8, NaN, [], {}, true];
    const text = encoded();
    let tried = 0;
    const visit = (path: readonly (string | number)[], value: unknown): void => {
      if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) visit([...path, Array.isArray(value) ? Number(key) : key], inner);
      for (const put of strange) {
        if (path.length === 0 || typeof put === typeof value && typeof put === 'string') continue;
        const copy = JSON.parse(text) as Record<string, unknown>;
        const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], copy) as Record<string | number, unknown>;
        if (JSON.stringify(parent[path.at(-1)!]) === JSON.stringify(put)) continue;
        // An empty list is a frame like any other, as long as nothing refers into it.
        if (Array.isArray(put) && (path[0] === 'boxes' || path[0] === 'removed') && path.length === 1) continue;
        // A sequence number may be any that counts up, a viewport is not bound to this screen.
        if (put === 1e9 && path[0] === 'seq') continue;
        parent[path.at(-1)!] = put;
        tried++;
        expect(decodeFrame(JSON.stringify(copy)).ok, `${path.join('/')} = ${JSON.stringify(put)}`).to.equal(false);
      }
    };
    visit([], JSON.parse(text));
    expect(tried).to.be.greaterThan(300);
  });

  const tampered: readonly [name: string, change: (json: Record<string, unknown> & { boxes: number[][]; strings: unknown[] }) => void][] = [
    ['a key more', (json) => (json['html'] = '<b>')], ['a key less', (json) => delete json['removed']], ['another version', (json) => (json['v'] = 2)], ['a column more', (json) => json.boxes[0]!.push(0)], ['a column less', (json) => json.boxes[0]!.pop()],
    ['text in a box of another kind', (json) => (json.boxes[0]![9] = 1)], ['a text box without text', (json) => (json.boxes[1]![9] = 0)], ['an index beyond the strings', (json) => (json.boxes[1]![9] = 3)],
    ['an id twice', (json) => (json.boxes[1]![0] = 0)], ['a look that is not there', (json) => (json.boxes[0]![8] = 2)], ['a box after itself', (json) => ((json['kind'] = 'delta'), (json.boxes[0]![1] = 1))], ['a full frame in another order', (json) => (json.boxes[1]![1] = 0)], ['a removal in a full frame', (json) => (json['removed'] = [9])], ['a string too long', (json) => (json.strings[0] = 'x'.repeat(501))], ['an empty string', (json) => (json.strings[0] = '')],
    ['a control character', (json) => (json.strings[0] = 'a\u0007b')], ['a direction override', (json) => (json.strings[0] = 'a\u202eb')], ['half a character', (json) => (json.strings[0] = 'a\ud800')], ['too many boxes', (json) => (json.boxes = Array.from({ length: 5001 }, () => [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]))],
  ];
  for (const [name, change] of tampered) {
    it(`refuses ${name}`, () => {
      const json = JSON.parse(encoded()) as Parameters<typeof change>[0];
      change(json);
      const decoded = decodeFrame(JSON.stringify(json));
      expect(!decoded.ok && decoded.error.code).to.equal('bad-frame');
    });
  }

  it('refuses what is no JSON, no object, or too large', () => {
    for (const text of ['', '{', 'null', '[]', '"x"', `"${'x'.repeat(1_000_001)}"`]) expect(decodeFrame(text).ok).to.equal(false);
  });

  it('does not let a wrong frame leave', () => {
    for (const wrong of [{ x: NaN }, { x: 1.5 }, { kind: 9 }, { style: 1 }]) expect(() => encodeFrame(frame({ boxes: [box(1, wrong)] })), JSON.stringify(wrong)).to.throw().with.property('code', 'bad-frame');
    expect(() => encodeFrame(frame({ styles: [[0x1000000, -1, 0, 0, 0, 16, 400]] }))).to.throw().with.property('code', 'bad-frame');
    expect(boxRanges.length).to.equal(10);
  });
});

describe('the gate for strings', () => {
  const shows: readonly [name: string, markup: ReturnType<typeof html>][] = [
    ['text under a mark', html`<main data-care-unmask><p id="t">Refill request</p></main>`],
    ['text with the mark itself', html`<p id="t" data-care-unmask>Refill request</p>`],
    ['a button', html`<div data-care-unmask><button id="t">Refill request</button></div>`],
    ['a few digits', html`<p id="t" data-care-unmask>Step 2 of 12: Refill request</p>`],
  ];
  const hides: readonly [name: string, markup: ReturnType<typeof html>][] = [
    ['text without a mark', html`<p id="t">Ada</p>`],
    ['a mask inside the mark', html`<div data-care-unmask><p id="t" data-care-mask>Ada</p></div>`],
    ['a mask around the mark', html`<div data-care-mask><p id="t" data-care-unmask>Ada</p></div>`],
    ['a mask far above the mark', html`<div data-care-block><section><p id="t" data-care-unmask>Ada</p></section></div>`],
    ['an editor', html`<div data-care-unmask><div contenteditable><p id="t">Ada</p></div></div>`],
    ['a plain-text editor', html`<div data-care-unmask><div id="t" contenteditable="plaintext-only">Ada</div></div>`],
    ['a role of a field', html`<div data-care-unmask><div id="t" role="textbox">Ada</div></div>`],
    ['a role in second place', html`<div data-care-unmask><div id="t" role="none combobox">Ada</div></div>`],
    ['an option', html`<div data-care-unmask><select><option id="t">Ada</option></select></div>`],
    ['a text area', html`<div data-care-unmask><textarea id="t">Ada</textarea></div>`],
    ['an output', html`<div data-care-unmask><output id="t">Ada</output></div>`],
    ['a drawing', html`<div data-care-unmask><svg><text id="t">Ada</text></svg></div>`],
    ['a script', html`<div data-care-unmask><template id="x"></template><noscript id="t">Ada</noscript></div>`],
    ['the chat itself', html`<div data-care-unmask><care-chat><p id="t">Ada</p></care-chat></div>`],
    ['four digits in a word', html`<p id="t" data-care-unmask>Room A1234</p>`],
    ['a contact', html`<p id="t" data-care-unmask>ada@clinic.example</p>`],
    ['a date', html`<p id="t" data-care-unmask>born 3/14/50</p>`],
    ['a street', html`<p id="t" data-care-unmask>12 Elm Tree Road</p>`],
    ['digits apart', html`<p id="t" data-care-unmask>4 1 1 1 1 1 1 1</p>`],
    ['digits of another script', html`<p id="t" data-care-unmask>٤٢٤٢</p>`],
    ['a text without end', html`<p id="t" data-care-unmask>${'word '.repeat(101)}</p>`],
  ];
  for (const [name, markup] of shows) it(`shows ${name}`, async () => expect(gate(textNode((await fixture<HTMLElement>(html`<div>${markup}</div>`)), '#t'))).to.include('Refill request'));
  for (const [name, markup] of hides) it(`hides ${name}`, async () => expect(gate(textNode((await fixture<HTMLElement>(html`<div>${markup}</div>`)), '#t'))).to.equal(null));

  it('follows the flat tree: a masked host hides its shadow root, a masked slot hides what is put into it', async () => {
    const host = await fixture<HTMLElement>(html`<div data-care-unmask><p>Slotted</p></div>`);
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<section><slot></slot></section><b>Inside</b>';
    const inside = root.querySelector('b')!.firstChild as Text;
    const slotted = textNode(host, 'p');
    expect([gate(inside), gate(slotted)]).to.deep.equal(['Inside', 'Slotted']);
    root.querySelector('section')!.setAttribute('data-care-mask', '');
    expect([gate(inside), gate(slotted)]).to.deep.equal(['Inside', null]);
    host.setAttribute('data-care-mask', '');
    expect(gate(inside)).to.equal(null);
  });

  it('decides anew each time: a node that moved out of the mark is masked', async () => {
    const place = await fixture<HTMLElement>(html`<div><p data-care-unmask id="t">Hello</p><p id="out"></p></div>`);
    const node = textNode(place, '#t');
    expect(gate(node)).to.equal('Hello');
    place.querySelector('#out')!.append(node);
    expect(gate(node)).to.equal(null);
    node.remove();
    expect(gate(node)).to.equal(null);
  });

  it('masks when anything goes wrong', () => {
    expect(gate({ get data(): string { throw new Error('gone'); } } as unknown as Text)).to.equal(null);
  });

  it('keeps each string once', () => {
    expect(gated(['a', 'b', 'a'])).to.deep.equal(['a', 'b']);
  });

  it('reads long texts in linear time', () => {
    const before = performance.now();
    for (const part of ['1 a ', '1-', '12 Elm ', 'a']) isSuspect(part.repeat(25_000));
    expect(performance.now() - before).to.be.below(1000);
  });
});

describe('the replay', () => {
  const drawn = (place: HTMLElement): HTMLCollection => place.querySelector('.cobrowse-page')!.children;
  const draw = async (): Promise<{ place: HTMLElement; replay: ReturnType<typeof createReplay> }> => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    return { place, replay: createReplay(place) };
  };
  const apply = (replay: ReturnType<typeof createReplay>, one: OutgoingFrame): boolean => {
    const decoded = decodeFrame(encoded(one));
    if (!decoded.ok) throw decoded.error;
    return replay.apply(decoded.value);
  };

  it('draws boxes and text, inert', async () => {
    const { place, replay } = await draw();
    expect(apply(replay, frame())).to.equal(true);
    expect([...drawn(place)].map((element) => `${element.className}:${element.textContent}`)).to.deep.equal(['cobrowse-box:', 'cobrowse-text:Refill request', 'cobrowse-text:Send', 'cobrowse-masked:']);
    expect([place.inert, place.getAttribute('aria-hidden')]).to.deep.equal([true, 'true']);
    expect((drawn(place)[1] as HTMLElement).style.left).to.equal('4px');
  });

  it('draws markup in a string as text', async () => {
    const { place, replay } = await draw();
    apply(replay, frame({ strings: gated(['<img src=x onerror=alert(1)>']), boxes: [box(1, { kind: 1, text: 0 })] }));
    expect(place.querySelector('img')).to.equal(null);
    expect(place.textContent).to.equal('<img src=x onerror=alert(1)>');
  });

  it('applies a delta, and asks for a full frame where one was missed', async () => {
    const { place, replay } = await draw();
    expect(apply(replay, frame({ seq: 3, kind: 'delta' }))).to.equal(false);
    apply(replay, frame());
    expect(apply(replay, frame({ seq: 1, kind: 'delta', strings: gated(['Sent']), boxes: [box(3, { kind: 1, text: 0 })], removed: [4] }))).to.equal(true);
    expect(place.textContent).to.equal('Refill requestSent');
    expect(drawn(place).length).to.equal(3);
    expect(apply(replay, frame({ seq: 3, kind: 'delta', boxes: [] }))).to.equal(false);
  });

  it('fits the container, zooms, and moves the page as the patient scrolls', async () => {
    const { place, replay } = await draw();
    place.style.setProperty('width', '640px');
    apply(replay, frame({ view: [1280, 800, 0, 100, 1280, 3000], boxes: [box(1), box(2, { fixed: 1 })], strings: [] }));
    const tops = (): readonly number[] => [...drawn(place)].map((element) => Math.round(element.getBoundingClientRect().top - place.getBoundingClientRect().top));
    expect(place.querySelector('.cobrowse-window')!.getBoundingClientRect().width).to.equal(640);
    expect(tops()).to.deep.equal([-46, 4]);
    replay.setZoom(1);
    expect(tops()).to.deep.equal([-92, 8]);
    apply(replay, frame({ seq: 1, kind: 'delta', view: [1280, 800, 0, 0, 1280, 3000], boxes: [], styles: [], strings: [] }));
    expect(tops()).to.deep.equal([8, 8]);
  });

  it('paints in the order that the boxes name, also when it changes', async () => {
    const { place, replay } = await draw();
    const lefts = (): readonly string[] => [...drawn(place)].map((element) => (element as HTMLElement).style.left);
    apply(replay, frame({ strings: [], boxes: [1, 2, 3, 4].map((id) => box(id, { x: id })) }));
    expect(lefts()).to.deep.equal(['1px', '2px', '3px', '4px']);
    apply(replay, frame({ seq: 1, kind: 'delta', strings: [], boxes: [box(3, { x: 3, after: 0 }), box(1, { x: 1, after: 4 })], removed: [2] }));
    expect(lefts()).to.deep.equal(['3px', '4px', '1px']);
    // Boxes that make no one list are of another frame than this one follows.
    expect(apply(replay, frame({ seq: 2, kind: 'delta', strings: [], boxes: [box(9, { after: 4 })], removed: [] }))).to.equal(false);
    expect(drawn(place).length).to.equal(0);
  });

  it('makes letters as wide as the patient has them, and counts what it refuses', async () => {
    const { place, replay } = await draw();
    expect(replay.receive('{}')).to.equal('refused');
    expect(replay.receive(encoded(frame({ seq: 1, kind: 'delta' })))).to.equal('gap');
    expect(replay.receive(encoded())).to.equal('drawn');
    expect(replay.refused).to.equal(1);
    expect(Math.round(drawn(place)[1]!.getBoundingClientRect().width)).to.be.closeTo(Math.round(240 * Math.min(1, place.clientWidth / 1280)), 1);
  });

  it('draws a picture that both sides know, and nothing where it has none', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const replay = createReplay(place, { assetAt: (index) => (index === 7 ? document.createElement('hr') : null) });
    apply(replay, frame({ strings: [], boxes: [box(1, { kind: 6, text: 7 }), box(2, { kind: 6, text: 8 })] }));
    expect([...drawn(place)].map((element) => element.childElementCount)).to.deep.equal([1, 0]);
  });

  it('keeps up with a page of five thousand boxes', async () => {
    const { replay } = await draw();
    const boxes = Array.from({ length: 5000 }, (_, index) => box(index + 1));
    apply(replay, frame({ strings: [], boxes }));
    const before = performance.now();
    for (let seq = 1; seq <= 8; seq++) apply(replay, frame({ seq, kind: 'delta', strings: [], boxes: boxes.slice(0, 200).map(([id]) => box(id, { x: seq })) }));
    expect(performance.now() - before, 'a second of frames').to.be.below(1000);
  });

  it('leaves nothing behind when cleared', async () => {
    const { place, replay } = await draw();
    apply(replay, frame());
    replay.clear();
    expect(drawn(place).length).to.equal(0);
  });
});
