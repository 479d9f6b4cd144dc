import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ExecutionEnvironment } from '../functions/execution-environment.ts';
import { WAVE_HEADER } from '../functions/waves.ts';
import type { AwsReply, AwsService, Demand, Subject } from '../services/aws-service.ts';
import { ServiceError } from '../services/aws-service.ts';
import { breachRange } from '../services/breaches/breaches.ts';
import type { Authorizer } from './authorizer.ts';
import type { AwsCall } from './aws-call.ts';
import type { Fault, FaultRules } from './fault-rules.ts';
import { createEmptyPages } from './partial-replies.ts';
import { createPerformer } from './performance.ts';

export interface AwsProxy {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  close(): void;
}

interface Parts {
  readonly services: ReadonlyMap<string, AwsService>;
  readonly callers: ReadonlyMap<string, ExecutionEnvironment>;
  readonly authorizer: Authorizer;
  readonly faults: FaultRules;
  /** Told about tables that were written to, so that their streams are read at once. */
  wrote(tables: readonly string[]): void;
}

/** The one endpoint of all calls to the outside: of AWS it knows the caller by its access key, asks IAM, injects faults, keeps the record. */
export async function startAwsProxy(parts: Parts): Promise<AwsProxy> {
  const performer = createPerformer(createEmptyPages());
  let closed = false;
  const server = createServer((request, response) => {
    // Have I Been Pwned, which nobody signs for.
    const range = breachRange(request.url ?? '/');
    if (range !== undefined) return void response.writeHead(200, { 'content-type': 'text/plain' }).end(range);
    readBody(request)
      .then((body) => answer(request, body, response))
      .catch((error: unknown) => {
        // Calls that a fault held back may outlive the cloud.
        if (!closed) console.error('The AWS proxy failed', error);
        response.destroy();
      });
  });

  async function answer(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const start = performance.now();
    const [, accessKey = '', serviceName = ''] =
      /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const service = parts.services.get(serviceName);
    const caller = parts.callers.get(accessKey);
    // A worker that was killed may still have calls on the way.
    if (caller === undefined) return void response.destroy();
    if (service === undefined) {
      console.error(
        `${caller.definition.name} called ${serviceName || 'an unsigned service'}, which the local cloud does not have.`,
      );
      return void response.destroy();
    }
    const invocation = caller.current();
    const performed = await perform(service, request, body, caller);
    record(invocation, caller, request, service.name, start, performed);
    if (performed.reply === 'cut') return void response.destroy();
    const { status, headers, body: reply } = performed.reply;
    response.writeHead(status, { ...headers, 'x-amzn-requestid': invocation?.id ?? 'none' }).end(reply);
  }

  async function perform(
    service: AwsService,
    incoming: IncomingMessage,
    body: string,
    caller: ExecutionEnvironment,
  ): Promise<Judged> {
    let action = '?';
    try {
      const request = service.parse(incoming.headers, body);
      action = request.action;
      const subject = service.subject(request);
      const role = caller.definition.roleName;
      const refused = await firstRefused(parts.authorizer, role, service.demands(request));
      if (refused !== undefined) {
        const message =
          `User: arn:aws:sts::assumed-role/${role}/${caller.definition.name} is not authorized to perform: ${refused.action} ` +
          `on resource: ${refused.resource} because no identity-based policy allows the ${refused.action} action`;
        const code = service.name === 'ses' ? 'AccessDenied' : 'AccessDeniedException';
        const reply = service.fail({ code, message, status: service.name === 'ses' ? 403 : 400 });
        return { action, subject, verdict: 'Denied', reply, faults: [] };
      }
      const invocation = caller.current();
      const faults = parts.faults.strike({ service: service.name, action, invocation, ...subject });
      const reply = await performer.perform(service, request, subject, caller, faults);
      if (subject.writes) parts.wrote(subject.targets);
      return { action, subject, verdict: 'Allowed', reply, faults };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { action, subject: NOTHING, verdict: 'Allowed', reply: service.fail(error.error), faults: [] };
    }
  }

  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close() {
          closed = true;
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}

interface Judged {
  readonly action: string;
  readonly subject: Subject;
  readonly verdict: AwsCall['verdict'];
  readonly reply: AwsReply | 'cut';
  readonly faults: readonly Fault[];
}

const NOTHING: Subject = { targets: [], items: [], writes: false };

function record(
  invocation: ReturnType<ExecutionEnvironment['current']>,
  caller: ExecutionEnvironment,
  request: IncomingMessage,
  service: string,
  start: number,
  { action, subject, verdict, reply, faults }: Judged,
): void {
  if (invocation === undefined) {
    console.error(`${caller.definition.name} made a call (${service}:${action}) outside of any invocation.`);
    return;
  }
  const error = reply === 'cut' || reply.status < 400 ? undefined : errorCode(reply.body);
  invocation.calls.push({
    service,
    action,
    targets: subject.targets,
    items: subject.items,
    ...(subject.consistent === undefined ? {} : { consistent: subject.consistent }),
    wave: Number(request.headers[WAVE_HEADER] ?? 0),
    start: start - invocation.startedAt,
    ms: performance.now() - start,
    loading: invocation.loading,
    units: reply === 'cut' ? { read: 0, write: 0 } : (reply.units ?? { read: 0, write: 0 }),
    verdict,
    status: reply === 'cut' ? 0 : reply.status,
    ...(error === undefined ? {} : { error }),
    faults: faults.map(({ id }) => id),
  });
}

function errorCode(body: string): string {
  return /"__type":"(?:[^"]*#)?([^"]+)"/.exec(body)?.[1] ?? /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? 'unknown';
}

async function firstRefused(
  authorizer: Authorizer,
  role: string,
  demands: readonly Demand[],
): Promise<Demand | undefined> {
  for (const demand of demands) {
    if (!(await authorizer.allows(role, demand))) return demand;
  }
  return undefined;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
