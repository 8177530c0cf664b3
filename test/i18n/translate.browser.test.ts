import { expect } from '@open-wc/testing';
import { createTranslate, directionOf, pickLanguage } from '../../src/i18n/translate.js';

describe('translate', () => {
  const messages = { hello: 'Hello {name}', unread: { one: '{n} new message', other: '{n} new messages' } } as const;

  it('fills parameters, and leaves a parameter that is missing visible', () => {
    const t = createTranslate('en', messages);
    expect(t('hello', { name: 'Ana' })).to.equal('Hello Ana');
    expect(t('hello')).to.equal('Hello {name}');
  });

  it('picks the plural category of the language and formats the number', () => {
    const t = createTranslate('en', messages);
    expect([t('unread', { n: 1 }), t('unread', { n: 1200 })]).to.deep.equal(['1 new message', '1,200 new messages']);
    const arabic = createTranslate('ar', { unread: { zero: 'z', one: 'o', two: 't', few: 'f', many: 'm', other: 'x' } });
    expect([0, 1, 2, 3, 11, 100].map((n) => arabic('unread', { n }))).to.deep.equal(['z', 'o', 't', 'f', 'm', 'x']);
  });

  it('does not expand markers that a parameter brings along', () => {
    expect(createTranslate('en', { a: '{x}{y}' })('a', { x: '{y}', y: '1' })).to.equal('{y}1');
  });
});

describe('languages', () => {
  it('prefers the exact tag, then the primary subtag, then the first offered', () => {
    expect(pickLanguage(['es-MX'], ['en', 'es', 'ar'])).to.equal('es');
    expect(pickLanguage(['fr', 'ar-EG'], ['en', 'es', 'ar'])).to.equal('ar');
    expect(pickLanguage(['xx'], ['en', 'es'])).to.equal('en');
  });

  it('knows which languages run from right to left', () => {
    expect([directionOf('ar-EG'), directionOf('he'), directionOf('es')]).to.deep.equal(['rtl', 'rtl', 'ltr']);
  });
});
