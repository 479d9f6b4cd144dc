import type { Limit } from '../../../lambdas/shared/domain/brand.ts';
import { advance, cloudNow } from './cloud-desk.ts';
import type { BrandId } from './visitor.ts';

/** Seconds of virtual time that a test may take between its first and its last counted try. */
const room = 60;

/**
 * Counters live in fixed windows: where the present one is about to end, moves the clock into the next, so that what a
 * test counts is counted in one.
 */
export async function roomyWindow(brand: BrandId, { window }: Pick<Limit, 'window'>): Promise<void> {
  const left = window - (Math.floor((await cloudNow(brand)) / 1000) % window);
  if (left < room) await advance(brand, left + 1);
}

/** Moves the clock into the next window, where all counts are zero. */
export async function nextWindow(brand: BrandId, { window }: Pick<Limit, 'window'>): Promise<void> {
  await advance(brand, window - (Math.floor((await cloudNow(brand)) / 1000) % window) + 1);
}
