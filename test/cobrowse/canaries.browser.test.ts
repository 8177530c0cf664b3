/** A secret stands in everything that a page has, and in nothing that is sent. */
import { expect } from '@open-wc/testing';
import { canaryPage, canarySteps } from '../support/browser/canary-page.js';
import { record, stopAll, textsOf } from '../support/browser/cobrowse-lab.js';
import { formsFound, makeSecret, randomFrom } from '../support/shared/canaries.js';

describe('canaries', () => {
  it('are found by the search, in whatever form', () => {
    const secret = 'qxzjkwzqxj';
    const forms = [secret, secret.toUpperCase(), `a${secret.slice(2, 5)}b`, [...secret].reverse().join(''), btoa(secret), btoa(`12${secret}`), btoa(`1${secret}34`), encodeURIComponent(secret), '7178', ...['hex', 'codes'].map((kind) => [...secret].map((char) => (kind === 'hex' ? char.charCodeAt(0).toString(16) : char.charCodeAt(0))).join(kind === 'hex' ? '' : ','))];
    for (const form of forms) expect(formsFound(secret, `{"strings":["${form}"]}`).length > 0, form).to.equal(form !== '7178');
    expect(formsFound(secret, '{"v":1,"seq":0,"kind":"full","view":[],"strings":["Refill request","Public"],"styles":[],"boxes":[],"removed":[]}')).to.deep.equal([]);
  });

  it('do not get into any frame', async function () {
    this.timeout(90_000);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = randomFrom(seed);
    const page = canaryPage();
    try {
      const recording = record();
      const planted: (readonly [name: string, secret: string])[] = [];
      for (const [step, channels] of canarySteps.entries()) {
        for (const { name, plant } of channels) {
          const secret = makeSecret(random);
          await plant(secret, page.place);
          planted.push([name, secret]);
        }
        // The page is longer than a window: everything is seen once.
        for (let top = 0; top < document.documentElement.scrollHeight; top += 1000) {
          window.scrollTo(0, top);
          const frame = await recording.full();
          if (step === 0 && top === 0) expect(textsOf(frame)).to.include('Refill request');
        }
      }
      expect(planted.length).to.be.greaterThan(250);
      expect(recording.faults).to.deep.equal([]);
      const sent = recording.texts.join('\n');
      const found = planted.flatMap(([name, secret]) => formsFound(secret, sent).map((form) => `${name} (${form})`));
      expect(found, `seed ${seed}`).to.deep.equal([]);
      expect(new Set(recording.frames.flatMap((frame) => frame.strings)).size).to.be.greaterThan(1);
    } finally {
      stopAll();
      await page.remove();
      window.scrollTo(0, 0);
    }
  });
});
