import { setTimeout as sleep } from 'node:timers/promises';
import { passing } from './aws-failure.ts';

/** Tries of one call, the first among them. */
const attempts = 3;
/** Milliseconds that the first pause takes at most; each further one may be twice as long. */
const base = { transient: 50, throttled: 1000 } as const;
/** What a retry takes from the quota. */
const cost = { transient: 14, throttled: 5 } as const;
const fullQuota = 500;

/** Tries a call again while its failure may pass. */
export type Retry = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * The retries of the AWS SDK's standard mode: exponential backoff with full jitter, and a quota that is spent by retries
 * and earned by successes, so that a service in trouble is not hit three times as hard. One per client.
 */
export function standardRetry(): Retry {
  let quota = fullQuota;
  return async (call) => {
    let spent = 1;
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await call();
        quota = Math.min(fullQuota, quota + spent);
        return result;
      } catch (error) {
        const kind = passing(error);
        if (!kind || attempt === attempts || quota < cost[kind]) throw error;
        spent = cost[kind];
        quota -= spent;
        await sleep(Math.random() * base[kind] * 2 ** (attempt - 1));
      }
    }
  };
}
