/** Markdown of form authors through the one door: what they mean shows, and nothing of it runs. */
import { expect } from '@open-wc/testing';
import { renderMarkup } from '../../../src/privacy/html/render-markup.js';

const boxOf = (source: string): HTMLElement => {
  const box = document.createElement('div');
  const fragment = renderMarkup('markdown', source);
  if (fragment) box.append(fragment);
  return box;
};
const link = (href: string, text: string): string => `<a href="${href}" rel="noopener noreferrer" target="_blank">${text}</a>`;

const meant: readonly [name: string, markdown: string, html: string][] = [
  ['one paragraph, which can stand in a label', 'Do you *often* feel **very** tired?', 'Do you <em>often</em> feel <strong>very</strong> tired?'],
  ['the other signs of emphasis', '__Now__ and _then_', '<strong>Now</strong> and <em>then</em>'],
  ['emphasis within emphasis', '**Call *now* please**', '<strong>Call <em>now</em> please</strong>'],
  ['signs that are only signs', '5 * 3 * 2 and snake_case_name and 2 ** 3', '5 * 3 * 2 and snake_case_name and 2 ** 3'],
  ['signs that are taken back', '\\*not emphasis\\* and 1\\. no list', '*not emphasis* and 1. no list'],
  ['two paragraphs, and a line that goes on', 'One\ntwo\n\nthree', '<p>One two</p><p>three</p>'],
  ['a break', 'One  \ntwo\\\nthree', 'One<br>two<br>three'],
  ['a list beneath a sentence', 'Any of these:\n- fever\n- *bad* cough\n\nIn the last week', '<p>Any of these:</p><ul><li>fever</li><li><em>bad</em> cough</li></ul><p>In the last week</p>'],
  ['a list in a list', '1. one\n   - a\n   - b\n2) two', '<ol><li><p>one</p><ul><li>a</li><li>b</li></ul></li><li>two</li></ol>'],
  ['a list of another kind behind it', '- a\n1. b', '<ul><li>a</li></ul><ol><li>b</li></ol>'],
  ['headings', '# Big #\n### Small\ntext', '<h3>Big</h3><h4>Small</h4><p>text</p>'],
  ['rules and quotations', 'One\n\n---\n\n> two', '<p>One</p><p>two</p>'],
  ['links', '[Our clinic](https://clinic.example/a_b_c "t") or <tel:+15550100>', `${link('https://clinic.example/a_b_c', 'Our clinic')} or ${link('tel:+15550100', 'tel:+15550100')}`],
  ['emphasis in a link, and a link in emphasis', '[**a**](https://x.example) **[b](https://x.example)**', `${link('https://x.example', '<strong>a</strong>')} <strong>${link('https://x.example', 'b')}</strong>`],
  ['a picture as what it is called', 'Look: ![a thermometer](https://x.example/t.png)', 'Look: a thermometer'],
  ['code as its text', 'Type `*a* <b>` here', 'Type *a* &lt;b&gt; here'],
  ['numbers compared', 'Is it 5 < 6 & 7 > 3?', 'Is it 5 &lt; 6 &amp; 7 &gt; 3?'],
  ['ordinary HTML within', 'a<br>b <b>c_d_e</b>', 'a<br>b <b>c_d_e</b>'],
  ['nothing', '', ''],
];

const hostile: readonly string[] = [
  '[x](javascript:globalThis.pwned=1)', '[x](JaVaScRiPt:globalThis.pwned=1)', '[x](data:text/html,<script>globalThis.pwned=1</script>)', '[x](&#106;avascript:globalThis.pwned=1)', '<javascript:globalThis.pwned=1>', '[x](/logout)',
  '[x](https://x.example"onclick="globalThis.pwned=1)', '[x](https://x.example/"><img src=x onerror=globalThis.pwned=1>)', '![x](x"onerror="globalThis.pwned=1)', '![x](javascript:1)', '![<img src=x onerror=globalThis.pwned=1>](x)',
  '<script>globalThis.pwned=1</script>', '<img src=x onerror=globalThis.pwned=1>', '**<img src=x onerror=globalThis.pwned=1>**', '- <img src=x onerror=globalThis.pwned=1>', '# <svg onload=globalThis.pwned=1>', '`<img src=x onerror=globalThis.pwned=1>`',
  '<a href="https://x.example" onclick="**globalThis.pwned=1**">x</a>', '<a title="*" href="javascript:globalThis.pwned=1*">x</a>', '<b \n onclick=globalThis.pwned=1>x</b>', '<im**g src=x onerror=globalThis.pwned=1>**', '*<*img src=x onerror=globalThis.pwned=1>', '\\<img src=x onerror=globalThis.pwned=1>',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>', '<style>*{display:none}</style>', '<form><button formaction=javascript:globalThis.pwned=1>x</button></form>', '<details open ontoggle=globalThis.pwned=1>x</details>',
  '\uE0000\uE001 [a](https://x.example)', '\uE000<img src=x onerror=globalThis.pwned=1>\uE001', '<!-- --><img src=x onerror=globalThis.pwned=1>', '<math><mtext><table><mglyph><style><img src=x onerror=globalThis.pwned=1>',
];
const allowed = new Set(['P', 'BR', 'B', 'STRONG', 'I', 'EM', 'UL', 'OL', 'LI', 'A', 'H3', 'H4']);

describe('markdown', () => {
  for (const [name, source, html] of meant) it(`shows ${name}`, () => expect(boxOf(source).innerHTML).to.equal(html));

  for (const source of hostile) {
    it(`makes harmless: ${source.slice(0, 60)}`, async () => {
      const box = boxOf(source);
      document.body.append(box);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const element of box.querySelectorAll('*')) {
        expect(allowed.has(element.tagName), element.tagName).to.equal(true);
        for (const { name } of element.attributes) expect(['href', 'rel', 'target']).to.include(name);
        if (element.hasAttribute('href')) expect(element.getAttribute('href')).to.match(/^(https?:\/\/|mailto:|tel:)/);
      }
      expect((globalThis as Record<string, unknown>)['pwned']).to.equal(undefined);
      box.remove();
    });
  }

  it('comes to an end, whatever is repeated, and leaves what is too long to its plain text', () => {
    for (const part of ['*', '**a ', '[', '[a](', '`', '_a', '<', '\\', '> ', '- ', '1) ', '  - a\n', '![', '# ', '1) a\n   ', '<b']) boxOf(part.repeat(Math.floor(5000 / part.length)));
    expect(renderMarkup('markdown', 'a'.repeat(5000))).not.to.equal(null);
    expect(renderMarkup('markdown', 'a'.repeat(5001))).to.equal(null);
  });
});
