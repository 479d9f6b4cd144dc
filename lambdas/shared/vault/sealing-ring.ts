import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { UserId } from '../domain/id.ts';
import { Refusal } from '../domain/refusal.ts';
import { openRing, type VaultAccess } from './ring.ts';
import { open, seal } from './sealed-box.ts';

/** What the sealing ring holds, base64url. The first key-encryption key wraps, all of them unwrap. */
export interface SealingSecrets {
  readonly root: string;
  readonly keks: readonly { readonly id: string; readonly key: string }[];
}

export type LookupKind = 'email' | 'phone' | 'phone-range' | 'ip' | 'device' | 'user-code';
/** Each purpose has a key of its own, so that no MAC of one serves as another (VC4). */
export type MacPurpose =
  | 'code'
  | 'refresh'
  | 'authorization'
  | 'session'
  | 'csrf'
  | 'device'
  | 'cancel'
  | 'not-me'
  | 'link'
  | 'link-browser'
  | 'recovery-cancel'
  | 'dpop'
  | 'device-code'
  | 'proof'
  | 'recovery-code'
  | 'passkey';

/** The brand's keyed functions: what makes table contents useless without KMS. */
export interface SealingRing {
  /** Keyed hash by which an identifier is found, 43 characters of base64url. */
  readonly lookup: (kind: LookupKind, value: string) => string;
  /** HMAC-SHA-256, 32 bytes. */
  readonly mac: (purpose: MacPurpose, text: string) => Buffer;
  /**
   * The six digits mailed for a flow (VC1). Derived from a random nonce, hence nowhere stored, and the same however
   * often the mailer renders it (F12). A new nonce is a new code and kills the old (VC6).
   */
  readonly mailedCode: (flow: { readonly id: string; readonly purpose: string; readonly nonce: string }) => string;
  /** Seals what lives for hours (flows, sessions) under a key of its own item. */
  readonly sealEphemeral: (itemKey: string, value: unknown) => string;
  readonly openEphemeral: (itemKey: string, sealed: string) => unknown;
  /** A new person's data key, and its wrap for the `DATAKEY#` item. */
  readonly newDataKey: (user: UserId) => { readonly key: Uint8Array; readonly wrapped: string; readonly kek: string };
  readonly unwrapDataKey: (user: UserId, wrapped: string, kek: string) => Uint8Array;
}

function derive(root: Uint8Array, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), label, 32));
}

/** Bytes of each secret: nothing shorter is one. */
const secretBytes = 32;

/**
 * Builds the ring's functions from its secrets.
 * @throws Refusal `unavailable` where one of them is empty or short: nothing is ever keyed with less (TK9)
 */
export function sealingRing(secrets: SealingSecrets): SealingRing {
  const root = Buffer.from(secrets.root, 'base64url');
  const lengths = [root.length, ...secrets.keks.map(({ key }) => Buffer.from(key, 'base64url').length)];
  if (lengths.length < 2 || lengths.some((length) => length < secretBytes)) {
    throw new Refusal('unavailable', { retryAfter: 60, cause: new Error('the sealing ring has no secrets') });
  }
  const keys = new Map<string, Buffer>();
  const subkey = (label: string) => {
    const known = keys.get(label) ?? derive(root, label);
    keys.set(label, known);
    return known;
  };
  const hmac = (label: string, text: string) => createHmac('sha256', subkey(label)).update(text).digest();
  const ephemeralKey = (itemKey: string) => derive(subkey('ephemeral'), itemKey);
  const kek = (id: string) => {
    const found = secrets.keks.find((each) => each.id === id);
    if (!found) throw new Error(`key-encryption key ${id} is not in the ring`);
    return Buffer.from(found.key, 'base64url');
  };
  const newest = secrets.keks[0]?.id ?? '';

  return {
    lookup: (kind, value) => hmac('lookup', `${kind}|${value}`).toString('base64url'),
    mac: (purpose, text) => hmac(`mac|${purpose}`, text),
    mailedCode: ({ id, purpose, nonce }) => {
      const digest = hmac('mac|code', `${purpose}|${id}|${nonce}`);
      return String(digest.readBigUInt64BE() % 1_000_000n).padStart(6, '0');
    },
    sealEphemeral: (itemKey, value) => seal(ephemeralKey(itemKey), value, itemKey),
    openEphemeral: (itemKey, sealed) => open(ephemeralKey(itemKey), sealed, itemKey),
    newDataKey: (user) => {
      const key = randomBytes(32);
      return { key, wrapped: seal(kek(newest), key.toString('base64url'), `DATAKEY#${user}`), kek: newest };
    },
    unwrapDataKey: (user, wrapped, id) => Buffer.from(String(open(kek(id), wrapped, `DATAKEY#${user}`)), 'base64url'),
  };
}

/**
 * Opens the sealing ring.
 * @throws Refusal `unavailable`
 */
export async function openSealingRing(access: VaultAccess): Promise<SealingRing> {
  return sealingRing((await openRing(access, 'sealing')) as SealingSecrets);
}
