import type { Limit } from './brand.ts';

/** Who a text of one country comes from: a sender id, or a pool or a number of our own where a country wants one. */
export type TextSender =
  | { readonly senderId: string }
  /** `pool-…` or `phone-…`, as the account has registered it. */
  | { readonly number: string };

/**
 * Texts with codes. A brand without this sends none. Texts cost money by the piece, and fraudsters earn on those to
 * their own numbers (SMS pumping): every limit here is a part of the guard against it, and all of them hold at once.
 */
export interface SmsPolicy {
  /** The countries that texts go to, by ISO 3166-1 alpha-2 code, each with its sender. To no other goes any. */
  readonly countries: { readonly [country: string]: TextSender };
  /** Whether a code by text alone signs in an account whose number is proven. */
  readonly firstFactor: boolean;
  /** Codes that go to one number, whatever their reason. */
  readonly perNumber: Limit;
  /** Codes that go to numbers that are alike but for their last four digits. Pumped ranges are. */
  readonly perPrefix: Limit;
  /** Codes asked for by text from one client IP (IPv6: one /64), or sent for what it asked. */
  readonly perIp: Limit;
  /** Texts of the whole brand; what is beyond is not sent, however it was asked for. */
  readonly perHour: number;
  readonly perDay: number;
  /** US dollars that one part of a text may cost. */
  readonly maxPrice: number;
  /** US dollars a month from which somebody is told. */
  readonly monthlySpend: number;
}

/** The sender of texts to a country; `undefined` where none go. */
export function senderFor(policy: SmsPolicy | undefined, country: string): TextSender | undefined {
  return policy && Object.hasOwn(policy.countries, country) ? policy.countries[country] : undefined;
}
