import type { EventType } from './events.ts';

/**
 * What a capability declares about itself, as plain data. `lib/` turns it into a function, a role and routes; the
 * local cloud enforces that same role. DESIGN section 1, rule 5.
 */

/** One verb on items of one type; a transaction is authorized verb by verb (`check` = `dynamodb:ConditionCheckItem`). */
export type ItemVerb = 'get' | 'query' | 'put' | 'update' | 'delete' | 'check';

/** Item types of each table; the type is the first segment of the partition key, so that IAM can say it. */
export interface ItemTypes {
  readonly Directory: 'USER' | 'IDENT' | 'CRED' | 'FACTOR' | 'PASSKEY' | 'CONSENT' | 'CLIENT' | 'SUPPRESS';
  readonly Sessions:
    | 'FLOW'
    | 'RECOVERY'
    | 'SESSION'
    | 'GRANT'
    | 'PAR'
    | 'DEVICE'
    | 'JTI'
    | 'RATE'
    | 'MAIL'
    | 'TEXT'
    | 'ALERT'
    | 'SEEN'
    | 'ACTIVITY'
    | 'REGISTRATION';
  readonly Vault: 'DATAKEY' | 'KEYRING';
}
export type TableName = keyof ItemTypes;

/** What a function may do to which items. A type may be narrowed to one key or to the
 * beginning of keys: `'KEYRING#signing'`, `'CLIENT#dyn_*'`. */
export type ItemAccess = {
  readonly [T in TableName]?: { readonly [I in ItemTypes[T] | `${ItemTypes[T]}#${string}`]?: readonly ItemVerb[] };
};

/**
 * A ring is a set of brand keys wrapped by one KMS data key with encryption context `{ ring }`.
 * `sealing`: key-encryption key, ephemeral sealing, identifier lookup, codes, refresh tokens, device cookies.
 * `signing`: private parts of the token signing keys.
 */
export type RingName = 'sealing' | 'signing';

/** Who may call a route. A route without a rule does not compile. */
export type RouteAuth = 'public' | 'flow' | 'bearer' | 'client' | 'registration';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  readonly auth: RouteAuth;
  /** The gateway's own throttle for the route: the global limit of RL3. `rate` requests per second, `burst` requests. */
  readonly throttle?: { readonly rate: number; readonly burst: number };
}

export type Trigger =
  | { readonly kind: 'http'; readonly routes: readonly Route[] }
  /** Table streams. Only records whose new image carries `event.id` arrive (DESIGN section 1, rule 4). */
  | {
      readonly kind: 'streams';
      readonly tables: readonly ('Directory' | 'Sessions')[];
      readonly batchSize: number;
      /** Whole tries per batch before the record goes to the dead-letter queue; left out, it is tried until it is too old. */
      readonly retries?: number;
      /** Seconds after which a record is given up. */
      readonly maxAge: number;
      /**
       * The function itself puts what it can never deal with into its dead-letter queue, so that nothing waits behind it.
       * Demanded of who tries without end.
       */
      readonly buries?: true;
    }
  /** Runs once after each deployment and then every `hours`. */
  | { readonly kind: 'schedule'; readonly hours: number }
  /** Events of the catalogue, from the brand's own bus. */
  | { readonly kind: 'events'; readonly events: readonly EventType[] }
  /** Events of SES (`aws.ses`) about this brand's mail, from the default bus. */
  | { readonly kind: 'mail-feedback' }
  /** Events of End User Messaging (`aws.sms-voice`) about this brand's texts, from the default bus. */
  | { readonly kind: 'text-feedback' };

export interface Capability {
  /** Folder, function and role name, kebab-case. */
  readonly name: string;
  readonly summary: string;
  readonly trigger: Trigger;
  /** Megabytes; 1769 is one vCPU (a password hash wants it). */
  readonly memory: number;
  /** Seconds; below the gateway's 30. */
  readonly timeout: number;
  readonly items: ItemAccess;
  /** Rings that it may open with `kms:Decrypt`. */
  readonly opens?: readonly RingName[];
  /** Rings that it may make with `kms:GenerateDataKey`. */
  readonly makes?: readonly RingName[];
  /** Services that it may use beside the tables: SES `SendEmail`, with SMS where the brand texts, or EventBridge `PutEvents`. */
  readonly sends?: 'mail' | 'events';
  /** Lists that its asset carries beside the code. */
  readonly lists?: readonly 'disposable-domains'[];
  /** Outside services that it may ask, where the brand enables them: the range API of Have I Been Pwned. */
  readonly asks?: readonly 'breached-passwords'[];
  /** Concurrent executions kept for it in prod, so that a flood elsewhere cannot starve it (INF6). */
  readonly reserved?: number;
}
