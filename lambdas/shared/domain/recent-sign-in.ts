import type { Brand } from './brand.ts';
import { check } from './refusal.ts';
import { seconds } from './time.ts';

/** Whether a sign-in is recent enough for what could take an account away (EM1). `authTime` in seconds, `now` in milliseconds. */
export function isRecent({ lifetimes }: Pick<Brand, 'lifetimes'>, authTime: number, now: number): boolean {
  return seconds(now) - authTime <= lifetimes.recentAuthentication;
}

/** Holds to a recent sign-in. @throws Refusal `recent_authentication_required` */
export function checkRecent(brand: Pick<Brand, 'lifetimes'>, authTime: number, now: number): void {
  check(isRecent(brand, authTime, now), 'recent_authentication_required');
}
