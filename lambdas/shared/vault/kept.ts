import type { Clock } from '../domain/time.ts';

/** Seconds after a failed reload in which the old value serves at once, so that a slow outage slows no request twice. */
const pause = 5;

/**
 * Keeps a value that is dear to load. While a reload fails the old value serves on for `grace` seconds (F21: what was
 * verified before still verifies); after that the failure shows: fail closed.
 *
 * @param maxAge seconds after which the value is loaded anew
 * @param grace seconds that a value outlives its age while loading fails
 * @returns the value; with `fresh` it is loaded anew unless it is younger than `fresh.youngest` seconds
 */
export function kept<T>(
  load: () => Promise<T>,
  clock: Clock,
  maxAge: number,
  grace = 0,
): (fresh?: { readonly youngest: number }) => Promise<T> {
  let held: { readonly value: T; readonly at: number } | undefined;
  let loading: Promise<T> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  const reload = async () => {
    try {
      const value = await load();
      held = { value, at: clock() };
      return value;
    } catch (error) {
      failedAt = clock();
      throw error;
    } finally {
      loading = undefined;
    }
  };

  return async (fresh) => {
    const age = held ? (clock() - held.at) / 1000 : Number.POSITIVE_INFINITY;
    if (held && age < (fresh ? fresh.youngest : maxAge)) return held.value;
    const serves = held !== undefined && age < maxAge + grace;
    if (held && serves && clock() - failedAt < pause * 1000) return held.value;
    loading ??= reload();
    try {
      return await loading;
    } catch (error) {
      if (held && serves) return held.value;
      throw error;
    }
  };
}
