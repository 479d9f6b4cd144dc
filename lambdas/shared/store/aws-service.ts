import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { AwsFailure, readFailure } from './aws-failure.ts';
import { type Retry, standardRetry } from './retry.ts';
import { openSigner } from './sign-request.ts';

/** A service of the AWS JSON protocol. */
interface ServiceDescription {
  /** In the host name and in the credential scope. */
  readonly name: 'dynamodb' | 'kms' | 'events' | 'sms-voice' | 'sqs';
  /** Before the operation in `x-amz-target`. */
  readonly target: string;
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  /** The variable that may name another endpoint, as the SDKs read it. */
  readonly endpointVariable: string;
}

/** The services that the stores speak to. */
export const services = {
  dynamodb: {
    name: 'dynamodb',
    target: 'DynamoDB_20120810',
    contentType: 'application/x-amz-json-1.0',
    endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB',
  },
  kms: {
    name: 'kms',
    target: 'TrentService',
    contentType: 'application/x-amz-json-1.1',
    endpointVariable: 'AWS_ENDPOINT_URL_KMS',
  },
  eventBridge: {
    name: 'events',
    target: 'AWSEvents',
    contentType: 'application/x-amz-json-1.1',
    endpointVariable: 'AWS_ENDPOINT_URL_EVENTBRIDGE',
  },
  sqs: {
    name: 'sqs',
    target: 'AmazonSQS',
    contentType: 'application/x-amz-json-1.0',
    endpointVariable: 'AWS_ENDPOINT_URL_SQS',
  },
  texts: {
    name: 'sms-voice',
    target: 'PinpointSMSVoiceV2',
    contentType: 'application/x-amz-json-1.0',
    endpointVariable: 'AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2',
  },
} as const satisfies Readonly<Record<string, ServiceDescription>>;

/** Calls one operation. The input is sent as it is; a member that is `undefined` is left out. */
export type CallAws = (operation: string, input: object) => Promise<unknown>;

/** How long a try may take, in milliseconds. */
interface Patience {
  readonly connection: number;
  /** From the first byte sent to the last byte read, the connection included. */
  readonly request: number;
}

/** Three tries fit into a function's own timeout (F1, F18). */
const usualPatience: Patience = { connection: 1000, request: 2000 };
/** Milliseconds that two clocks may differ before AWS refuses a signature (it does from five minutes on). */
const tolerableSkew = 240_000;
const refusalsOfSkew = new Set(['InvalidSignatureException', 'RequestTimeTooSkewed', 'RequestExpired']);

const connections = { keepAlive: true, maxSockets: 50 } as const;

/** `ConnectTimeoutError`: there was no connection, so nothing was sent. `TimeoutError`: the call may have been performed. */
function timeoutError(connected: boolean): Error {
  const error = new Error(`${connected ? 'the call' : 'the connection'} took too long`);
  error.name = connected ? 'TimeoutError' : 'ConnectTimeoutError';
  return error;
}

/** Ends a request that finds no connection, or no complete answer in time. Returns how to call it off. */
function limitTime(request: ClientRequest, patience: Patience): () => void {
  let connected = false;
  let connecting: NodeJS.Timeout | undefined;
  const whole = setTimeout(() => request.destroy(timeoutError(connected)), patience.request);
  request.once('socket', (socket) => {
    connected = !socket.connecting;
    if (connected) return;
    connecting = setTimeout(() => request.destroy(timeoutError(false)), patience.connection);
    socket.once('connect', () => clearTimeout(connecting));
    // Until TLS stands, no byte of the request has left.
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
  });
  return () => {
    clearTimeout(whole);
    clearTimeout(connecting);
  };
}

function readText(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return new Promise((resolve, reject) => {
    response.once('end', () => resolve(text)).once('error', reject);
  });
}

/**
 * Opens an AWS service over its JSON protocol: SigV4, kept-alive connections, the SDK's own timeouts and retries, and
 * none of its 230 KB. A cold start loads it in a third of the time (docs/performance.md, docs/adr/0009).
 *
 * A call that fails throws `AwsFailure` where the service answered, otherwise the error of the connection or one named
 * `ConnectTimeoutError` or `TimeoutError`.
 *
 * @param retry of a call whose failure may pass; who must never do a thing twice brings one that does not
 */
export function openAwsService(
  service: ServiceDescription,
  env: NodeJS.ProcessEnv,
  patience: Patience = usualPatience,
  retry: Retry = standardRetry(),
): CallAws {
  const region = env.AWS_REGION ?? '';
  const url = new URL(env[service.endpointVariable] ?? `https://${service.name}.${region}.amazonaws.com`);
  // An import of node:http makes each of its exports, some of which load all of undici: a third of a cold start.
  const transport = url.protocol === 'https:' ? { Agent, request } : process.getBuiltinModule('node:http');
  const agent = new transport.Agent(connections);
  const place = { hostname: url.hostname, port: url.port, path: '/', method: 'POST', agent };
  const credentials = {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: env.AWS_SESSION_TOKEN,
  };
  const sign = openSigner(service.name, region, credentials);
  let skew = 0;

  async function attempt(operation: string, body: string): Promise<string> {
    const unsigned = {
      host: url.host,
      'content-type': service.contentType,
      'x-amz-target': `${service.target}.${operation}`,
    };
    const headers = await sign({ headers: unsigned, body, at: Date.now() + skew });
    return new Promise((resolve, reject) => {
      const sent = transport.request({ ...place, headers }, (response) => {
        readText(response)
          .then((text) => {
            const status = response.statusCode ?? 0;
            if (status < 300) return resolve(text);
            const failure = readFailure(status, text);
            reject(correctSkew(failure, response) ? new AwsFailure('RequestTimeTooSkewed', 503) : failure);
          })
          .catch(reject)
          .finally(callOff);
      });
      const callOff = limitTime(sent, patience);
      sent.once('error', (error) => {
        callOff();
        reject(error);
      });
      sent.end(body);
    });
  }

  /** AWS says what time it is: where this host's clock is the reason of a refusal, the next try is dated by theirs. */
  function correctSkew(failure: AwsFailure, response: IncomingMessage): boolean {
    const theirs = Date.parse(response.headers.date ?? '');
    const off = theirs - (Date.now() + skew);
    if (!refusalsOfSkew.has(failure.name) || !(Math.abs(off) >= tolerableSkew)) return false;
    skew += off;
    return true;
  }

  return async (operation, input) => {
    const body = JSON.stringify(input);
    const text = await retry(() => attempt(operation, body));
    return text === '' ? {} : JSON.parse(text);
  };
}
