import { Secret, TOTP } from 'otpauth';
import type { Random } from './id.ts';

/**
 * One-time codes of an authenticator app (RFC 6238): SHA-1, six digits, steps of 30 seconds, which is what every app can
 * do. The server's clock alone decides.
 */
const settings = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps to either side that are accepted: a clock that is a little off, a code typed slowly (RFC 6238 section 5.2; MFA1). */
const window = 1;
/** RFC 4226 section 4 recommends 160 bits. */
const secretBytes = 20;

/** A new secret, in base32 without padding, as apps take it. */
export function newTotpSecret(random: Random): string {
  return new Secret({ buffer: Uint8Array.from(random(secretBytes)).buffer }).base32;
}

/** The `otpauth:` address that a QR code holds (Key Uri Format). `account` is what the app shows beneath the issuer. */
export function totpUri(secret: string, issuer: string, account: string): string {
  return new TOTP({ ...settings, issuer, label: account, secret: Secret.fromBase32(secret) }).toString();
}

/** The step that a code is of, if it is of one of the three that count now. `now` in milliseconds. */
export function totpStep(secret: string, code: string, now: number): number | undefined {
  // What has six characters and more bytes is no code either.
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const delta = TOTP.validate({
    ...settings,
    secret: Secret.fromBase32(secret),
    token: code,
    timestamp: now,
    window,
  });
  return delta === null ? undefined : Math.floor(now / 1000 / settings.period) + delta;
}
