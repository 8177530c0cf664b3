/** Forms in a conversation (README §5.2), for widgets whose discovery names some. */
import type { FormAnsweredBody, FormContent } from '../../protocol/types.js';
import { answerForm } from '../answer-form.js';
import { bot, core, type Case } from '../case.js';
import { expectEqual, NotApplicable } from '../expect.js';
import type { World } from '../world.js';
import { came, page } from './steps.js';

const read = async (world: World, id: string) => world.rest.request('GET', await world.address(`/forms/${id}?widget=${(await world.discovery()).widget.id}`));

/** A form of the widget, filled in: the first, or as a rating the one that is offered for it. */
async function filled(world: World, purpose: 'in-chat' | 'rating' = 'in-chat'): Promise<{ readonly id: string; readonly body: FormAnsweredBody }> {
  const { forms = [], rating } = (await world.discovery()).widget;
  const id = purpose === 'rating' ? rating : forms[0];
  if (id === undefined) throw new NotApplicable(`the widget has no form (purpose ${purpose})`);
  const { questionnaire } = world.rest.accepted<FormContent>(await read(world, id), [200], 'FormContent', `the form ${id}`);
  return { id, body: answerForm(questionnaire, purpose) };
}

const answer = (world: World, stream: string, form: FormAnsweredBody) => ({ stream, cmid: world.random.id('form-'), ev: { kind: 'form' as const, form } });

/** The cases. */
export const formCases: readonly Case[] = [
  core('S-5.17', 'forms are read by their id, and no other', async (world) => {
    await filled(world);
    world.rest.refused(await read(world, 'no-such-form'), 404, ['not-found'], 'a form that the widget does not have');
  }),
  core('S-5.18', 'a form is answered in a conversation as it was filled in; another form, and one that does not fit, are not', async (world) => {
    const { body } = await filled(world);
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const { seq } = await world.put(visitor, answer(world, id, body));
    const { events } = await page(world, visitor, id, `after=${seq - 1}`);
    expectEqual([events[0]?.kind, events[0]?.d], ['form.answered', body], 'the event');
    const other = { ...body, form: { questionnaire: 'urn:kit:no-such-form|0' }, response: { ...body.response, questionnaire: 'urn:kit:no-such-form|0' } };
    world.rest.refused(await world.post(visitor, answer(world, id, other)), 409, ['form-version'], 'a form that the widget does not have');
    const wrong = { ...body, response: { ...body.response, item: [{ linkId: 'no-such-question', answer: [{ valueString: 'x' }] }] } };
    world.rest.refused(await world.post(visitor, answer(world, id, wrong)), 422, ['invalid'], 'an answer to a question that the form does not have');
  }),
  bot('S-5.19', 'a form names no button that does not open it', async (world) => {
    const { body } = await filled(world);
    if (!(await world.discovery()).caps.includes('bot.buttons')) throw new NotApplicable('capability `bot.buttons` is not served at this widget');
    const visitor = await world.visitor();
    const socket = await world.live({ ...visitor, caps: ['batch', 'typing', 'bot.buttons'] });
    const { id } = await world.conversation(visitor);
    const turn = await came(socket, id, ({ kind, by, d }) => kind === 'message' && by.role === 'bot' && 'parts' in d && d.parts.some((part) => part.kind === 'buttons'));
    for (const asked of [{ target: turn.seq, buttonId: 'no-such-button' }, { target: 1, buttonId: 'no-such-button' }]) {
      world.rest.refused(await world.post(visitor, answer(world, id, { ...body, asked })), 422, ['invalid'], 'a form for a button that is not there');
    }
    await world.put(visitor, answer(world, id, body));
  }),
  core('S-5.21', 'an ended conversation takes a rating, the last of several too, and no other form', async (world) => {
    const { body } = await filled(world, 'rating');
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    await world.put(visitor, { stream: id, cmid: world.random.id('close-'), ev: { kind: 'close' } });
    await world.put(visitor, answer(world, id, body));
    const { seq } = await world.put(visitor, answer(world, id, body));
    const { events } = await page(world, visitor, id, `after=${seq - 1}`);
    expectEqual([events[0]?.kind, events[0]?.d], ['form.answered', body], 'the event');
    const other = { ...body, form: { questionnaire: 'urn:kit:no-such-form|0' }, response: { ...body.response, questionnaire: 'urn:kit:no-such-form|0' } };
    world.rest.refused(await world.post(visitor, answer(world, id, other)), 409, ['form-version'], 'another form as a rating');
    world.rest.refused(await world.post(visitor, answer(world, id, { ...body, purpose: 'in-chat' })), 409, ['closed-conversation'], 'a form that is no rating, in an ended conversation');
  }),
];
