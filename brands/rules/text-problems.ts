import { isSupportedCountry } from 'libphonenumber-js/mobile';
import type { Limit } from '../../lambdas/shared/domain/brand.ts';
import type { SmsPolicy } from '../../lambdas/shared/domain/sms-policy.ts';
import { outside, type Problem, quoted, type Rule } from './problem.ts';

const DAY = 86_400;
const HOUR = 3600;

/** How many at most, whatever the window: a bound against mistakes that cost money. */
const limitBounds = { perNumber: 20, perPrefix: 1000, perIp: 1000 } as const;

function* senderProblems({ countries }: SmsPolicy): Generator<Problem> {
  if (Object.keys(countries).length === 0) {
    yield { key: 'authentication.sms.countries', says: 'must name one country or more' };
  }
  for (const [country, sender] of Object.entries(countries)) {
    const key = `authentication.sms.countries.${country}`;
    if (!isSupportedCountry(country)) {
      yield { key, says: 'must be named by its ISO 3166-1 alpha-2 code, such as ES' };
    }
    if ('senderId' in sender && !/^(?=.*[A-Za-z])[A-Za-z0-9_-]{3,11}$/.test(sender.senderId)) {
      yield { key: `${key}.senderId`, says: `${quoted(sender.senderId)} must be 3 to 11 letters, digits and dashes` };
    }
    if ('number' in sender && !/^(pool|phone)-[A-Za-z0-9]{1,64}$/.test(sender.number)) {
      yield {
        key: `${key}.number`,
        says: `${quoted(sender.number)} must be the id of a pool or a number: pool-… or phone-…`,
      };
    }
  }
}

function* guardProblems(sms: SmsPolicy): Generator<Problem> {
  for (const name of ['perNumber', 'perPrefix', 'perIp'] as const) {
    const limit: Limit = sms[name];
    yield* outside(`authentication.sms.${name}.max`, limit.max, 1, limitBounds[name]);
    yield* outside(`authentication.sms.${name}.window`, limit.window, 60, DAY, 'seconds');
  }
  yield* outside('authentication.sms.perHour', sms.perHour, 1, 100_000);
  yield* outside('authentication.sms.perDay', sms.perDay, sms.perHour, 1_000_000);
  yield* outside('authentication.sms.maxPrice', sms.maxPrice, 0.01, 2, 'US dollars');
  yield* outside('authentication.sms.monthlySpend', sms.monthlySpend, 1, 1_000_000, 'US dollars');
}

/** Texts, links and recovery: what carries a code, and what it may cost. */
export const textProblems: Rule = function* ({ authentication }) {
  const { sms, factors, recovery } = authentication;
  if (sms) {
    yield* senderProblems(sms);
    yield* guardProblems(sms);
  }
  if (factors.includes('sms') && !sms) {
    yield { key: `authentication.factors[${factors.indexOf('sms')}]`, says: '"sms" needs authentication.sms' };
  }
  // Long enough to be noticed on holiday, short enough that nobody gives up (CHECKS REC2).
  if (recovery) yield* outside('authentication.recovery.delay', recovery.delay, 12 * HOUR, 30 * DAY, 'seconds');
};
