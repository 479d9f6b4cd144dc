import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StageName } from '../brands/brand-definition.ts';

/** In what a stage differs beside its place; everything else is the same, so that dev proves prod. */
export interface StagePolicy {
  /** Of tables, keys and logs. */
  readonly removal: RemovalPolicy;
  /** Deletion protection of tables, termination protection of the stacks that hold them. */
  readonly protect: boolean;
  readonly logRetention: RetentionDays;
  /** How long events can be replayed to a consumer that had them wrong. */
  readonly eventArchive: Duration;
  /** Requests a second over all routes: the guard of the bill. Routes have tighter ones of their own. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** Highest consumption of one table in units a second, where there is a guard. */
  readonly tableUnits?: number;
  /** Whether functions keep the concurrency that their capability reserves (CHECKS INF6). */
  readonly reserveConcurrency: boolean;
}

export const stagePolicies: { readonly [S in StageName]: StagePolicy } = {
  dev: {
    removal: RemovalPolicy.DESTROY,
    protect: false,
    logRetention: RetentionDays.TWO_WEEKS,
    eventArchive: Duration.days(7),
    throttle: { rateLimit: 200, burstLimit: 400 },
    tableUnits: 1_000,
    // A dev account often has the starting quota of 1,000 or less, and CloudFormation refuses to reserve what is left of it.
    reserveConcurrency: false,
  },
  prod: {
    removal: RemovalPolicy.RETAIN,
    protect: true,
    // Six months: long enough for the investigation of a breach (ASVS 5.0, 16.4.1), and no longer.
    logRetention: RetentionDays.SIX_MONTHS,
    eventArchive: Duration.days(90),
    throttle: { rateLimit: 5_000, burstLimit: 5_000 },
    reserveConcurrency: true,
  },
};
