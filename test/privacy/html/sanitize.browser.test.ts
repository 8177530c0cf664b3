/** Hostile and ordinary markup through the one door: what comes out has only what the list names, and nothing runs. */
import { expect } from '@open-wc/testing';
import { sanitizeToFragment } from '../../../src/privacy/html/sanitize.js';

const allowed = new Set(['P', 'BR', 'B', 'STRONG', 'I', 'EM', 'UL', 'OL', 'LI', 'A', 'H3', 'H4']);
const attributes = new Set(['href', 'rel', 'target']);

const hostile: readonly string[] = [
  '<script>window.pwned=1</script>', '<img src=x onerror="window.pwned=1">', '<svg onload="window.pwned=1"><script>window.pwned=1</script></svg>', '<p onclick="window.pwned=1">x</p>',
  '<a href="javascript:window.pwned=1">x</a>', '<a href="JaVaScRiPt&colon;window.pwned=1">x</a>', '<a href=" &#1;javascript:window.pwned=1">x</a>', '<a href="java\nscript:window.pwned=1">x</a>', '<a href="data:text/html,<script>window.pwned=1</script>">x</a>',
  '<a href="vbscript:x">x</a>', '<a href="blob:https://x/y">x</a>', '<a href="//evil.example">x</a>', '<a href="/logout">x</a>', '<a href="#x">x</a>', '<a href="https://x" target="_self" rel="opener" ping="https://evil.example" id="a" class="b" style="position:fixed">x</a>',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>', '<object data="x"></object><embed src="x">', '<form action="https://evil.example"><input name="q"><button formaction="javascript:1">x</button></form>',
  '<style>*{display:none}</style>', '<link rel="stylesheet" href="https://evil.example">', '<meta http-equiv="refresh" content="0;url=https://evil.example">', '<base href="https://evil.example">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;">', '<svg></p><style><a id="</style><img src=1 onerror=window.pwned=1>">', '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">',
  '<template><img src=x onerror=window.pwned=1></template>', '<div><p>a<div>b</p></div>', '<a><b><a href="https://x"><i></b></a>', '<p id="body" name="cookie">clobber</p>', '<h3 style="position:fixed;inset:0" class="care-root" data-x="1" aria-label="x" role="alert">x</h3>',
  '<video><source onerror="window.pwned=1"></video>', '<details open ontoggle="window.pwned=1">x</details>', '<xmp><img src=x onerror=window.pwned=1></xmp>', '<isindex action=javascript:1>', '<textarea></textarea><script>window.pwned=1</script>', '<p is="x-evil">x</p>', '<x-evil>y</x-evil>', '<!--><img src=x onerror=window.pwned=1>-->', '\u0000<scr\u0000ipt>window.pwned=1</script>',
];

const show = (html: string): HTMLElement => {
  const box = document.createElement('div');
  box.append(sanitizeToFragment(html));
  document.body.append(box);
  return box;
};
const waitForPaint = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

describe('sanitizing markup', () => {
  for (const html of hostile) {
    it(`makes harmless: ${html.slice(0, 60)}`, async () => {
      const box = show(html);
      await waitForPaint();
      for (const element of box.querySelectorAll('*')) {
        expect(allowed.has(element.tagName), element.tagName).to.equal(true);
        for (const { name } of element.attributes) expect(attributes.has(name), name).to.equal(true);
        if (element.hasAttribute('href')) expect(element.getAttribute('href')).to.match(/^(https?:\/\/|mailto:|tel:)/);
      }
      expect((globalThis as Record<string, unknown>)['pwned']).to.equal(undefined);
      box.remove();
    });
  }

  it('keeps what a consent text needs', () => {
    const html = '<h3>Your data</h3><p>We keep <strong>messages</strong> <em>30 days</em>.<br><b>No</b> <i>ads</i>.</p><ul><li>one</li></ul><ol><li>two</li></ol><h4>More</h4>';
    const box = show(html);
    expect(box.innerHTML).to.equal(html);
    box.remove();
  });

  it('opens links elsewhere, without handing over where from', () => {
    const box = show('<a href="https://clinic.example/privacy">privacy</a><a href="tel:+15550100">call</a><a href="mailto:a@clinic.example">mail</a>');
    const links = [...box.querySelectorAll('a')];
    expect(links.map((link) => link.getAttribute('href'))).to.deep.equal(['https://clinic.example/privacy', 'tel:+15550100', 'mailto:a@clinic.example']);
    for (const link of links) expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    box.remove();
  });

  it('keeps the words of elements that it takes out', () => {
    const box = show('<section><p>one <u>two</u></p></section>');
    expect(box.textContent).to.equal('one two');
    box.remove();
  });

  it('takes plain text as it is', () => {
    expect(sanitizeToFragment('5 < 6 & 7 > 3').textContent).to.equal('5 < 6 & 7 > 3');
    expect(sanitizeToFragment('').childNodes.length).to.equal(0);
  });
});
