import type { ApiDefinition, ApiRoute, ThrottleSetting } from './api-definition.ts';

/** True where a request may pass. */
export type Throttle = (route: ApiRoute) => boolean;

interface Bucket {
  tokens: number;
  /** ms */
  refilledAt: number;
}

/** Token buckets as in API Gateway: each route has its own, of its own setting or the stage's. */
export function createThrottle(api: ApiDefinition, now: () => number): Throttle {
  const buckets = new Map<string, Bucket>();
  return (route) => {
    const setting = route.throttle ?? api.throttle;
    return setting === undefined || take(bucketOf(route.key, setting), setting);
  };

  function bucketOf(key: string, { burst }: ThrottleSetting): Bucket {
    const bucket = buckets.get(key) ?? { tokens: burst, refilledAt: now() };
    buckets.set(key, bucket);
    return bucket;
  }

  function take(bucket: Bucket, { rate, burst }: ThrottleSetting): boolean {
    const instant = now();
    bucket.tokens = Math.min(burst, bucket.tokens + ((instant - bucket.refilledAt) / 1000) * rate);
    bucket.refilledAt = instant;
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  }
}
