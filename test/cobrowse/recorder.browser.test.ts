/** The recorder on pages of a test: what is shown, what is hidden, when something is sent, and that nothing of the page is touched. */
import { expect } from '@open-wc/testing';
import { type boxKinds, type Box, type Frame } from '../../src/cobrowse/frame-codec.js';
import { checkConfig } from '../../src/cobrowse/record/config.js';
import { hashText } from '../../src/base/text-hash.js';
import { createReplay } from '../../src/cobrowse/replay/draw.js';
import { kindOf, ofKind, record, stopAll, textsOf } from '../support/browser/cobrowse-lab.js';

let place: HTMLElement;

/** Puts markup on the page, as a server would. */
function show(markup: string): HTMLElement {
  place.innerHTML = markup;
  return place;
}
const by = <T extends Element = HTMLElement>(selector: string): T => place.querySelector<T>(selector)!;
/** Where the boxes of a kind are, on a page that begins at the window's corner. */
const areas = (frame: Frame, kind: (typeof boxKinds)[number]): readonly (readonly number[])[] => ofKind(frame, kind).map(([, , , , x, y, width, height]) => [x, y, width, height]);
const fillOf = (frame: Frame, box: Box): number => frame.styles[box[8]]?.[0] ?? -1;

beforeEach(() => {
  place = document.createElement('main');
  document.body.append(place);
});
afterEach(() => {
  stopAll();
  place.remove();
});

describe('what is shown', () => {
  const table: readonly (readonly [name: string, markup: string])[] = [
    ['a heading', '<h1 data-care-unmask>Shown</h1>'],
    ['a paragraph in a region', '<section data-care-unmask><div><p>Shown</p></div></section>'],
    ['a button', '<button data-care-unmask>Shown</button>'],
    ['a label around a field', '<label data-care-unmask>Shown <input value="hidden"></label>'],
    ['a link', '<nav data-care-unmask><ul><li><a href="/hidden">Shown</a></li></ul></nav>'],
    ['a cell', '<table data-care-unmask><tbody><tr><td>Shown</td></tr></tbody></table>'],
    ['a legend', '<fieldset data-care-unmask><legend>Shown</legend></fieldset>'],
    ['a summary, closed', '<details data-care-unmask><summary>Shown</summary><p>hidden</p></details>'],
    ['what is folded open', '<details data-care-unmask open><summary>One</summary><p>Shown</p></details>'],
    ['a mark that says true', '<p data-care-unmask="true">Shown</p>'],
    ['beside a mask', '<div data-care-unmask><p data-care-mask>hidden</p><p>Shown</p></div>'],
    ['text in another script', '<p data-care-unmask dir="rtl">Shown طلب تجديد</p>'],
    ['display: contents', '<div data-care-unmask style="display:contents"><p>Shown</p></div>'],
    ['a transformed part', '<div data-care-unmask style="transform:scale(2);transform-origin:0 0"><p>Shown</p></div>'],
  ];
  for (const [name, markup] of table) {
    it(name, async () => {
      show(markup);
      const frame = await record({ root: place }).full();
      expect(textsOf(frame)).to.include('Shown');
      expect(frame.strings.join()).not.to.include('hidden');
    });
  }

  it('text in an open shadow root, and what is put into its slots', async () => {
    show('<x-card data-care-unmask><p>Slotted</p></x-card>');
    by('x-card').attachShadow({ mode: 'open' }).innerHTML = '<section><h2>Inside</h2><slot></slot></section>';
    expect(textsOf(await record({ root: place }).full())).to.equal('Inside Slotted');
  });

  it('each line of a long text where it is', async () => {
    show('<p data-care-unmask style="width:160px;font:16px/24px sans-serif;margin:0">One two three four five six seven eight nine ten eleven twelve</p>');
    const frame = await record({ root: place }).full();
    const lines = ofKind(frame, 'text');
    expect(lines.length).to.be.greaterThan(2);
    expect(textsOf(frame)).to.equal(by('p').textContent);
    expect(new Set(lines.map((box) => box[5])).size).to.equal(lines.length);
  });

  it('a tag of the clinic without a shadow root, when it is named', async () => {
    show('<app-page data-care-unmask><p>Shown</p></app-page>');
    expect(textsOf(await record({ root: place }).full())).to.equal('');
    expect(textsOf(await record({ root: place, config: { enter: ['app-page'] } }).full())).to.equal('Shown');
  });

  it('a static picture as its number, and only where it is public', async () => {
    const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    show(`<p data-care-unmask><img src="${dot}" alt="hidden" width="40" height="40"></p><p><img src="${dot}" alt="" width="40" height="40"></p>`);
    const frame = await record({ root: place, config: { assets: ['/other.svg', dot] } }).full();
    expect(ofKind(frame, 'asset').map((box) => box[9])).to.deep.equal([1]);
    expect(ofKind(frame, 'opaque').length).to.equal(1);
  });
});

