import type { Lifetimes } from '../../lambdas/shared/domain/brand.ts';
import { outside, type Rule } from './problem.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds, both ends included. The upper ends are what the sources in `Lifetimes` allow, or stricter. */
const lifetimeBounds: { readonly [K in keyof Lifetimes]: readonly [min: number, max: number] } = {
  code: [MINUTE, 10 * MINUTE],
  flow: [10 * MINUTE, DAY],
  recoveryCode: [MINUTE, DAY],
  accessToken: [MINUTE, HOUR],
  idToken: [MINUTE, HOUR],
  refreshIdle: [HOUR, 30 * DAY],
  refreshAbsolute: [HOUR, 30 * DAY],
  refreshGrace: [0, MINUTE],
  recentAuthentication: [MINUTE, HOUR],
  rememberedDevice: [DAY, 400 * DAY],
  signingKey: [DAY, 365 * DAY],
};

/** Each lifetime within its bounds, and those that contain one another in order. */
export const lifetimeProblems: Rule = function* ({ lifetimes }) {
  for (const [name, [min, max]] of Object.entries(lifetimeBounds)) {
    yield* outside(`lifetimes.${name}`, lifetimes[name as keyof Lifetimes], min, max, 'seconds');
  }
  for (const [inner, outer] of [
    ['code', 'flow'],
    ['refreshIdle', 'refreshAbsolute'],
    ['accessToken', 'refreshIdle'],
  ] as const) {
    if (lifetimes[inner] > lifetimes[outer]) {
      yield {
        key: `lifetimes.${inner}`,
        says: `${lifetimes[inner]} must be at most lifetimes.${outer} ${lifetimes[outer]} seconds`,
      };
    }
  }
};
