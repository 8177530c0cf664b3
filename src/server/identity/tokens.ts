/**
 * Access tokens (JWT HS256; the server's one door to jose) and refresh tokens (random, authenticated, kept as hashes). All keys are derived
 * from the store's secret, so that a restored copy of the store keeps its sessions and a new store has none.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { SignJWT, errors, jwtVerify } from 'jose';
import { CareError } from '../../base/care-error.js';
import { err, ok, type Result } from '../../base/result.js';
import type { Claims } from './identity.js';

/** What is signed: the claims, and the rotation of the session that the token was handed out with. */
export interface SignedClaims extends Claims {
  readonly rotatedAt: number;
}

export interface Tokens {
  signAccess(claims: SignedClaims): Promise<string>;
  /** Errors: `token-expired`, `token-invalid`. */
  readAccess(token: string): Promise<Result<SignedClaims>>;
  /** A new refresh token of a session. `rotatedAt`: which rotation it comes from. */
  mintRefresh(sid: string, rotatedAt: number): string;
  /** The session of a refresh token that this server made; null for anything else. */
  sidOfRefresh(token: string): string | null;
  /** Which rotation a token comes from that `sidOfRefresh` knows; 0 where it does not say. */
  rotationOf(token: string): number;
  hashRefresh(token: string): string;
  /** AES-256-GCM, bound to the session. */
  seal(sid: string, token: string): string;
  unseal(sid: string, sealed: string): string | null;
}

/** Milliseconds since the epoch fit into 48 bits until the year 10889. */
const rotationBytes = 6;

const issuer = 'care-chat';
const text = (value: unknown): value is string => typeof value === 'string';

/** `now` in milliseconds since the epoch; `secret` hexadecimal. */
export function createTokens({ secret, now }: { readonly secret: string; readonly now: () => number }): Tokens {
  const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), '', `care-chat ${purpose}`, 32));
  const [accessKey, refreshKey, sealKey] = [key('access token'), key('refresh token'), key('seal')];
  const mac = (sid: string, random: string): string => createHmac('sha256', refreshKey).update(`${sid}.${random}`).digest('base64url').slice(0, 22);
  return {
    signAccess: ({ sub, role, deviceId, widgetId, sid, origin, expiresAt, rotatedAt }) =>
      new SignJWT({ role, dev: deviceId, sid, rot: rotatedAt, ...(widgetId === null ? {} : { wid: widgetId }), ...(origin === null ? {} : { azp: origin }) })
        .setProtectedHeader({ alg: 'HS256' }).setIssuer(issuer).setSubject(sub).setIssuedAt(Math.floor(now() / 1000)).setExpirationTime(Math.floor(expiresAt / 1000)).sign(accessKey),
    async readAccess(token) {
      try {
        const { payload } = await jwtVerify(token, accessKey, { algorithms: ['HS256'], issuer, currentDate: new Date(now()), requiredClaims: ['sub', 'exp', 'role', 'dev', 'sid', 'rot'] });
        const { sub, role, dev, wid, sid, azp, exp, rot } = payload;
        if (!text(sub) || !text(dev) || !text(sid) || (role !== 'visitor' && role !== 'agent')) return err(new CareError('token-invalid'));
        return ok({ sub, role, deviceId: dev, widgetId: text(wid) ? wid : null, sid, origin: text(azp) ? azp : null, expiresAt: (exp ?? 0) * 1000, rotatedAt: Number(rot) });
      } catch (error) {
        return err(new CareError(error instanceof errors.JWTExpired ? 'token-expired' : 'token-invalid', undefined, { retryable: error instanceof errors.JWTExpired }));
      }
    },
    mintRefresh(sid, rotatedAt) {
      const bytes = Buffer.alloc(rotationBytes + 24, randomBytes(rotationBytes + 24));
      bytes.writeUIntBE(rotatedAt, 0, rotationBytes);
      const random = bytes.toString('base64url');
      return `${sid}.${random}.${mac(sid, random)}`;
    },
    sidOfRefresh(token) {
      const [sid, random, given, more] = token.split('.');
      if (!sid || !random || !given || more !== undefined) return null;
      const [wanted, found] = [Buffer.from(mac(sid, random)), Buffer.from(given)];
      return wanted.length === found.length && timingSafeEqual(wanted, found) ? sid : null;
    },
    rotationOf(token) {
      const bytes = Buffer.from(token.split('.')[1] ?? '', 'base64url');
      return bytes.length === rotationBytes + 24 ? bytes.readUIntBE(0, rotationBytes) : 0;
    },
    hashRefresh: (token) => createHash('sha256').update(token).digest('hex'),
    seal(sid, token) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(sid));
      return Buffer.concat([iv, cipher.update(token, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    unseal(sid, sealed) {
      try {
        const bytes = Buffer.from(sealed, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, 12)).setAAD(Buffer.from(sid)).setAuthTag(bytes.subarray(-16));
        return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
