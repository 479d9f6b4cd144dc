import type { Limit } from './brand.ts';

/**
 * How a brand meets attacks that stay below the limits of one account and one network: many networks, many accounts, one
 * try each. Beyond any of these numbers nobody is refused; whoever comes from there shows a proof of work first.
 */
export interface AbusePolicy {
  /** Wrong passwords and codes of a neighbourhood. */
  readonly misses: {
    /** One /24 of IPv4, one /48 of IPv6. */
    readonly prefix: Limit;
    /** One autonomous system, where the edge tells it. */
    readonly asn: Limit;
    readonly client: Limit;
    readonly brand: Limit;
  };
  /** Sign-ups begun. */
  readonly starts: {
    readonly prefix: Limit;
    /** Addresses of one mail domain, but for the big mailbox providers. */
    readonly domain: Limit;
    readonly brand: Limit;
  };
  readonly signUp: {
    /** Seconds that a person takes to fill in the form; a form that comes back sooner has to show a proof of work. */
    readonly minSeconds: number;
    /** What becomes of an address at a throwaway mailbox. */
    readonly throwaway: 'allow' | 'challenge' | 'refuse';
  };
  /**
   * The breaker of the bill: of so many mails in an hour, those to addresses that nobody has proven stop first, codes of
   * customers last, and notices never. Texts have theirs in `authentication.sms`.
   */
  readonly mailsPerHour: number;
}
