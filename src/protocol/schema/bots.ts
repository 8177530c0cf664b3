/** What a bot says beyond text, and what a visitor answers to it without typing (README §5.1). */
import { Type } from 'typebox';
import { id, oneOf, text } from './common.js';

export const ButtonDoes = oneOf(
  ['reply', 'url', 'call', 'handoff', 'form', 'checker', 'department'],
  'reply: an answer to the bot; url: a link; call: a telephone number; handoff: a person takes over; form, checker: opens it; department: a person of that department takes over.',
);

export const Button = Type.Object({
  id: id('Unique in the message.'),
  label: Type.String({ minLength: 1, maxLength: 80, description: 'What it says. Plain text.' }),
  style: Type.Optional(oneOf(['primary', 'quiet'], 'How much it stands out.')),
  do: ButtonDoes,
  to: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'url: the address; call: the number; form, checker, department: its id.' })),
}, { $id: 'Button', description: 'Something to press.' });

export const ButtonsPart = Type.Object({
  kind: Type.Literal('buttons'),
  mode: oneOf(['once', 'many'], 'once: the first press is the answer; many: it can be pressed again.'),
  buttons: Type.Array(Button, { minItems: 1, maxItems: 20 }),
  fallback: text(8000, 'The same as numbered text: "(1) Sales (2) Support".'),
}, { $id: 'ButtonsPart', description: 'Buttons under a bot\'s words.' });

export const ActionBody = Type.Object({
  target: Type.Integer({ minimum: 1, maximum: 9007199254740991, description: 'Seq of the message whose button was pressed.' }),
  buttonId: id('The button.'),
  label: Type.String({ minLength: 1, maxLength: 80, description: 'What the button said.' }),
}, { $id: 'ActionBody', description: 'kind `action`: a button was pressed.' });

export const EscalatedBody = Type.Object({
  cause: oneOf(['visitor', 'bot', 'failed', 'checker'], 'visitor: asked for a person; bot: the bot hands over; failed: the bot could not answer; checker: what a symptom check came to is for people.'),
  reason: Type.Optional(text(500, 'What it is about, as said by who asked.')),
  departmentId: Type.Optional(id('Department that takes over.')),
}, { $id: 'EscalatedBody', description: 'kind `escalated`: a person takes over from the bot.' });

export const ActionSubmit = Type.Object({ kind: Type.Literal('action'), target: Type.Integer({ minimum: 1, maximum: 9007199254740991, description: 'Seq of the message.' }), buttonId: id('The button.') }, { $id: 'ActionSubmit', description: 'A button of a message was pressed.' });
export const EscalateSubmit = Type.Object({ kind: Type.Literal('escalate'), reason: Type.Optional(text(500, 'What it is about.')), departmentId: Type.Optional(id('Department.')) }, { $id: 'EscalateSubmit', description: 'The visitor wants a person instead of the bot.' });
