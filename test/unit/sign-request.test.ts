import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSigner } from '../../lambdas/shared/store/sign-request.ts';

/** A request as the SDK was about to send it. */
interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Stands where the SDK's connection would be, and keeps what came. */
function listener() {
  const sent: Sent[] = [];
  const handle = async (request: Sent) => {
    sent.push(request);
    throw new Error('nothing leaves a unit test');
  };
  return { sent, requestHandler: { handle } as never };
}

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const secret = fc.stringMatching(/^[A-Za-z0-9+/]{8,40}$/);

/** Signs what the SDK signed, at the SDK's time, and tells both signatures. */
async function bothSignatures(
  service: string,
  region: string,
  { headers, body }: Sent,
  keys: readonly [string, string?],
) {
  const { authorization = '', 'x-amz-date': date = '' } = headers;
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const added = new Set(['x-amz-date', 'x-amz-security-token']);
  const chosen = names.filter((name) => !added.has(name)).map((name) => [name, headers[name] ?? ''] as const);
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
  const [secretAccessKey, sessionToken] = keys;
  const sign = openSigner(service, region, { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, sessionToken });
  const signed = await sign({ headers: Object.fromEntries(chosen), body, at });
  return { ours: signed.authorization, theirs: authorization };
}

test('signs as the SDK does: DynamoDB, whatever the item, the keys and the region', async () => {
  await fc.assert(
    fc.asyncProperty(text, secret, fc.option(secret, { nil: undefined }), async (pk, secretAccessKey, token) => {
      const { sent, requestHandler } = listener();
      const session = token === undefined ? {} : { sessionToken: token };
      const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, ...session };
      const client = new DynamoDBClient({ region: 'eu-west-1', credentials, requestHandler, maxAttempts: 1 });
      await expect(client.send(new GetItemCommand({ TableName: 'T', Key: { pk: { S: pk } } }))).rejects.toThrow();
      const [request] = sent;
      if (!request) throw new Error('the SDK sent nothing');
      const { ours, theirs } = await bothSignatures('dynamodb', 'eu-west-1', request, [secretAccessKey, token]);
      expect(ours).toBe(theirs);
    }),
    { numRuns: 50 },
  );
});

test('signs as the SDK does: KMS elsewhere, with another key on the same day', async () => {
  const { sent, requestHandler } = listener();
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const client = new KMSClient({ region: 'sa-east-1', credentials, requestHandler, maxAttempts: 1 });
  await expect(client.send(new DecryptCommand({ CiphertextBlob: new Uint8Array(64) }))).rejects.toThrow();
  const [request] = sent;
  if (!request) throw new Error('the SDK sent nothing');
  const { ours, theirs } = await bothSignatures('kms', 'sa-east-1', request, [credentials.secretAccessKey]);
  expect(ours).toBe(theirs);
});
