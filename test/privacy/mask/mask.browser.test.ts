/** Cards and social security numbers are found in any spelling; clinical numbers are left alone; time stays linear. */
import { expect } from '@open-wc/testing';
import { findSensitive } from '../../../src/privacy/mask/find-sensitive.js';
import { maskText } from '../../../src/privacy/mask/mask-text.js';

// Published test numbers of the payment industry, and SSNs from ranges used in samples.
const cases: readonly [text: string, masked: string][] = [
  ['card 4242 4242 4242 4242 please', 'card XXXX XXXX XXXX 4242 please'],
  ['4242424242424242', 'XXXXXXXXXXXX4242'],
  ['4242-4242-4242-4242.', 'XXXX-XXXX-XXXX-4242.'],
  ['3782 822463 10005', 'XXXX XXXXXX X0005'],
  ['5555555555554444 and 6011111111111117', 'XXXXXXXXXXXX4444 and XXXXXXXXXXXX1117'],
  ['4242\u200b4242\u200b4242\u200b4242', 'XXXX\u200bXXXX\u200bXXXX\u200b4242'],
  ['４２４２４２４２４２４２４２４２', 'XXXXXXXXXXXX４２４２'],
  ['٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢', 'XXXXXXXXXXXX٤٢٤٢'],
  ['room 12 4242 4242 4242 4242 12/27', 'room 12 XXXX XXXX XXXX 4242 12/27'],
  ['4242 4242 4242 4242 123', 'XXXX XXXX XXXX 4242 123'],
  ['my ssn is 219-09-9998', 'my ssn is XXX-XX-XXXX'],
  ['219 09 9998', 'XXX XX XXXX'],
  ['219.09.9998', 'XXX.XX.XXXX'],
  ['219–09–9998', 'XXX–XX–XXXX'],
  ['social security: 219099998', 'social security: XXXXXXXXX'],
  ['SSN 900-12-3456 (typo)', 'SSN XXX-XX-XXXX (typo)'],
];

const untouched: readonly string[] = [
  'BP 150/95, pulse 72, 98.6 F', 'take 500 mg 2 times for 10 days', 'call 911 or 988', 'my number is (415) 555-0132', '+1 415 555 0132', '11/21/2026', '2026-11-21 10:30', 'ZIP 94110-1234', 'order 4242424242424241', '0000 0000 0000 0000',
  '219099998', '000-12-3456', '666-12-3456', '900-12-3456', '219-00-9998', '219-09-0000', 'ICD E11.65, LOINC 4548-4', 'NDC 0002-8215-01', '123-45-67890', '1-219-09-9998-1', 'version 1.2.3.4', '12345678901234567890123', 'PHQ-9 14, GAD-7 9',
];

describe('finding what is sensitive', () => {
  for (const [text, masked] of cases) it(`masks ${text}`, () => expect(maskText(text, ['card', 'ssn'])).to.equal(masked));
  for (const text of untouched) it(`leaves ${text}`, () => expect(maskText(text, ['card', 'ssn'])).to.equal(text));

  it('says kind and place', () => {
    expect(findSensitive('a 219-09-9998 b 4242424242424242')).to.deep.equal([{ kind: 'ssn', start: 2, end: 13 }, { kind: 'card', start: 16, end: 32 }]);
  });

  it('masks only the kinds that are asked for', () => {
    expect(maskText('219-09-9998 4242424242424242', ['card'])).to.equal('219-09-9998 XXXXXXXXXXXX4242');
  });

  it('reads 100,000 characters of the worst kind in well under a second', () => {
    for (const part of ['4242 4242 4242 4241 ', '1 ', '1', '219-09-', 'ssn ', '1.', '\u200b1']) {
      const text = part.repeat(Math.ceil(100_000 / part.length));
      const before = performance.now();
      findSensitive(text);
      expect(performance.now() - before, JSON.stringify(part)).to.be.below(500);
    }
  });
});
