import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SmsPolicy } from '../../lambdas/shared/domain/sms-policy.ts';
import { openTexts } from '../../lambdas/shared/mail/send-text.ts';
import { startDeafServer } from './deaf-server.ts';
import { sampleBrands } from './mail-samples.ts';

/** The SMS service as far as one call goes: it remembers what it was asked and answers as told. */
let answer: (response: ServerResponse) => void;
let asked: { readonly target: string | undefined; readonly body: unknown }[] = [];
let server: Server;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString('utf8'));
    asked.push({ target: request.headers['x-amz-target'] as string | undefined, body });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  env = {
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const json = (status: number, body: object) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
const policy = sampleBrands[1].authentication.sms as SmsPolicy;
const send = () =>
  openTexts('solmar', policy, 'solmar-prod', env)('+34612345678', { senderId: 'Solmar' }, 'text-code', 'Hola');

test('a text goes out from the sender of its country, through the set, with the price capped', async () => {
  answer = json(200, { MessageId: 'm-1' });
  expect(await send()).toEqual({ outcome: 'accepted', messageId: 'm-1' });
  expect(asked).toEqual([
    {
      target: 'PinpointSMSVoiceV2.SendTextMessage',
      body: {
        DestinationPhoneNumber: '+34612345678',
        OriginationIdentity: 'Solmar',
        MessageBody: 'Hola',
        MessageType: 'TRANSACTIONAL',
        ConfigurationSetName: 'solmar-prod',
        MaxPrice: '0.12',
        TimeToLive: 600,
        Context: { brand: 'solmar', kind: 'text-code' },
      },
    },
  ]);
});

test.each([
  ['ThrottlingException', 400, 'refused'],
  ['InternalServerException', 500, 'refused'],
  ['ServiceQuotaExceededException', 402, 'rejected'],
  ['AccessDeniedException', 400, 'rejected'],
  ['ResourceNotFoundException', 400, 'rejected'],
  ['ConflictException', 409, 'rejected'],
  ['ValidationException', 400, 'rejected'],
] as const)('F11: %s (%i) is %s, after one attempt', async (code, status, outcome) => {
  answer = json(status, { __type: `com.amazonaws.pinpointsmsvoicev2#${code}`, Message: 'no' });
  expect(await send()).toMatchObject({ outcome });
  expect(asked).toHaveLength(1);
});

test('F12: an answer that does not come, or is not the service’s, leaves it unclear, and it is not sent again', async () => {
  answer = (response) => response.destroy();
  expect(await send()).toMatchObject({ outcome: 'unclear' });
  answer = (response) => response.writeHead(502).end('<html>Bad gateway</html>');
  expect(await send()).toMatchObject({ outcome: 'unclear' });
  expect(asked).toHaveLength(2);
});

test('F11: a service that cannot be reached has certainly sent nothing', async () => {
  env.AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2 = 'http://127.0.0.1:1';
  expect(await send()).toMatchObject({ outcome: 'refused' });
});

test('F11: a service that does not even take the connection has sent nothing', { timeout: 10_000 }, async () => {
  const deaf = await startDeafServer();
  try {
    env.AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2 = deaf.origin;
    expect(await send()).toMatchObject({ outcome: 'refused' });
  } finally {
    await deaf.stop();
  }
});

test('F18: an answer that takes too long is given up within 6 s and is unclear', { timeout: 10_000 }, async () => {
  answer = () => {};
  const began = performance.now();
  expect(await send()).toMatchObject({ outcome: 'unclear' });
  expect(performance.now() - began).toBeLessThan(6000);
  expect(asked).toHaveLength(1);
});
