/** Links in a message: which addresses become one, and how much of the text around them. */
import { expect } from '@open-wc/testing';
import { html, render } from 'lit/html.js';
import { linkify } from '../../src/ui/linkify.js';

const shown = (text: string): HTMLElement => {
  const box = document.createElement('div');
  render(html`${linkify(text)}`, box);
  return box;
};
const links = (text: string): (string | null)[] => [...shown(text).querySelectorAll('a')].map((link) => link.textContent);

describe('links in a message', () => {
  it('gives a text without an address back as it is', () => {
    expect(linkify('Call 555-0100, or see clinic.example')).to.equal('Call 555-0100, or see clinic.example');
  });

  it('links http, https, mailto and tel, and nothing else', () => {
    expect(links('http://a.example https://b.example mailto:a@b.example tel:+15550100')).to.deep.equal(['http://a.example', 'https://b.example', 'mailto:a@b.example', 'tel:+15550100']);
    for (const bad of ['javascript:alert(1)', 'data:text/html,<b>', 'file:///etc/passwd', 'ftp://a.example', 'vbscript:x', 'javascript://%0aalert(1)', 'https://']) expect(links(bad), bad).to.deep.equal([]);
  });

  it('leaves out punctuation that ends the sentence, and loses none of the text', () => {
    for (const [text, link] of [['See https://a.example/x.', 'https://a.example/x'], ['(https://a.example/x?)', 'https://a.example/x'], ['«https://a.example»', 'https://a.example'], ['انظر https://a.example/x؟', 'https://a.example/x']] as const) {
      expect(links(text), text).to.deep.equal([link]);
      expect(shown(text).textContent).to.equal(text);
    }
  });

  it('shows the whole address, opens it in a window of its own and tells it nothing', () => {
    const link = shown('https://a.example/x').querySelector('a')!;
    expect(link.target).to.equal('_blank');
    expect(link.rel.split(' ')).to.include.members(['noopener', 'noreferrer']);
    expect(shown('tel:+15550100').querySelector('a')!.target).to.equal('');
  });

  it('takes markup for text', () => {
    const box = shown('<img src=x onerror=alert(1)> https://a.example/"><b>');
    expect(box.querySelector('img, b')).to.be.null;
    expect(box.querySelector('a')!.textContent).to.equal('https://a.example/');
  });
});