describe('what is hidden', () => {
  const table: readonly (readonly [name: string, markup: string])[] = [
    ['text without a mark', '<p>hidden</p>'],
    ['a mask inside', '<div data-care-unmask><p data-care-mask>hidden</p></div>'],
    ['a mask around, at any depth', '<div data-care-mask><div><div data-care-unmask><p data-care-unmask>hidden</p></div></div></div>'],
    ['a block around', '<div data-care-block><p data-care-unmask>hidden</p></div>'],
    ['a mark that says no', '<p data-care-unmask="false">hidden</p>'],
    ['a mask that is misspelled', '<div data-care-unmask><p data-care-maks>hidden</p></div>'],
    ['a field', '<div data-care-unmask><input value="hidden" placeholder="hidden"></div>'],
    ['a text area', '<div data-care-unmask><textarea>hidden</textarea></div>'],
    ['a list to choose from', '<div data-care-unmask><select><option>hidden</option></select></div>'],
    ['an output', '<output data-care-unmask>hidden</output>'],
    ['a meter', '<meter data-care-unmask value="0.5">hidden</meter>'],
    ['an editor', '<div data-care-unmask><div contenteditable>hidden</div></div>'],
    ['a plain-text editor', '<div data-care-unmask contenteditable="plaintext-only">hidden</div>'],
    ['a field by its role', '<div data-care-unmask><div role="textbox">hidden</div></div>'],
    ['a toggle by its role', '<div data-care-unmask><div role="switch">hidden</div></div>'],
    ['a drawing', '<div data-care-unmask><svg width="99" height="99"><text y="20">hidden</text></svg></div>'],
    ['a formula', '<div data-care-unmask><math><mtext>hidden</mtext></math></div>'],
    ['a canvas', '<div data-care-unmask><canvas>hidden</canvas></div>'],
    ['an object', '<div data-care-unmask><object>hidden</object></div>'],
    ['a frame', '<div data-care-unmask><iframe srcdoc="hidden"></iframe></div>'],
    ['attributes', '<p data-care-unmask title="hidden" aria-label="hidden" class="hidden" id="hidden">x</p>'],
    ['an unknown tag', '<div data-care-unmask><future>hidden</future></div>'],
    ['an unknown custom element', '<div data-care-unmask><x-unknown>hidden</x-unknown></div>'],
    ['what is not displayed', '<div data-care-unmask><p hidden>hidden</p><p style="visibility:hidden">hidden</p><p style="opacity:0">hidden</p></div>'],
    ['a closed fold', '<details data-care-unmask><summary>x</summary>hidden<p>hidden</p></details>'],
    ['what CSS puts there', '<style>main p::before{content:"hidden"}</style><p data-care-unmask>x</p>'],
    ['numbers', '<p data-care-unmask>Patient 48213 hidden</p>'],
    ['a number in pieces', '<p data-care-unmask>Patient 48<!-- -->21<!-- -->3 hidden</p>'],
    ['a contact', '<p data-care-unmask>hidden@clinic.example</p>'],
    ['a date in figures', '<p data-care-unmask>hidden 3/14/50</p>'],
    ['a date in words', '<p data-care-unmask>hidden 14 March</p>'],
    ['a street', '<p data-care-unmask>hidden 12 Elm Tree Road</p>'],
    ['the chat', '<div data-care-unmask><care-chat>hidden</care-chat></div>'],
    ['a direction override', '<p data-care-unmask>hidden \u202e</p>'],
  ];
  for (const [name, markup] of table) {
    it(name, async () => {
      show(markup);
      const frame = await record({ root: place }).full();
      expect(frame.strings.join(' ')).not.to.include('hidden');
      expect(ofKind(frame, 'text').length).to.be.lessThan(2);
    });
  }

  it('text in a shadow root whose host, or around whose slot, a mask is', async () => {
    show('<x-a data-care-mask><p>hidden</p></x-a><x-b data-care-unmask><p>hidden</p></x-b>');
    by('x-a').attachShadow({ mode: 'open' }).innerHTML = '<div data-care-unmask>hidden<slot></slot></div>';
    by('x-b').attachShadow({ mode: 'open' }).innerHTML = '<div data-care-mask><slot></slot></div>';
    expect((await record({ root: place }).full()).strings).to.deep.equal([]);
  });

  it('a closed shadow root', async () => {
    show('<x-c data-care-unmask><p>hidden</p></x-c>');
    by('x-c').attachShadow({ mode: 'closed' }).innerHTML = '<div data-care-unmask>hidden<slot></slot></div>';
    expect((await record({ root: place }).full()).strings).to.deep.equal([]);
  });

  it('a mask that is put on, and a text that is changed, between the look and the sending', async () => {
    show('<p data-care-unmask id="a">hidden</p><p data-care-unmask id="b">Shown</p>');
    const recording = record({ root: place });
    await recording.clock.advance(250 - 1);
    by('#a').setAttribute('data-care-mask', '');
    const frame = await recording.full();
    expect(recording.texts.join()).not.to.include('hidden');
    expect(textsOf(frame)).to.equal('Shown');
  });

  it('what moves out of a mark, and what is moved under a mask', async () => {
    show('<div data-care-unmask><p id="t">Shown</p></div><div id="out"></div>');
    const recording = record({ root: place });
    expect(textsOf(await recording.full())).to.equal('Shown');
    by('#out').append(by('#t'));
    expect(textsOf(await recording.full())).to.equal('');
  });
});

