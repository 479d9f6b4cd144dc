import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { CreationOptions, RequestOptions } from '../../../lambdas/shared/domain/passkey-options.ts';

/** CBOR (RFC 8949) as far as an authenticator speaks it. */
type Cbor = number | string | Buffer | ReadonlyMap<number | string, Cbor>;

function head(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n]);
  if (n < 256) return Buffer.from([(major << 5) | 24, n]);
  return Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, inner]) => [cbor(key), cbor(inner)])]);
}

/** Flags of authenticator data (WebAuthn Level 3, section 6.1). */
export const flags = { up: 0x01, uv: 0x04, be: 0x08, bs: 0x10, at: 0x40 } as const;

/** What a ceremony does otherwise than a good authenticator in a good browser would. */
export interface Twist {
  readonly type?: string;
  readonly challenge?: string;
  readonly origin?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly rpId?: string;
  /** All of them but `at`. */
  readonly flags?: number;
  readonly counter?: number;
  readonly fmt?: string;
  /** The algorithm that the COSE key claims. */
  readonly alg?: number;
  readonly userHandle?: string | null;
  readonly id?: string;
  readonly forgeSignature?: boolean;
  /** Self attestation instead of none. */
  readonly selfAttested?: boolean;
}

/** One passkey on its authenticator. */
export interface SoftwarePasskey {
  readonly id: string;
  readonly create: (options: CreationOptions, twist?: Twist) => CreatedCredential;
  readonly get: (options: RequestOptions, twist?: Twist) => UsedCredential;
}

export interface CreatedCredential {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports: string[];
  };
}

export interface UsedCredential {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string;
  };
}

export interface Making {
  /** Origin of the page that asks. */
  readonly origin: string;
  readonly alg?: 'ES256' | 'EdDSA' | 'RS256';
  readonly synced?: boolean;
  readonly idBytes?: number;
  readonly aaguid?: string;
  /** Counts its signatures, as authenticators with hardware do. */
  readonly counts?: boolean;
}

const b64 = (bytes: Buffer) => bytes.toString('base64url');
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest();

function keysOf(alg: NonNullable<Making['alg']>): { key: KeyObject; cose: (claimed?: number) => Cbor } {
  if (alg === 'RS256') {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
    const part = (text: string) => Buffer.from(text, 'base64url');
    return {
      key: privateKey,
      cose: (claimed = -257) =>
        new Map<number, Cbor>([
          [1, 3],
          [3, claimed],
          [-1, part(n)],
          [-2, part(e)],
        ]),
    };
  }
  const { privateKey, publicKey } =
    alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const part = (text: string) => Buffer.from(text, 'base64url');
  return {
    key: privateKey,
    cose: (claimed) =>
      alg === 'ES256'
        ? new Map<number, Cbor>([
            [1, 2],
            [3, claimed ?? -7],
            [-1, 1],
            [-2, part(x)],
            [-3, part(y)],
          ])
        : new Map<number, Cbor>([
            [1, 1],
            [3, claimed ?? -8],
            [-1, 6],
            [-2, part(x)],
          ]),
  };
}

/**
 * An authenticator of one passkey, and the browser around it: real keys, real signatures. What a test twists is wrong in
 * what it sends, and everything else about it is right.
 */
export function newSoftwarePasskey(making: Making): SoftwarePasskey {
  const { origin, alg = 'ES256', synced = true, idBytes = 32, counts = false } = making;
  const aaguid = Buffer.from((making.aaguid ?? '00000000-0000-0000-0000-000000000000').replaceAll('-', ''), 'hex');
  const rawId = randomBytes(idBytes);
  const { key, cose } = keysOf(alg);
  const usual = flags.up | flags.uv | (synced ? flags.be | flags.bs : 0);
  let counter = 0;
  let handle = '';

  const clientData = (type: string, challenge: string, twist: Twist) => {
    const { crossOrigin = false, topOrigin } = twist;
    const said = {
      type: twist.type ?? type,
      challenge: twist.challenge ?? challenge,
      origin: twist.origin ?? origin,
      crossOrigin,
      ...(topOrigin !== undefined && { topOrigin }),
    };
    return Buffer.from(JSON.stringify(said));
  };
  const data = (rpId: string, twist: Twist, attested?: Buffer) => {
    if (counts) counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(twist.counter ?? counter);
    const bits = (twist.flags ?? usual) | (attested ? flags.at : 0);
    return Buffer.concat([sha256(twist.rpId ?? rpId), Buffer.from([bits]), count, attested ?? Buffer.alloc(0)]);
  };
  const signed = (authData: Buffer, client: Buffer) =>
    sign(alg === 'EdDSA' ? null : 'sha256', Buffer.concat([authData, sha256(client)]), key);

  return {
    id: b64(rawId),

    create: ({ challenge, rp, user }, twist = {}) => {
      handle = user.id;
      const size = Buffer.from([rawId.length >> 8, rawId.length & 255]);
      const attested = Buffer.concat([aaguid, size, rawId, cbor(cose(twist.alg))]);
      const client = clientData('webauthn.create', challenge, twist);
      const authData = data(rp.id, twist, attested);
      const self = new Map<string, Cbor>([
        ['alg', -7],
        ['sig', signed(authData, client)],
      ]);
      const object = new Map<string, Cbor>([
        ['fmt', twist.fmt ?? (twist.selfAttested ? 'packed' : 'none')],
        ['attStmt', twist.selfAttested ? self : new Map()],
        ['authData', authData],
      ]);
      const response = {
        clientDataJSON: b64(client),
        attestationObject: b64(cbor(object)),
        transports: ['internal', 'hybrid'],
      };
      const id = twist.id ?? b64(rawId);
      return { id, rawId: id, type: 'public-key', response };
    },

    get: ({ challenge, rpId }, twist = {}) => {
      const client = clientData('webauthn.get', challenge, twist);
      const authData = data(rpId, twist);
      const signature = signed(authData, client);
      if (twist.forgeSignature) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
      const { userHandle = handle } = twist;
      const response = {
        clientDataJSON: b64(client),
        authenticatorData: b64(authData),
        signature: b64(signature),
        ...(userHandle !== null && { userHandle }),
      };
      const id = twist.id ?? b64(rawId);
      return { id, rawId: id, type: 'public-key', response };
    },
  };
}
