import { createPrivateKey, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';
import type { DataFolder } from '../../data-folder.ts';
import { refuse } from '../../refusal.ts';

/** A KMS key of the deployment. */
export interface KmsKey {
  readonly id: string;
  readonly arn: string;
  readonly enabled: boolean;
  /** Symmetric key material, 32 bytes; undefined for a signing key. */
  readonly material: Buffer | undefined;
  /** Private key of a SIGN_VERIFY key. */
  readonly privateKey: KeyObject | undefined;
}

const KeyProperties = z.object({
  Enabled: z.boolean().default(true),
  KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']).default('ENCRYPT_DECRYPT'),
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
});
const AliasProperties = z.object({ AliasName: z.string(), TargetKeyId: z.string() });
const Saved = z.object({ master: z.string(), signing: z.record(z.string(), z.string()) });

const CURVES: Readonly<Record<string, string>> = {
  ECC_NIST_P256: 'prime256v1',
  ECC_NIST_P384: 'secp384r1',
  ECC_NIST_P521: 'secp521r1',
};

/**
 * The deployment's keys by id, ARN and alias. Symmetric material is derived from one master key; master and private
 * keys are kept in the data folder: without them nothing that was sealed opens again.
 */
export function loadKeys(deployment: Deployment, folder: DataFolder): ReadonlyMap<string, KmsKey> {
  const saved = folder.read('kms');
  const parsed = Saved.safeParse(saved ?? { master: randomBytes(32).toString('base64'), signing: {} });
  if (!parsed.success) return refuse(`${folder.path}/kms.json is damaged: restore it, or start with --fresh.`);
  const { master, signing } = parsed.data;
  const keys = new Map<string, KmsKey>();
  for (const resource of deployment.ofType('AWS::KMS::Key')) {
    const properties = resource.read(KeyProperties);
    const signs = properties.KeyUsage === 'SIGN_VERIFY';
    if (signs) signing[resource.ref] ??= generateSigningKey(properties.KeySpec);
    const key: KmsKey = {
      id: resource.ref,
      arn: resource.arn,
      enabled: properties.Enabled,
      material: signs
        ? undefined
        : Buffer.from(hkdfSync('sha256', Buffer.from(master, 'base64'), '', resource.ref, 32)),
      privateKey: signs ? createPrivateKey(signing[resource.ref] ?? '') : undefined,
    };
    keys.set(key.id, key).set(key.arn, key);
  }
  for (const resource of deployment.ofType('AWS::KMS::Alias')) {
    const { AliasName, TargetKeyId } = resource.read(AliasProperties);
    const key = keys.get(TargetKeyId);
    if (key === undefined) continue;
    const { region, account } = deployment.place;
    keys.set(AliasName, key).set(`arn:aws:kms:${region}:${account}:${AliasName}`, key);
  }
  folder.write('kms', { master, signing });
  return keys;
}

function generateSigningKey(spec: string): string {
  const rsa = /^RSA_(\d+)$/.exec(spec);
  const namedCurve = CURVES[spec];
  if (rsa !== null) return pem(generateKeyPairSync('rsa', { modulusLength: Number(rsa[1]) }).privateKey);
  if (namedCurve === undefined) return refuse(`The local KMS does not know the key spec ${spec}.`);
  return pem(generateKeyPairSync('ec', { namedCurve }).privateKey);
}

function pem(key: KeyObject): string {
  return String(key.export({ type: 'pkcs8', format: 'pem' }));
}
