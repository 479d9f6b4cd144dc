import * as z from 'zod/mini';

/**
 * `detail` of the events that AWS End User Messaging puts on the default bus (user guide, "Monitoring with EventBridge").
 * Only what cannot hold a number is read: the event may name one, in fields that are not here (LG1).
 * @see https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html
 */
const detail = z.object({
  messageId: z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/)),
  messageStatus: z.string().check(z.regex(/^[A-Z_]{1,40}$/)),
  eventTimestamp: z.number(),
  isoCountryCode: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
  totalMessagePrice: z.optional(z.number()),
  totalCarrierFee: z.optional(z.number()),
  totalMessageParts: z.optional(z.number()),
  protectConfiguration: z.optional(z.object({ protectConfigurationId: z.string() })),
});

/** What became of one text. */
export interface TextStatus {
  readonly messageId: string;
  readonly status: string;
  /** Milliseconds of the event. */
  readonly at: number;
  /** It went through a protect configuration: the rule lets none but ours pass. Older events do not say. */
  readonly isOurs: boolean;
  /** The number is none, for good: a phone that is off, a carrier that blocks or a text that came too late pass. */
  readonly isInvalid: boolean;
  readonly country?: string;
  /** US dollars. */
  readonly price?: number;
  readonly fee?: number;
  readonly parts?: number;
}

/** Reads what an event says. @throws ZodError for one that says nothing of a text */
export function readStatus(raw: unknown): TextStatus {
  const event = detail.parse(raw);
  const { isoCountryCode: country, totalMessagePrice: price, totalCarrierFee: fee, totalMessageParts: parts } = event;
  return {
    messageId: event.messageId,
    status: event.messageStatus,
    at: event.eventTimestamp,
    isOurs: event.protectConfiguration !== undefined,
    isInvalid: event.messageStatus === 'INVALID',
    ...(country !== undefined && { country }),
    ...(price !== undefined && { price }),
    ...(fee !== undefined && { fee }),
    ...(parts !== undefined && { parts }),
  };
}
