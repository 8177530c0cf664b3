/** Fields that are nobody's business: while one has the focus nothing is shown, and no value is ever proposed for one. Asks for marks and types, reads no value. */

const kinds = ['[type=password i]', '[type=file i]', '[type=hidden i]', '[autocomplete~=one-time-code i]', '[autocomplete~=current-password i]', '[autocomplete~=new-password i]', '[autocomplete*="cc-" i]',
  // Without the mark, as far as a name tells.
  ...['cardnumber', 'card-number', 'card_number', 'cvc', 'cvv', 'passwd', 'password', 'onetime', 'one-time'].flatMap((name) => [`[name*="${name}" i]`, `[id*="${name}" i]`])].join();

/** Whether an element is such a field. */
export const isPrivateField = (element: Element): boolean => element.matches(kinds);
