/** Any brand colour becomes readable, and every pair of our own colours is: measured in the browser's own computed colours. */
import { expect } from '@open-wc/testing';
import { toSheet } from '../../src/ui/css.js';
import { tokens } from '../../src/ui/tokens.js';

type Rgb = readonly [number, number, number];

const luminance = (rgb: Rgb): number => {
  const [r, g, b] = rgb.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: Rgb, b: Rgb): number => {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return x > y ? x / y : y / x;
};

describe('tokens', () => {
  let box: HTMLElement;
  const root = document.createElement('div');

  before(() => {
    box = document.createElement('div');
    const shadow = box.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [toSheet(`${tokens} i { color: color-mix(in srgb, var(--probe), var(--probe)); }`)];
    root.className = 'care-root';
    shadow.append(root);
    document.body.append(box);
  });
  after(() => box.remove());

  /** A token as the browser would paint it: sRGB, each channel cut to what a screen has. */
  const read = (token: string): Rgb => {
    const probe = document.createElement('i');
    probe.style.setProperty('--probe', `var(${token})`);
    root.append(probe);
    const computed = getComputedStyle(probe).color;
    probe.remove();
    const scale = computed.startsWith('rgb') ? 255 : 1;
    const numbers = computed.match(/-?[\d.]+(?:e-?\d+)?/g)!.slice(0, 3).map((n) => Math.min(1, Math.max(0, Number(n) / scale)));
    return numbers as unknown as Rgb;
  };

  const setScheme = (scheme: string): void => box.style.setProperty('color-scheme', scheme);

  it('makes every brand colour of the sRGB cube readable, as a fill and as text', () => {
    const failures: string[] = [];
    for (const scheme of ['light', 'dark']) {
      setScheme(scheme);
      for (let r = 0; r <= 255; r += 51) {
        for (let g = 0; g <= 255; g += 51) {
          for (let b = 0; b <= 255; b += 51) {
            const brand = `rgb(${r} ${g} ${b})`;
            box.style.setProperty('--care-brand', brand);
            const fill = contrast(read('--c-fill'), read('--c-on'));
            const ink = Math.min(...['--c-bg', '--c-surface', '--c-bubble'].map((token) => contrast(read('--c-ink'), read(token))));
            if (fill < 4.5 || ink < 4.5) failures.push(`${scheme} ${brand}: fill ${fill.toFixed(2)}, ink ${ink.toFixed(2)}`);
          }
        }
      }
    }
    box.style.removeProperty('--care-brand');
    expect(failures).to.deep.equal([]);
  });

  it('leaves a readable brand colour as it is', () => {
    setScheme('light');
    box.style.setProperty('--care-brand', 'rgb(14 102 96)');
    expect(read('--c-fill').map((c) => Math.round(c * 255))).to.deep.equal([14, 102, 96]);
    box.style.removeProperty('--care-brand');
  });

  const pairs: readonly (readonly [text: string, on: string, atLeast: number])[] = [
    ['--c-text', '--c-bg', 7], ['--c-text', '--c-surface', 7], ['--c-text', '--c-bubble', 7],
    ['--c-muted', '--c-bg', 4.5], ['--c-muted', '--c-surface', 4.5], ['--c-muted', '--c-bubble', 4.5],
    ['--c-danger', '--c-danger-bg', 4.5], ['--c-danger', '--c-bg', 4.5], ['--c-danger', '--c-surface', 4.5],
    ['--c-notice', '--c-notice-bg', 4.5], ['--c-on', '--c-fill', 4.5], ['--c-edge', '--c-bg', 3], ['--c-edge', '--c-surface', 3], ['--c-good', '--c-surface', 3],
  ];
  for (const scheme of ['light', 'dark']) {
    it(`has enough contrast in every pair, ${scheme}`, () => {
      setScheme(scheme);
      const low = pairs.filter(([text, on, atLeast]) => contrast(read(text), read(on)) < atLeast).map(([text, on]) => `${text} on ${on}: ${contrast(read(text), read(on)).toFixed(2)}`);
      expect(low).to.deep.equal([]);
    });
  }
});
