import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LocalClient } from '../clients/seed-clients.ts';
import type { Clock } from '../clock.ts';
import type { Invoker } from '../functions/invoker.ts';
import type { LogBook } from '../functions/log-book.ts';
import type { FaultRules } from '../proxy/fault-rules.ts';
import type { Ring } from '../ring.ts';
import type { Table } from '../services/dynamodb/tables.ts';
import type { Services } from '../services/services.ts';
import type { CallReport } from './call-report.ts';
import type { DeskReply } from './desk-reply.ts';

/** Everything that a developer page may look at or touch. */
export interface DeskParts extends Pick<Services, 'buses' | 'mails' | 'queues'> {
  /** `http://localhost:<port>` */
  readonly origin: string;
  /** The brand's name. */
  readonly title: string;
  readonly clock: Clock;
  readonly clients: readonly LocalClient[];
  /** Behind which clients register themselves, where the brand lets them. */
  readonly initialToken: string | undefined;
  readonly logs: LogBook;
  readonly faults: FaultRules;
  readonly calls: Ring<CallReport>;
  readonly invoker: Invoker;
  readonly tables: readonly Table[];
  readonly dynamodb: DynamoDBClient;
  /** Moves the virtual clock by seconds and runs what falls due. */
  advance(seconds: number): Promise<void>;
}

/** A request to a developer page. */
export interface DeskRequest {
  readonly query: URLSearchParams;
  /** Values of `{name}` in the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** True where the client asks for data rather than a page. */
  readonly wantsJson: boolean;
  /** True where it asks for HTML, as a browser does. */
  readonly wantsPage: boolean;
  /** The parsed JSON body; undefined where there is none. */
  readonly body: unknown;
}

export type DeskHandler = (request: DeskRequest, parts: DeskParts) => DeskReply | Promise<DeskReply>;
