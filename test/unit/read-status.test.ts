import { expect, test } from 'vitest';
import { readStatus } from '../../lambdas/text-feedback/read-status.ts';

/** `detail` as AWS documents it (End User Messaging user guide, "Monitoring with EventBridge"). */
const detail = {
  eventType: 'TEXT_SUCCESSFUL',
  eventVersion: '1.0',
  eventTimestamp: 1_759_342_841_377,
  isFinal: true,
  originationPhoneNumber: 'VAJZNBLLDX',
  isoCountryCode: 'ES',
  isInternationalSend: false,
  mcc: '214',
  mnc: '05',
  carrierName: 'Movistar',
  messageId: 'ed23196c-75ce-4727-93ee-7bf72b64998f',
  messageRequestTimestamp: 1_759_342_840_978,
  messageEncoding: 'GSM',
  messageType: 'TRANSACTIONAL',
  messageStatus: 'SUCCESSFUL',
  messageStatusDescription: 'Message has been accepted by phone carrier',
  totalMessageParts: 1,
  totalMessagePrice: 0.06087,
  totalCarrierFee: 0.0,
  protectConfiguration: { protectConfigurationId: 'protect-e06e5d722c31455286262a108e7d863d', protectStatus: 'ALLOW' },
};

test('what became of a text, where, and at what price', () => {
  expect(readStatus(detail)).toEqual({
    messageId: 'ed23196c-75ce-4727-93ee-7bf72b64998f',
    status: 'SUCCESSFUL',
    at: 1_759_342_841_377,
    isOurs: true,
    isInvalid: false,
    country: 'ES',
    price: 0.06087,
    fee: 0,
    parts: 1,
  });
});

test.each([
  ['INVALID', true],
  ['UNREACHABLE', false],
  ['CARRIER_UNREACHABLE', false],
  ['BLOCKED', false],
  ['TTL_EXPIRED', false],
  ['UNKNOWN', false],
  ['INVALID_MESSAGE', false],
] as const)('F13: %s is for good: %s', (messageStatus, isInvalid) => {
  expect(readStatus({ ...detail, messageStatus })).toMatchObject({ status: messageStatus, isInvalid });
});

test('an older event, without price and protect configuration, is read too', () => {
  const { protectConfiguration: _, totalMessagePrice: __, totalCarrierFee: ___, isoCountryCode: ____, ...old } = detail;
  expect(readStatus(old)).toEqual({
    messageId: detail.messageId,
    status: 'SUCCESSFUL',
    at: detail.eventTimestamp,
    isOurs: false,
    isInvalid: false,
    parts: 1,
  });
});

test('LG1: a number that the event may name is not read', () => {
  const named = { ...detail, destinationPhoneNumber: '+34612345678', messageStatusDescription: '+34612345678' };
  expect(JSON.stringify(readStatus(named))).not.toContain('612345678');
});

test.each([
  {},
  { messageId: 'x' },
  { ...detail, messageId: 7 },
  { ...detail, messageStatus: '+34612345678' },
  { ...detail, isoCountryCode: 'Spain' },
])('F28: %j is no status', (odd) => {
  expect(() => readStatus(odd)).toThrow();
});
