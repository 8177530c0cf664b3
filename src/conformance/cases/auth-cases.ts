/** Origins, tokens and forms in depth (README §6). */
import { auth, type Case } from '../case.js';
import { NotApplicable, Skipped, expect, expectEqual } from '../expect.js';
import { pause } from '../rest.js';
import { alive, talk } from './steps.js';

/** The cases, in the order of the specification. */
export const authCases: readonly Case[] = [
  auth('S-6.2', 'a refresh that comes ten times at once gives one successor', async (world) => {
    const visitor = await world.visitor();
    const address = await world.address('/sessions/refresh');
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.rest.request('POST', address, { body: { refreshToken: visitor.refreshToken, deviceId: visitor.deviceId } })));
    const successors = new Set(answers.map((answer) => world.rest.accepted<{ readonly refreshToken: string }>(answer, [200], 'VisitorSession', 'one of ten').refreshToken));
    expectEqual(successors.size, 1, 'successors');
  }),
  auth('S-6.4', 'a token is for the device that it was given to', async (world) => {
    const [one, two] = [await talk(world, 1), await world.visitor()];
    const socket = await world.silent();
    socket.send(socket.greeting({ accessToken: one.visitor.accessToken, deviceId: two.deviceId }));
    const reply = await socket.reply(1);
    expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', 'token-invalid'], 'the answer');
  }),
  auth('S-6.4', 'a token that was changed by one letter is refused', async (world) => {
    const { accessToken } = await world.visitor();
    const middle = Math.floor(accessToken.length / 2);
    const changed = `${accessToken.slice(0, middle)}${accessToken[middle] === 'A' ? 'B' : 'A'}${accessToken.slice(middle + 1)}`;
    world.rest.refused(await world.rest.request('GET', await world.address('/conversations'), { token: changed }), 401, ['token-invalid'], 'a changed token');
  }),
  auth('S-6.6', 'the preflight is answered for an allowed origin only', async (world) => {
    const ask = async (origin: string) => world.rest.request('OPTIONS', await world.address('/conversations'), { headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' } });
    for (const origin of ['https://evil.invalid', 'null']) expect((await ask(origin)).headers.get('access-control-allow-origin') === null, `${origin} is allowed by the preflight`);
    if (world.origin === undefined) throw new Skipped('needs --origin for the rest');
    const { status, headers } = await ask(world.origin);
    expect(status >= 200 && status < 300, `the preflight was answered with ${status}`);
    const allowed = (headers.get('access-control-allow-headers') ?? '').toLowerCase();
    expect(headers.get('access-control-allow-origin') === world.origin && allowed.includes('authorization') && allowed.includes('content-type'), 'the origin or the headers are not allowed');
    expect(headers.get('access-control-allow-credentials') === null, 'credentials are allowed');
  }, { faults: [52] }),
  auth('S-6.9', 'an answer to an older form is refused', async (world) => {
    const { preChat } = (await world.discovery()).widget;
    if (!preChat) throw new NotApplicable('the widget asks no form');
    const { preChat: answered, ...rest } = await world.opening();
    const old = { ...answered!, form: { ...answered!.form, questionnaire: 'https://kit.invalid/form|0' } };
    const answer = await world.rest.request('POST', await world.address('/conversations'), { token: (await world.visitor()).accessToken, body: { ...rest, preChat: old } });
    world.rest.refused(answer, 409, ['form-version'], 'another form');
  }, { faults: [70] }),
  auth('S-8.9', 'the server pings, and who answers stays', async (world) => {
    const socket = await world.silent();
    const { hb } = await socket.hello(await world.visitor());
    if (hb.intervalMs > 30_000) throw new NotApplicable(`\`hb.intervalMs\` is ${hb.intervalMs}: longer than the kit waits`);
    const from = socket.frames.length;
    await pause(hb.intervalMs);
    const { d } = await socket.next('ping', () => true, from);
    socket.send({ t: 'pong', d });
    await alive(socket, 1);
  }, { slow: true }),
];
