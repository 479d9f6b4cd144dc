import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDeployment } from '../../local/assembly/deployment.ts';
import { openDataFolder } from '../../local/data-folder.ts';
import { ServiceError } from '../../local/services/aws-service.ts';
import { loadKeys } from '../../local/services/kms/keys.ts';
import { createKms } from '../../local/services/kms/kms.ts';

const resource = (Type: string, Properties: Record<string, unknown> = {}) => ({ Type, Properties });
const Resources = {
  Api: resource('AWS::ApiGatewayV2::Api'),
  Sealing: resource('AWS::KMS::Key', { MultiRegion: true }),
  Other: resource('AWS::KMS::Key'),
  Disabled: resource('AWS::KMS::Key', { Enabled: false }),
  Signing: resource('AWS::KMS::Key', { KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256' }),
  Alias: resource('AWS::KMS::Alias', { AliasName: 'alias/sealing', TargetKeyId: { Ref: 'Sealing' } }),
};
const template = { Resources, Outputs: {}, Conditions: {}, Mappings: {}, Parameters: {} };
const stack = { name: 'shop-dev-api', region: 'eu-west-1', assets: new Map(), template };
const deployment = createDeployment([stack], 'shop-dev', 'http://localhost');
const folder = openDataFolder('memory');
const kms = createKms(loadKeys(deployment, folder), '000000000000');
const keyId = (logicalId: string) => deployment.ofType('AWS::KMS::Key').find((key) => key.logicalId === logicalId)?.ref;

async function call(action: string, input: Record<string, unknown>): Promise<Record<string, string>> {
  try {
    return JSON.parse((await kms.perform({ action, input, headers: {} })).body);
  } catch (error) {
    if (error instanceof ServiceError) return { error: error.error.code };
    throw error;
  }
}

test('what is encrypted opens with its context, by alias too, and after a restart', async () => {
  const Plaintext = Buffer.from('secret').toString('base64');
  const EncryptionContext = { ring: 'sealing', b: '1' };
  const { CiphertextBlob, KeyId } = await call('Encrypt', { KeyId: 'alias/sealing', Plaintext, EncryptionContext });
  expect(KeyId).toMatch(/^arn:aws:kms:eu-west-1:000000000000:key\/mrk-[0-9a-f]{32}$/);
  const reordered = { b: '1', ring: 'sealing' };
  expect(await call('Decrypt', { CiphertextBlob, EncryptionContext: reordered })).toMatchObject({ Plaintext });
  const again = createKms(loadKeys(deployment, folder), '000000000000');
  const opened = await again.perform({ action: 'Decrypt', input: { CiphertextBlob, EncryptionContext }, headers: {} });
  expect(JSON.parse(opened.body)).toMatchObject({ Plaintext });
});

test('refuses in the words of KMS', async () => {
  const sealed = await call('GenerateDataKey', {
    KeyId: keyId('Sealing'),
    KeySpec: 'AES_256',
    EncryptionContext: { ring: 'a' },
  });
  expect(Buffer.from(sealed.Plaintext ?? '', 'base64')).toHaveLength(32);
  const { CiphertextBlob } = sealed;
  expect(await call('Decrypt', { CiphertextBlob, EncryptionContext: { ring: 'b' } })).toEqual({
    error: 'InvalidCiphertextException',
  });
  expect(await call('Decrypt', { CiphertextBlob })).toEqual({ error: 'InvalidCiphertextException' });
  expect(await call('Decrypt', { CiphertextBlob, KeyId: keyId('Other') })).toEqual({ error: 'IncorrectKeyException' });
  expect(await call('Decrypt', { CiphertextBlob: 'AAAA' })).toEqual({ error: 'NotFoundException' });
  expect(await call('GenerateDataKey', { KeyId: keyId('Disabled') })).toEqual({ error: 'DisabledException' });
  expect(await call('Encrypt', { KeyId: keyId('Signing'), Plaintext: 'AAAA' })).toEqual({
    error: 'InvalidKeyUsageException',
  });
  expect(await call('ScheduleKeyDeletion', { KeyId: keyId('Other') })).toEqual({ error: 'UnknownOperationException' });
});

test('signs so that the public key verifies', async () => {
  const message = Buffer.from('message');
  const input = { KeyId: keyId('Signing'), Message: message.toString('base64'), SigningAlgorithm: 'ECDSA_SHA_256' };
  const { Signature = '' } = await call('Sign', input);
  const { PublicKey = '' } = await call('GetPublicKey', { KeyId: keyId('Signing') });
  const key = createPublicKey({ key: Buffer.from(PublicKey, 'base64'), format: 'der', type: 'spki' });
  expect(verify('sha256', message, key, Buffer.from(Signature, 'base64'))).toBe(true);
  expect(await call('Sign', { ...input, KeyId: keyId('Sealing') })).toEqual({ error: 'InvalidKeyUsageException' });
});

test('tells IAM the context of a request, key by key', () => {
  const input = { KeyId: keyId('Sealing'), EncryptionContext: { ring: 'signing' } };
  expect(kms.demands({ action: 'GenerateDataKey', input, headers: {} })).toMatchObject([
    {
      action: 'kms:GenerateDataKey',
      context: { 'kms:EncryptionContext:ring': 'signing', 'kms:EncryptionContextKeys': ['ring'] },
    },
  ]);
});
