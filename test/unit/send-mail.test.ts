import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMail } from '../../lambdas/shared/mail/send-mail.ts';
import { startDeafServer } from './deaf-server.ts';
import { sampleBrands } from './mail-samples.ts';

/** SES as far as one call goes: it remembers what it was asked and answers as told. */
let answer: (response: ServerResponse) => void;
let asked: URLSearchParams[] = [];
let server: Server;
const environment = { ...process.env };

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    asked.push(new URLSearchParams(Buffer.concat(await request.toArray()).toString('utf8')));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterEach(async () => {
  process.env = { ...environment };
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const xml = (status: number, body: string) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
const error = (status: number, code: string) =>
  xml(
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
  );
const accepted = xml(
  200,
  '<SendEmailResponse><SendEmailResult><MessageId>m-1</MessageId></SendEmailResult></SendEmailResponse>',
);

const [northwind] = sampleBrands;
const mail = { subject: 'Grüße', text: 'Text', html: '<p>HTML</p>' };
const send = () => openMail(northwind, 'northwind-prod')('anna@example.com', 'verify', mail);

test('a mail is sent from the brand, through its configuration set, in UTF-8, with tags', async () => {
  answer = accepted;
  expect(await send()).toEqual({ outcome: 'accepted', messageId: 'm-1' });
  expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
    Action: 'SendEmail',
    Source: '"Northwind" <no-reply@mail.northwind.example>',
    'Destination.ToAddresses.member.1': 'anna@example.com',
    'ReplyToAddresses.member.1': 'help@northwind.example',
    'Message.Subject.Data': 'Grüße',
    'Message.Subject.Charset': 'UTF-8',
    'Message.Body.Text.Charset': 'UTF-8',
    'Message.Body.Html.Data': '<p>HTML</p>',
    ConfigurationSetName: 'northwind-prod',
    'Tags.member.1.Name': 'brand',
    'Tags.member.1.Value': 'northwind',
    'Tags.member.2.Name': 'kind',
    'Tags.member.2.Value': 'verify',
  });
});

test.each([
  ['Throttling', 400, 'refused'],
  ['LimitExceeded', 400, 'refused'],
  ['AccountSendingPausedException', 400, 'refused'],
  ['ConfigurationSetDoesNotExist', 400, 'refused'],
  ['MessageRejected', 400, 'refused'],
  ['AccessDenied', 403, 'refused'],
  ['InternalFailure', 500, 'refused'],
  ['ServiceUnavailable', 503, 'refused'],
  ['InvalidParameterValue', 400, 'rejected'],
] as const)('F11: %s (%i) is %s, after one attempt', async (code, status, outcome) => {
  answer = error(status, code);
  expect(await send()).toMatchObject({ outcome });
  expect(asked).toHaveLength(1);
});

test('F12: an answer that does not come leaves it unclear, and the SDK does not send again', async () => {
  answer = (response) => response.destroy();
  expect(await send()).toMatchObject({ outcome: 'unclear' });
  expect(asked).toHaveLength(1);
});

test('F11: an SES that cannot be reached has certainly sent nothing', async () => {
  process.env.AWS_ENDPOINT_URL_SES = 'http://127.0.0.1:1';
  expect(await send()).toMatchObject({ outcome: 'refused' });
});

test('F11: an SES that does not even take the connection has sent nothing', { timeout: 10_000 }, async () => {
  const deaf = await startDeafServer();
  try {
    process.env.AWS_ENDPOINT_URL_SES = deaf.origin;
    expect(await send()).toMatchObject({ outcome: 'refused' });
  } finally {
    await deaf.stop();
  }
});

test('F12: half an answer leaves it unclear', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '500' }).write('<SendEmailResp');
    setTimeout(() => response.destroy(), 20);
  };
  expect(await send()).toMatchObject({ outcome: 'unclear' });
  expect(asked).toHaveLength(1);
});

test('F18: an answer that takes too long is given up within 6 s and is unclear', { timeout: 10_000 }, async () => {
  answer = () => {};
  const began = performance.now();
  expect(await send()).toMatchObject({ outcome: 'unclear' });
  expect(performance.now() - began).toBeLessThan(6000);
  expect(asked).toHaveLength(1);
});
