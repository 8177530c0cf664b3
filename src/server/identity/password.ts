/**
 * Password hashes: scrypt (RFC 7914) in a PHC-style string that carries its parameters and salt, so that a stronger cost can come later.
 * Comparison takes constant time, and a password is checked with the same work when there is no hash to check it against.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of scrypt. N = 2^ln. */
export interface PasswordCost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP Password Storage Cheat Sheet, scrypt: N = 2^15, r = 8, p = 3 (32 MiB). */
export const defaultCost: PasswordCost = { ln: 15, r: 8, p: 3 };

const keyBytes = 32;
const pattern = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{16,128})\$([A-Za-z0-9+/]{16,128})$/;
const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

function derive(password: string, salt: Buffer, { ln, r, p }: PasswordCost, length: number): Promise<Buffer> {
  // The same letters can come as different code points from different keyboards (RFC 8265).
  const secret = password.normalize('NFC');
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, length, { N: 2 ** ln, r, p, maxmem: 256 * r * 2 ** ln }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** A hash to keep, `$scrypt$ln=…,r=…,p=…$salt$key`. */
export async function hashPassword(password: string, cost: PasswordCost = defaultCost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost, keyBytes);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${encode(salt)}$${encode(key)}`;
}

/** Whether the password belongs to the hash. Without a readable hash the answer is no, after the work of a default one. */
export async function checkPassword(password: string, hash: string | null, cost: PasswordCost = defaultCost): Promise<boolean> {
  const match = pattern.exec(hash ?? '');
  if (!match) {
    await derive(password, randomBytes(16), cost, keyBytes);
    return false;
  }
  const [, ln, r, p, salt, key] = match;
  const wanted = Buffer.from(key!, 'base64');
  const found = await derive(password, Buffer.from(salt!, 'base64'), { ln: Number(ln), r: Number(r), p: Number(p) }, wanted.length);
  return timingSafeEqual(found, wanted);
}
