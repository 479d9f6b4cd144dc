import { constants, createPublicKey, randomBytes, sign } from 'node:crypto';
import type { AwsReply, AwsRequest, AwsService, Demand } from '../aws-service.ts';
import { ServiceError } from '../aws-service.ts';
import { jsonError, jsonReply, parseJsonRequest, requiredText } from '../json-protocol.ts';
import { type EncryptionContext, keyIdOf, open, seal } from './ciphertext.ts';
import type { KmsKey } from './keys.ts';

type Input = AwsRequest['input'];

/** KMS as far as functions use it: Encrypt, Decrypt, GenerateDataKey, Sign and GetPublicKey. */
export function createKms(keys: ReadonlyMap<string, KmsKey>, account: string): AwsService {
  const keyOf = ({ action, input }: AwsRequest): KmsKey => {
    const given = input.KeyId;
    // Decrypt may leave the key out: the ciphertext names it.
    const id = typeof given === 'string' ? given : action === 'Decrypt' ? keyIdOf(bytes(input, 'CiphertextBlob')) : '';
    const key = keys.get(id);
    if (key === undefined) throw new ServiceError('NotFoundException', `Key '${id}' does not exist`);
    return key;
  };
  return {
    name: 'kms',
    parse: parseJsonRequest,
    subject: (request) => ({ targets: [keyOf(request).id], items: [], writes: false }),
    demands: (request) => [demandOf(request, keyOf(request), account)],
    async perform(request) {
      const operation = OPERATIONS.get(request.action);
      if (operation === undefined)
        throw new ServiceError('UnknownOperationException', `No local KMS ${request.action}.`);
      const key = keyOf(request);
      if (!key.enabled) throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
      return operation(key, request.input);
    },
    fail: jsonError,
  };
}

function demandOf({ action, input }: AwsRequest, key: KmsKey, account: string): Demand {
  const context: Record<string, string | string[]> = { 'kms:CallerAccount': account };
  const encryptionContext = Object.entries(contextOf(input));
  for (const [name, value] of encryptionContext) context[`kms:EncryptionContext:${name}`] = value;
  if (encryptionContext.length > 0) context['kms:EncryptionContextKeys'] = encryptionContext.map(([name]) => name);
  if (typeof input.SigningAlgorithm === 'string') context['kms:SigningAlgorithm'] = input.SigningAlgorithm;
  if (key.material !== undefined) context['kms:EncryptionAlgorithm'] = 'SYMMETRIC_DEFAULT';
  return { action: `kms:${action}`, resource: key.arn, context };
}

const OPERATIONS: ReadonlyMap<string, (key: KmsKey, input: Input) => AwsReply> = new Map([
  ['Encrypt', encrypt],
  ['Decrypt', decrypt],
  ['GenerateDataKey', generateDataKey],
  ['Sign', signMessage],
  ['GetPublicKey', getPublicKey],
]);

function encrypt(key: KmsKey, input: Input): AwsReply {
  const blob = seal(key, bytes(input, 'Plaintext'), contextOf(input));
  return jsonReply({
    KeyId: key.arn,
    CiphertextBlob: blob.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  });
}

function decrypt(key: KmsKey, input: Input): AwsReply {
  const blob = bytes(input, 'CiphertextBlob');
  if (keyIdOf(blob) !== key.id) throw new ServiceError('IncorrectKeyException', 'The ciphertext is of another key.');
  const plaintext = open(key, blob, contextOf(input));
  return jsonReply({
    KeyId: key.arn,
    Plaintext: plaintext.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  });
}

function generateDataKey(key: KmsKey, input: Input): AwsReply {
  const size = typeof input.NumberOfBytes === 'number' ? input.NumberOfBytes : input.KeySpec === 'AES_128' ? 16 : 32;
  const dataKey = randomBytes(size);
  const blob = seal(key, dataKey, contextOf(input));
  return jsonReply({ KeyId: key.arn, Plaintext: dataKey.toString('base64'), CiphertextBlob: blob.toString('base64') });
}

function signMessage(key: KmsKey, input: Input): AwsReply {
  const algorithm = requiredText(input, 'SigningAlgorithm');
  const [, scheme, bits] = /^(ECDSA|RSASSA_PKCS1_V1_5|RSASSA_PSS)_SHA_(256|384|512)$/.exec(algorithm) ?? [];
  if (key.privateKey === undefined || scheme === undefined) {
    throw new ServiceError('InvalidKeyUsageException', `${key.arn} does not sign with ${algorithm}.`);
  }
  if (input.MessageType === 'DIGEST') {
    // node:crypto always hashes what it signs.
    throw new ServiceError('ValidationException', 'The local KMS signs messages of type RAW only.');
  }
  const padding =
    scheme === 'RSASSA_PSS' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: Number(bits) / 8 } : {};
  const signature = sign(`sha${bits}`, bytes(input, 'Message'), { key: key.privateKey, ...padding });
  return jsonReply({ KeyId: key.arn, Signature: signature.toString('base64'), SigningAlgorithm: algorithm });
}

function getPublicKey(key: KmsKey): AwsReply {
  if (key.privateKey === undefined)
    throw new ServiceError('UnsupportedOperationException', `${key.arn} has no public key.`);
  const publicKey = createPublicKey(key.privateKey).export({ type: 'spki', format: 'der' });
  return jsonReply({ KeyId: key.arn, PublicKey: publicKey.toString('base64'), KeyUsage: 'SIGN_VERIFY' });
}

function bytes(input: Input, name: string): Buffer {
  return Buffer.from(requiredText(input, name), 'base64');
}

function contextOf(input: Input): EncryptionContext {
  const context = input.EncryptionContext;
  if (context === null || typeof context !== 'object') return {};
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
}
