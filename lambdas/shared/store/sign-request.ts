import { createHash, createHmac } from 'node:crypto';

/** The keys that Lambda puts into a function's environment; they stay the same while the environment lives. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A POST to `/` of an AWS JSON service, which is the only kind of request that the stores make. */
export interface UnsignedRequest {
  /** Name of the service in the credential scope: `dynamodb`, `kms`, `events`. */
  readonly service: string;
  readonly region: string;
  /** Lower-case names, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds. */
  readonly at: number;
}

const algorithm = 'AWS4-HMAC-SHA256';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The key of a day costs four HMACs and serves the whole day: one is kept per scope. */
const keys = new Map<string, { readonly day: string; readonly secret: string; readonly key: Buffer }>();

function keyFor(secret: string, day: string, region: string, service: string): Buffer {
  const scope = `${region}/${service}`;
  const kept = keys.get(scope);
  if (kept?.day === day && kept.secret === secret) return kept.key;
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, day));
  keys.set(scope, { day, secret, key });
  return key;
}

/**
 * Signs a request with AWS Signature Version 4 ("Create a signed AWS API request", IAM User Guide). A test holds it to
 * the SDK's own signer.
 * @returns all headers to send
 */
export function signRequest(request: UnsignedRequest, credentials: Credentials): Readonly<Record<string, string>> {
  const { service, region, body, at } = request;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const time = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const headers: Readonly<Record<string, string>> = {
    ...request.headers,
    'x-amz-date': time,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const signed = names.join(';');
  const canonical = `POST\n/\n\n${lines}\n${signed}\n${sha256(body)}`;
  const scope = `${day}/${region}/${service}/aws4_request`;
  const signature = hmac(
    keyFor(secretAccessKey, day, region, service),
    `${algorithm}\n${time}\n${scope}\n${sha256(canonical)}`,
  ).toString('hex');
  const authorization = `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
  return { ...headers, authorization };
}
