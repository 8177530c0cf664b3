/** The Bot API: what the server posts to an external bot, and what that answers (src/bots/README.md). Not part of the wire to visitors. */
import { Type } from 'typebox';
import { Lang, at, id, text } from './common.js';
import { Button } from './bots.js';

const said = Type.String({ minLength: 1, maxLength: 8000, description: 'Plain text.' });

export const BotStartInput = Type.Object({ kind: Type.Literal('start'), text: Type.Optional(said) }, { $id: 'BotStartInput', description: 'The conversation begins, staff gave it back, or a symptom check was handed over in it that is for the bot. `text`: what the visitor wrote to open it.' });
export const BotMessageInput = Type.Object({ kind: Type.Literal('message'), text: said }, { $id: 'BotMessageInput', description: 'The visitor wrote.' });
export const BotActionInput = Type.Object({ kind: Type.Literal('action'), buttonId: id('The button, as the bot named it.'), label: Type.String({ minLength: 1, maxLength: 80, description: 'What it said.' }), text: Type.Optional(said) }, { $id: 'BotActionInput', description: 'The visitor pressed a button, or named one in a text, which is in `text` then.' });

export const BotFormInput = Type.Object({ kind: Type.Literal('form'), buttonId: id('The button that opened it, as the bot named it.'), form: id('The form.') }, { $id: 'BotFormInput', description: 'The visitor has answered a form that a button of the bot opened. The answers are for staff.' });

export const BotRequest = Type.Object({
  v: Type.Literal(1),
  turnId: id('Of this turn: the same in every try, also in the header `idempotency-key`.'),
  botId: id('The bot, as configured.'),
  widgetId: id('The widget.'),
  conversationId: id('The conversation; nothing of another one is ever sent.'),
  locale: Lang,
  at: at('When the visitor did it.'),
  input: Type.Union([BotStartInput, BotMessageInput, BotActionInput, BotFormInput]),
}, { $id: 'BotRequest', description: 'Body of the webhook: one turn of one conversation.' });

export const BotTurn = Type.Object({
  text: Type.Optional(said),
  mode: Type.Optional(Type.Unsafe<'once' | 'many'>({ type: 'string', enum: ['once', 'many'], description: 'Of the buttons; default once.' })),
  buttons: Type.Optional(Type.Array(Button, { minItems: 1, maxItems: 19, description: 'The server adds "Talk to a person" where no button does.' })),
  link: Type.Optional(Type.Object({ label: Type.String({ minLength: 1, maxLength: 80, description: 'What it says.' }), url: Type.String({ minLength: 1, maxLength: 500, description: 'https, mailto, tel, or a path of the clinic\'s site.' }) })),
}, { $id: 'BotTurn', description: 'Something the bot says; at least one of text, buttons and link.' });

export const BotAnswer = Type.Object({
  turns: Type.Array(BotTurn, { maxItems: 10, description: 'In this order. At least one, unless `handoff` is there or the button that was pressed opens a checker: else a person takes over.' }),
  handoff: Type.Optional(Type.Object({ reason: Type.Optional(text(500, 'For staff.')), departmentId: Type.Optional(id('Department that takes over.')) }, { description: 'A person takes over, behind the turns.' })),
}, { $id: 'BotAnswer', description: 'Answer of the webhook, 200 with `application/json`.' });
