import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** The keys that Lambda puts into a function's environment; they stay the same while the environment lives. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A POST to `/` of an AWS JSON service, which is the only kind of request that the stores make. */
export interface UnsignedRequest {
  /** Lower-case names, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds. */
  readonly at: number;
}

/** Signs a request; gives all headers to send. */
export type SignRequest = (request: UnsignedRequest) => Promise<Readonly<Record<string, string>>>;

/** Node's SHA-256, plain or keyed, in the shape that the signer asks for. */
class Sha256 {
  readonly #state: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = typeof secret === 'string' ? secret : secret && bytesOf(secret);
    this.#state = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#state.update(typeof data === 'string' ? data : bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#state.digest();
  }
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/**
 * Opens AWS's own signer (Signature Version 4) for one service; it keeps the day's key. `service` is the name in the
 * credential scope: `dynamodb`, `kms`, `events`.
 */
export function openSigner(service: string, region: string, credentials: Credentials): SignRequest {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  const signer = new SignatureV4({ service, region, credentials: keys, sha256: Sha256, applyChecksum: false });
  return async ({ headers, body, at }) => {
    const request = { method: 'POST', protocol: 'https:', hostname: '', path: '/', headers: { ...headers }, body };
    const signed = await signer.sign(request, { signingDate: new Date(at) });
    return signed.headers;
  };
}
