/** Which frames answer which request (README §8.2). What is not here has no reply. */
export const replies: Readonly<Record<string, readonly string[]>> = {
  hello: ['welcome', 'err'],
  auth: ['ok', 'err'],
  sub: ['ok', 'err'],
  unsub: ['ok', 'err'],
  sync: ['ok', 'err'],
  submit: ['ok', 'err'],
  availability: ['ok', 'err'],
  ping: ['pong'],
};