describe('the tripwire', () => {
  it('masks what is created or changed after the first input, and tells the host once', async () => {
    show('<div data-care-unmask><p id="old">Old text</p><p id="changed">Before</p><p id="new"></p></div><input>');
    const recording = record({ root: place });
    expect(textsOf(await recording.full())).to.equal('Old text Before');
    by('#new').textContent = 'Created before any input';
    expect(textsOf(await recording.full())).to.include('Created before any input');
    by('input').dispatchEvent(new Event('input', { bubbles: true }));
    by('#changed').firstChild!.nodeValue = 'Ada';
    by('#new').innerHTML = '<b>Lovelace</b>';
    const frame = await recording.full();
    expect(textsOf(frame)).to.equal('Old text');
    await recording.full();
    expect(recording.tripwires).to.deep.equal([['after-input', by('#changed')], ['after-input', by('#new b')]]);
  });

  it('takes what changed just before the first input for old, and does not take the chat for the page', async () => {
    show('<p data-care-unmask></p><care-chat></care-chat><input>');
    const recording = record({ root: place });
    await recording.full();
    by('care-chat').dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    by('p').textContent = 'Shown';
    by('input').dispatchEvent(new Event('keydown', { bubbles: true }));
    expect(textsOf(await recording.full())).to.equal('Shown');
    expect(recording.recorder.report().hasInput).to.equal(true);
  });

  it('takes a shadow root that is met after the first input for new', async () => {
    show('<x-late data-care-unmask></x-late><input>');
    const recording = record({ root: place });
    await recording.full();
    by('input').dispatchEvent(new Event('change', { bubbles: true }));
    by('x-late').attachShadow({ mode: 'open' }).innerHTML = '<p>hidden</p>';
    await recording.full();
    expect(recording.texts.join()).not.to.include('hidden');
  });

  it('hears of changes while it is paused', async () => {
    show('<p data-care-unmask>Shown</p><input>');
    const recording = record({ root: place });
    await recording.full();
    recording.recorder.pause();
    by('input').dispatchEvent(new Event('input', { bubbles: true }));
    by('p').textContent = 'hidden';
    recording.recorder.resume();
    expect((await recording.full()).strings).to.deep.equal([]);
  });

  it('after an input that came before it, shows what is in the dictionary and nothing else', async () => {
    show('<div data-care-unmask><h1>Refill request</h1><h2>Welcome, Ada</h2></div>');
    expect(textsOf(await record({ root: place, hadInput: true }).full())).to.equal('');
    const recording = record({ root: place, hadInput: true, config: { dictionary: [hashText('Refill  request ')] } });
    expect(textsOf(await recording.full())).to.equal('Refill request');
    expect(recording.tripwires[0]).to.deep.equal(['not-in-dictionary', by('h2')]);
  });
});

