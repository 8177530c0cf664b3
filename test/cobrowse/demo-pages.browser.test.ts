/** The pages of the demo clinic as the nurse sees them: what the clinic marked is readable, what it knows of the patient and what the patient puts in is not. */
import { expect } from '@open-wc/testing';
import { ofKind, record, stopAll, textsOf } from '../support/browser/cobrowse-lab.js';

interface Expected {
  readonly path: string;
  readonly shown: readonly string[];
  readonly hidden: readonly string[];
}

const pages: readonly Expected[] = [
  {
    path: 'refill',
    shown: ['Ask for a refill', 'Which medicine?', 'Another medicine', 'How many days will you still have enough? *', 'As it is written on the box, with its strength.', 'Have you had side effects?', 'To my home, by post', 'Address', 'What happens next?', 'Send the request', 'Appointments'],
    hidden: ['Maria', 'Lopez', '1950', '4711', 'Lisinopril', 'Metformin', 'Sertraline', 'Orchard Pharmacy', 'A nurse looks at your request'],
  },
  {
    path: 'appointments',
    shown: ['Appointments', 'Bring with you', 'Yearly check-up', 'Ask for a visit', 'Kind of visit *', 'In a few words. For a new symptom, chat with a nurse first.', 'In the afternoon', 'I need an interpreter'],
    hidden: ['Nwosu', 'Blood', '10:20', 'Your next visit', 'Please choose'],
  },
];
const secret = 'Qxzjkw';

describe('the demo\'s pages', () => {
  let place: HTMLElement;
  afterEach(() => {
    stopAll();
    place.remove();
    window.scrollTo(0, 0);
  });

  for (const { path, shown, hidden } of pages) {
    it(`${path}: shows what is marked, and nothing of a patient`, async () => {
      const answer = await fetch(`/demo/site/${path}/index.html`);
      expect(answer.ok).to.equal(true);
      const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html');
      place = document.createElement('div');
      // The chat and the scripts are not what is tried here.
      place.append(...[...parsed.body.children].filter((one) => one.localName !== 'care-chat'));
      document.body.append(place);
      // What the clinic wrote is what was there when it was shown; the patient fills in.
      const recording = record({ root: place });
      for (const field of place.querySelectorAll<HTMLInputElement>('input,textarea')) if (/^(text|textarea|tel)$/.test(field.type)) field.value = secret;
      const texts: string[] = [];
      for (let top = 0; top < document.documentElement.scrollHeight; top += 500) {
        window.scrollTo(0, top);
        const frame = await recording.full();
        texts.push(textsOf(frame));
        if (top === 0) expect(ofKind(frame, 'masked').length).to.be.greaterThan(0);
      }
      const seen = texts.join(' ');
      for (const text of shown) expect(seen.includes(text), text).to.equal(true);
      for (const text of [...hidden, secret]) expect(recording.texts.join().includes(text), text).to.equal(false);
      expect(recording.faults).to.deep.equal([]);
    });
  }
});
