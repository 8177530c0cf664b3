/** A page whose scripts do not run: the ways to reach the clinic stand inside <care-chat>, and are the page's own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useStage } from './stage.js';

describe('without JavaScript', () => {
  const stage = useStage();

  it('what stands inside the element is there to read and to use, on each page, where it stands', async (test) => {
    const { page, at } = await stage.patient().then((patient) => ({ page: patient.page, at: (path: string) => patient.at(path) }));
    if (!page.can('withoutScripts')) return test.skip(`${page.engine} cannot be asked to run no script`);
    await page.withoutScripts();
    for (const path of ['/', '/appointments/', '/refill/', '/billing/', '/contact/', '/find-a-doctor/']) {
      await page.goto(at(path));
      const words = await page.css('care-chat p').waitFor((match) => match.isVisible);
      assert.match(words.text, /You can always call us on 555-0100/);
      const link = await page.css('care-chat a[href^="tel:"]').waitFor((match) => match.isVisible);
      assert.ok(link.isEnabled);
      const { isPlain, isBelow } = await page.evaluate(() => {
        const chat = document.querySelector('care-chat') as HTMLElement;
        const foot = document.querySelector('footer') as HTMLElement;
        return { isPlain: chat.shadowRoot === null, isBelow: (chat.querySelector('p') as HTMLElement).getBoundingClientRect().top >= foot.getBoundingClientRect().bottom };
      });
      assert.ok(isPlain, 'no script has run');
      assert.ok(isBelow, 'after the footer, as in the markup');
    }
  });
});