describe('the dictionary', () => {
  it('shows only texts that are in it, marked and old or not', async () => {
    show('<div data-care-unmask><h1>Refill request</h1><h2>Welcome, Ada</h2></div><p>Refill request</p>');
    expect(textsOf(await record({ root: place, config: { dictionary: [hashText('Refill request')] } }).full())).to.equal('Refill request');
    expect(textsOf(await record({ root: place, config: { dictionary: [] } }).full())).to.equal('');
  });
});

describe('the configuration', () => {
  const wrong: readonly unknown[] = [{ dictionnary: [] }, { dictionary: 'abc' }, { dictionary: ['Refill request'] }, { assets: ['a" onerror="x'] }, { assets: [1] }, { enter: ['div'] }, { enter: ['x-a,p'] }, { unmask: ['p:::bad'] }];
  for (const config of wrong) {
    it(`is refused with a mistake: ${JSON.stringify(config)}`, () => {
      expect(() => checkConfig(config as object)).to.throw().with.property('code', 'config-invalid');
    });
  }
});

describe('state and geometry', () => {
  it('draws a field and a toggle alike, whatever is in them', async () => {
    const variants = [
      '<input value="a"><input type="checkbox"><input type="RADIO"><input type="password">',
      '<input value="a much longer value"><input type="checkbox" checked><input type="RADIO" checked><input type="password" value="x">',
    ];
    const seen: unknown[] = [];
    for (const markup of variants) {
      show(`<style>:checked{outline:2px solid red;background:red;accent-color:red} input:valid{background:lime;border-color:red}</style>${markup}`);
      const frame = await record({ root: place }).full();
      seen.push({ ...frame, seq: 0 });
      expect(frame.boxes.map(kindOf).filter((kind) => kind !== 'box')).to.deep.equal(['field', 'toggle', 'toggle', 'field']);
    }
    expect(seen[1]).to.deep.equal(seen[0]);
  });

  it('rounds bars up to 48 pixels and cuts them at their block', async () => {
    show('<p style="width:200px;font:16px monospace">Ada</p><p style="width:60px;font:16px monospace">Lovela</p>');
    const widths = areas(await record({ root: place }).full(), 'masked').map(([, , width]) => width);
    expect(widths).to.deep.equal([48, 60]);
  });

  it('makes every line of a longer text, and every bar under `uniform`, as wide as its block', async () => {
    show('<p style="width:200px;font:16px monospace">Ada Lovelace wrote the first program for a machine</p><p data-care-mask="uniform" style="width:200px">A</p>');
    const widths = new Set(areas(await record({ root: place }).full(), 'masked').map(([, , width]) => width));
    expect([...widths]).to.deep.equal([200]);
  });

  it('keeps positions to four pixels', async () => {
    show('<div style="position:absolute;left:13.4px;top:22.7px;width:101px;height:31px;background:#abc"></div>');
    const frame = await record({ root: place }).full();
    const box = frame.boxes.find((one) => kindOf(one) === 'box' && fillOf(frame, one) === 0xaabbcc)!;
    expect(box.slice(4, 8)).to.deep.equal([12, 24, 104, 28]);
  });

  it('draws a block in one size, and nothing that is in it', async () => {
    show('<div data-care-block style="width:700px;height:300px;background:red"><p>x</p></div>');
    const frame = await record({ root: place }).full();
    expect(areas(frame, 'opaque').map((area) => area.slice(2))).to.deep.equal([[240, 48]]);
    expect(frame.boxes.length).to.equal(2);
  });

  it('does not say whether something private is folded open', async () => {
    show('<div style="height:200px"><details><summary>One</summary><p>Two</p></details></div>');
    const recording = record({ root: place });
    const closed = await recording.full();
    by<HTMLDetailsElement>('details').open = true;
    expect({ ...(await recording.full()), seq: 0 }).to.deep.equal({ ...closed, seq: 0 });
  });

  it('paints in the order of the page: a layer above what it covers, below what has a greater z-index', async () => {
    show('<i style="position:fixed;z-index:5;left:0;top:0;width:40px;height:40px;background:#010101"></i><i style="position:relative;z-index:1;display:block;width:40px;height:40px;background:#020202"></i><i style="display:block;width:40px;height:40px;background:#030303"></i><div style="position:relative"><i style="position:absolute;z-index:9;width:40px;height:40px;background:#040404"></i></div><i style="position:absolute;z-index:-1;width:40px;height:40px;background:#050505"></i>');
    const frame = await record({ root: place }).full();
    const fills = frame.boxes.map((box) => fillOf(frame, box)).filter((fill) => fill > 0 && fill < 0x060606);
    expect(fills).to.deep.equal([0x050505, 0x030303, 0x020202, 0x010101, 0x040404]);
    expect(frame.boxes.find((box) => fillOf(frame, box) === 0x010101)![3]).to.equal(1);
  });

  it('puts a modal dialog on top', async () => {
    show('<dialog style="background:#010203;width:90px;height:90px"></dialog><i style="position:fixed;z-index:99;width:40px;height:40px;background:#040404"></i>');
    by<HTMLDialogElement>('dialog').showModal();
    const frame = await record({ root: place }).full();
    expect(fillOf(frame, frame.boxes.at(-1)!)).to.equal(0x010203);
  });

  it('cuts what a scroller hides, and moves what is in it', async () => {
    show('<div id="s" style="width:200px;height:100px;overflow:auto"><p data-care-unmask style="margin:0;height:80px">First</p><p data-care-unmask style="margin:0;height:400px">Second</p><p data-care-unmask style="margin:0">Third</p></div>');
    const recording = record({ root: place });
    expect(textsOf(await recording.full())).to.equal('First Second');
    by('#s').scrollTop = 500;
    expect(textsOf(await recording.full())).to.equal('Third');
  });

  it('understands colours in every notation, what shines through, and a dark page', async () => {
    show('<p style="background:rgba(0,0,0,.5)">x</p><p style="background:oklch(62.8% 0.2577 29.23)">x</p><p style="background:color-mix(in srgb, red, blue)">x</p>');
    const frame = await record({ root: place }).full();
    const fills = ofKind(frame, 'box').map((box) => fillOf(frame, box));
    const near = (one: number, other: number): boolean => [16, 8, 0].every((bits) => Math.abs(((one >> bits) & 255) - ((other >> bits) & 255)) <= 3);
    for (const wanted of [0x7f7f7f, 0xff0000, 0x800080]) expect(fills.some((fill) => near(fill, wanted)), `${fills}`).to.equal(true);
    document.documentElement.style.setProperty('color-scheme', 'dark');
    try {
      const dark = await record({ root: place }).full();
      expect(fillOf(dark, dark.boxes[0]!)).to.equal(0x121212);
    } finally {
      document.documentElement.removeAttribute('style');
    }
  });

  it('follows right-to-left: bars grow to the left', async () => {
    show('<p dir="rtl" style="width:480px;font:16px monospace;margin:0">Ada</p>');
    const [[x, , width]] = areas(await record({ root: place }).full(), 'masked') as [[number, number, number]];
    expect(x + width).to.equal(Math.round(by('p').getBoundingClientRect().right / 4) * 4);
  });

  it('draws lines and frames as they are', async () => {
    show('<p style="border-bottom:2px solid #010203;margin:0;height:41px"></p><p style="border:1px solid #040506;border-radius:6px;height:40px"></p>');
    const frame = await record({ root: place }).full();
    const looks = frame.boxes.map((box) => frame.styles[box[8]]);
    expect(looks.some((look) => look?.[0] === 0x010203)).to.equal(true);
    expect(frame.boxes.find((box) => fillOf(frame, box) === 0x010203)![7]).to.equal(2);
    expect(looks.some((look) => look?.slice(0, 4).join() === [-1, 0x040506, 1, 6].join())).to.equal(true);
  });
});

