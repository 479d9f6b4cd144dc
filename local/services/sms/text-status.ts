import type { BusEvent } from '../events/event-bus.ts';

/** A text that the service has taken. */
export interface TakenText {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly country: string;
  /** Milliseconds. */
  readonly at: number;
  readonly protectConfigurationId: string | undefined;
}

/** US dollars that each text costs here. */
const PRICE = 0.06;

/**
 * What End User Messaging tells the default bus of a text, without the number. A number that ends in six noughts is none;
 * every other gets its texts.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html
 */
export function statusOf(text: TakenText): Pick<BusEvent, 'source' | 'detail-type' | 'detail'> {
  const { id, to, from, country, at, protectConfigurationId } = text;
  const status = to.endsWith('000000') ? 'INVALID' : 'DELIVERED';
  return {
    source: 'aws.sms-voice',
    'detail-type': 'Text Message Delivery Status Updated',
    detail: {
      eventType: `TEXT_${status}`,
      eventVersion: '1.0',
      eventTimestamp: at,
      isFinal: true,
      originationPhoneNumber: from,
      isoCountryCode: country,
      isInternationalSend: false,
      messageId: id,
      messageRequestTimestamp: at,
      messageEncoding: 'GSM',
      messageType: 'TRANSACTIONAL',
      messageStatus: status,
      messageStatusDescription: status === 'INVALID' ? 'The number is not valid' : 'Message has been accepted by phone',
      totalMessageParts: 1,
      totalMessagePrice: PRICE,
      totalCarrierFee: 0,
      ...(protectConfigurationId === undefined
        ? {}
        : { protectConfiguration: { protectConfigurationId, protectStatus: 'ALLOW' } }),
    },
  };
}