describe('when something is sent', () => {
  it('sends nothing where nothing changed, and a delta where little did', async () => {
    show('<p data-care-unmask>One</p><p data-care-unmask>Two</p>');
    const recording = record({ root: place });
    await recording.full();
    expect(await recording.look()).to.deep.equal([]);
    by('p').firstChild!.nodeValue = 'Three';
    const deltas = await recording.look();
    const delta = deltas.at(-1)!;
    expect([delta.kind, delta.strings]).to.deep.equal(['delta', ['Three']]);
    expect(delta.boxes.length).to.be.lessThan(3);
    expect(delta.seq).to.equal(recording.frames.at(-2)!.seq + 1);
  });

  it('sends nothing while the patient types', async () => {
    show(
      '<style>input:focus,textarea:focus{border-color:red;background:lime}input:not(:placeholder-shown){background:red}</style><input placeholder="x"><textarea style="height:90px"></textarea><select><option>a<option>b</select><input type="checkbox"><div contenteditable style="height:40px;width:300px"></div>',
    );
    const recording = record({ root: place });
    await recording.full();
    const seen = recording.texts.length;
    for (const field of place.querySelectorAll<HTMLInputElement>('input,textarea,select')) {
      field.focus();
      field.value = field instanceof HTMLSelectElement ? 'b' : 'Ada Lovelace';
      field.setAttribute('value', 'Ada');
      if (field.type === 'checkbox') field.checked = true;
      for (const type of ['keydown', 'input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
    by('[contenteditable]').textContent = 'Ada';
    await recording.look();
    expect(recording.texts.length).to.equal(seen);
  });

  it('sends on a fixed grid only', async () => {
    show('<p data-care-unmask>0</p>');
    const times: number[] = [];
    const recording = record({ root: place, onFrame: () => times.push(recording.clock.now()) });
    for (let turn = 1; turn < 6; turn++) {
      await recording.clock.advance(37);
      by('p').textContent = String(turn);
      await recording.look();
    }
    expect(times.length).to.be.greaterThan(3);
    expect(times.every((time) => time % 125 === 0)).to.equal(true);
    expect(new Set(times).size).to.equal(times.length);
  });

  it('stops at once, and for good', async () => {
    show('<p data-care-unmask>One</p>');
    const recording = record({ root: place });
    await recording.full();
    by('p').textContent = 'Two';
    await recording.clock.advance(125);
    const seen = recording.texts.length;
    recording.recorder.stop();
    expect(recording.clock.pending).to.be.lessThan(2);
    await recording.clock.advance(5000);
    expect(recording.texts.length).to.equal(seen);
    expect(recording.clock.pending).to.equal(0);
  });

  it('pauses, drops the frame and says so where a frame cannot be made', async () => {
    show('<p>x</p>');
    const recording = record({ root: place });
    await recording.full();
    const { getComputedStyle } = window;
    const broken = place.appendChild(document.createElement('p'));
    Object.defineProperty(broken, 'getBoundingClientRect', { value: () => ({ left: NaN, top: 0, right: NaN, bottom: 9 }) });
    broken.style.background = 'red';
    Object.defineProperty(broken, 'matches', { value: () => { throw new Error('no'); } });
    const seen = recording.texts.length;
    for (let turn = 0; turn < 60 && recording.faults.length === 0; turn++) {
      await recording.clock.advance(125);
      await new Promise(requestAnimationFrame);
    }
    expect(recording.faults.length).to.equal(1);
    expect(recording.texts.length).to.equal(seen);
    expect(window.getComputedStyle).to.equal(getComputedStyle);
    broken.remove();
    recording.recorder.resume();
    expect((await recording.full()).kind).to.equal('full');
  });

  it('patches no global of the page', async () => {
    const holders = [window, document, Node.prototype, Element.prototype, HTMLElement.prototype, HTMLInputElement.prototype, HTMLTextAreaElement.prototype, HTMLSelectElement.prototype, Document.prototype, ShadowRoot.prototype, EventTarget.prototype, CSSStyleSheet.prototype, CSSStyleDeclaration.prototype, MutationObserver.prototype, History.prototype, XMLHttpRequest.prototype, Storage.prototype, CanvasRenderingContext2D.prototype, HTMLCanvasElement.prototype];
    const snapshot = (): Map<string, string> =>
      new Map(
        holders.flatMap((holder, index) =>
          Object.entries(Object.getOwnPropertyDescriptors(holder)).map(([name, { value, get, set }]) => [
            `${index}.${name}`,
            [value, get, set].map((one) => (typeof one === 'function' ? /\[native code\]/.test(Function.prototype.toString.call(one)) : typeof one)).join(),
          ]),
        ),
      );
    show('<p>x</p>');
    const before = snapshot();
    const recording = record();
    await recording.full();
    // Firefox makes its own globals when they are first used: what is new has to be the browser's.
    const changed = [...snapshot()].filter(([name, kinds]) => (before.has(name) ? before.get(name) !== kinds : kinds.includes('false') && !name.includes('__')));
    expect(changed.map(([name]) => name).slice(0, 9)).to.deep.equal([]);
    expect(document.querySelector('[data-cobrowse]')).to.equal(null);
  });
});

describe('the picture', () => {
  it('has its boxes where the page has them', async () => {
    show('<div style="position:relative;height:400px"><button data-care-unmask style="position:absolute;left:80px;top:120px;width:160px;height:40px">Send request</button></div>');
    const recording = record();
    await recording.full();
    const container = document.createElement('div');
    container.style.cssText = 'position:fixed;left:0;top:0;width:2000px;height:2000px;';
    document.body.append(container);
    const replay = createReplay(container);
    try {
      expect(replay.receive(recording.texts.at(-1)!)).to.equal('drawn');
      const text = [...container.querySelectorAll('.cobrowse-text')].find((one) => one.textContent === 'Send request')!;
      const range = document.createRange();
      range.selectNodeContents(by('button'));
      const [real, drawn] = [range.getBoundingClientRect(), text.getBoundingClientRect()];
      for (const side of ['left', 'top', 'right', 'bottom'] as const) expect(Math.abs(real[side] - drawn[side]), side).to.be.below(5);
    } finally {
      replay.stop();
      container.remove();
    }
  });
});
