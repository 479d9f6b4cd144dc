import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../lambdas/shared/domain/email-address.ts';
import { systemRandom } from '../../lambdas/shared/domain/id.ts';
import {
  type Passkey,
  passkeyAlgorithms,
  relyingParty,
  userHandle,
  userOfHandle,
} from '../../lambdas/shared/domain/passkey.ts';
import {
  challengeIn,
  challengeLifetime,
  challengeUntil,
  newChallenge,
} from '../../lambdas/shared/domain/passkey-challenge.ts';
import {
  creationOptions,
  discoverableOptions,
  secondFactorOptions,
} from '../../lambdas/shared/domain/passkey-options.ts';
import { passkeyProvider } from '../../lambdas/shared/domain/passkey-provider.ts';
import { verifyAssertion, verifyAttestation } from '../../lambdas/shared/domain/verify-passkey.ts';
import {
  flags,
  type Making,
  newSoftwarePasskey,
  type SoftwarePasskey,
  type Twist,
} from '../integration/support/software-authenticator.ts';
import { sampleBrands } from './mail-samples.ts';
import { sampleSealing } from './sample-keys.ts';

const [brand] = sampleBrands;
const origin = 'https://login.example.com';
const rp = relyingParty(
  {
    ...brand,
    authentication: {
      ...brand.authentication,
      passkeys: { ...brand.authentication.passkeys, relatedOrigins: ['https://shop.example'] },
    },
  },
  origin,
);
const policy = { max: 5, passwordless: true, relatedOrigins: [], signCount: 'flag', attestation: 'none' } as const;
const user = 'usr_aaaaaaaaaaaaaaaaaaaaaa' as const;
const now = Date.parse('2026-11-22T03:00:00Z');
const { mac } = sampleSealing();
const address = normaliseEmail('ada@example.com');
if (!address) throw new Error('no address');
const owner = { id: user, email: address, name: 'Ada', passkeys: [], alone: true };
const challenge = newChallenge(mac, systemRandom, { ceremony: 'sign-in', of: 'web' }, now);

const enrolment = creationOptions(rp, policy, owner, challenge);
const terms = { challenge, attestation: 'none', userVerification: 'required' } as const;

async function enrolled(making: Partial<Making> = {}): Promise<{ device: SoftwarePasskey; passkey: Passkey }> {
  const device = newSoftwarePasskey({ origin, ...making });
  return { device, passkey: await verifyAttestation(rp, device.create(enrolment), terms, now) };
}

const use = { challenge, signCount: 'refuse', userVerification: 'required' } as const;
const question = discoverableOptions(rp, challenge);
const refused = { code: 'passkey_invalid' };
const { up, uv, be, bs } = flags;

/** What is wrong in a ceremony of either kind, one item at a time. */
const twists: readonly (readonly [string, Twist])[] = [
  ['another challenge', { challenge: randomBytes(70).toString('base64url') }],
  ['an empty challenge', { challenge: '' }],
  ['a sub-domain', { origin: 'https://evil.login.example.com' }],
  ['a parent domain', { origin: 'https://example.com' }],
  ['plain http', { origin: 'http://login.example.com' }],
  ['another port', { origin: 'https://login.example.com:8443' }],
  ['a look-alike', { origin: 'https://login.example.com.evil.test' }],
  ['a frame of another origin', { crossOrigin: true }],
  ['a frame that names its top', { crossOrigin: true, topOrigin: 'https://evil.test' }],
  ['a top origin without a frame', { topOrigin: 'https://login.example.com' }],
  ['another relying party', { rpId: 'example.com' }],
  ['no user presence', { flags: uv | be | bs }],
  ['no user verification', { flags: up | be | bs }],
  ['PK3: backed up but not eligible', { flags: up | uv | bs }],
  ['another credential id', { id: randomBytes(32).toString('base64url') }],
];

describe('passkeys: enrolment', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)('verifies a real ceremony with %s', async (alg) => {
    const { device, passkey } = await enrolled({ alg, aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d' });
    expect(passkey).toMatchObject({
      credentialId: device.id,
      synced: true,
      backedUp: true,
      counter: 0,
      addedAt: now,
    });
    expect(passkeyProvider(passkey.aaguid)).toBe('1Password');
    expect(await verifyAssertion(rp, device.get(question), passkey, use)).toEqual({
      userVerified: true,
      counter: 0,
      backedUp: true,
      suspect: false,
    });
  });

  it.each([
    ...twists,
    ['the type of a use', { type: 'webauthn.get' }],
    ['an algorithm that was not offered', { alg: -35 }],
    ['an unknown format', { fmt: 'made-up' }],
  ] satisfies (readonly [string, Twist])[])('PK2: refuses %s', async (_, twist) => {
    const device = newSoftwarePasskey({ origin });
    await expect(verifyAttestation(rp, device.create(enrolment, twist), terms, now)).rejects.toMatchObject(refused);
  });

  it('PK2: an origin that the brand names is one of ours', async () => {
    const device = newSoftwarePasskey({ origin: 'https://shop.example' });
    const passkey = await verifyAttestation(rp, device.create(enrolment), terms, now);
    await expect(verifyAssertion(rp, device.get(question), passkey, use)).resolves.toMatchObject({
      userVerified: true,
    });
    const elsewhere = { ...rp, origins: [origin] };
    await expect(verifyAssertion(elsewhere, device.get(question), passkey, use)).rejects.toMatchObject(refused);
  });

  it('PK4: refuses a credential id of more than 1023 bytes', async () => {
    await expect(enrolled({ idBytes: 1023 })).resolves.toBeDefined();
    await expect(enrolled({ idBytes: 1024 })).rejects.toMatchObject(refused);
  });

  it('PK6: nonsense is refused, not a fault', async () => {
    const { id, rawId, response } = newSoftwarePasskey({ origin }).create(enrolment);
    for (const attestationObject of ['AA', 'oA', Buffer.from('not cbor at all').toString('base64url')]) {
      const made = { id, rawId, response: { ...response, attestationObject } };
      await expect(verifyAttestation(rp, made, terms, now)).rejects.toMatchObject(refused);
    }
    const unread = { id, rawId, response: { ...response, clientDataJSON: 'AAAA' } };
    await expect(verifyAttestation(rp, unread, terms, now)).rejects.toMatchObject(refused);
  });

  it('PK7: attestation "none" where the policy asks for one', async () => {
    const direct = { ...terms, attestation: 'direct' } as const;
    const device = newSoftwarePasskey({ origin });
    await expect(verifyAttestation(rp, device.create(enrolment), direct, now)).rejects.toMatchObject(refused);
    const attested = device.create(enrolment, { selfAttested: true });
    await expect(verifyAttestation(rp, attested, direct, now)).resolves.toMatchObject({ credentialId: device.id });
    const other = device.create(enrolment, { selfAttested: true, challenge: 'x' });
    await expect(verifyAttestation(rp, other, direct, now)).rejects.toMatchObject(refused);
  });

  it('a passkey beside other factors need not verify its user; one that is alone must', async () => {
    const device = newSoftwarePasskey({ origin });
    const beside = { ...terms, userVerification: 'preferred' } as const;
    const made = device.create(enrolment, { flags: up });
    await expect(verifyAttestation(rp, made, beside, now)).resolves.toMatchObject({ synced: false });
    expect(creationOptions(rp, policy, { ...owner, alone: false }, challenge).authenticatorSelection).toEqual({
      residentKey: 'preferred',
      requireResidentKey: false,
      userVerification: 'preferred',
    });
    expect(enrolment.authenticatorSelection.residentKey).toBe('required');
    expect(enrolment.pubKeyCredParams.map(({ alg }) => alg)).toEqual(passkeyAlgorithms);
  });
});

describe('passkeys: use', () => {
  it.each([
    ...twists,
    ['the type of an enrolment', { type: 'webauthn.create' }],
    ['PK3: no longer eligible for backup', { flags: up | uv }],
    ['PK6: a forged signature', { forgeSignature: true }],
  ] satisfies (readonly [string, Twist])[])('PK2: refuses %s', async (_, twist) => {
    const { device, passkey } = await enrolled();
    await expect(verifyAssertion(rp, device.get(question, twist), passkey, use)).rejects.toMatchObject(refused);
  });

  it('PK3: a device-bound passkey does not become one that is synced', async () => {
    const { device, passkey } = await enrolled({ synced: false });
    expect(passkey.synced).toBe(false);
    const synced = device.get(question, { flags: up | uv | be });
    await expect(verifyAssertion(rp, synced, passkey, use)).rejects.toMatchObject(refused);
  });

  it('PK3: the backup state may change', async () => {
    const { device, passkey } = await enrolled();
    const used = device.get(question, { flags: up | uv | be });
    await expect(verifyAssertion(rp, used, passkey, use)).resolves.toMatchObject({ backedUp: false });
  });

  it('PK5, PK6: the key of another passkey does not fit', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const swapped = { ...one.passkey, publicKey: other.passkey.publicKey };
    await expect(verifyAssertion(rp, one.device.get(question), swapped, use)).rejects.toMatchObject(refused);
    await expect(verifyAssertion(rp, one.device.get(question), other.passkey, use)).rejects.toMatchObject(refused);
  });

  it.each([
    [0, 0, false],
    [5, 6, false],
    [5, 5, true],
    [5, 4, true],
    [5, 0, true],
    [0, 1, false],
  ])('PK8: stored counter %i, sent %i', async (stored, sent, suspect) => {
    const { device, passkey } = await enrolled();
    const seen = { ...passkey, counter: stored };
    const flagged = await verifyAssertion(rp, device.get(question, { counter: sent }), seen, {
      ...use,
      signCount: 'flag',
    });
    expect(flagged).toMatchObject({ suspect, counter: sent });
    const strict = verifyAssertion(rp, device.get(question, { counter: sent }), seen, use);
    await (suspect ? expect(strict).rejects.toMatchObject(refused) : expect(strict).resolves.toBeDefined());
  });

  it('PK9: the question of a sign-in is the same for everybody; the one of a second factor names the passkeys', async () => {
    const { passkey } = await enrolled();
    expect(question.allowCredentials).toEqual([]);
    expect(question.userVerification).toBe('required');
    expect(secondFactorOptions(rp, challenge, [passkey], ['password'])).toMatchObject({
      allowCredentials: [{ id: passkey.credentialId, type: 'public-key' }],
    });
  });
});

describe('PK1: challenges', () => {
  const made = { ceremony: 'enrolment', of: 'ses_1' } as const;

  it('are new each time, of 256 random bits at least, and good for five minutes of one use', () => {
    const many = Array.from({ length: 50 }, () => newChallenge(mac, systemRandom, made, now));
    expect(new Set(many).size).toBe(50);
    for (const one of many) {
      expect(Buffer.from(one, 'base64url').length).toBeGreaterThanOrEqual(32);
      expect(challengeUntil(mac, one, made, now)).toBe(now / 1000 + challengeLifetime);
      expect(challengeUntil(mac, one, made, now + challengeLifetime * 1000)).toBeUndefined();
      expect(challengeUntil(mac, one, { ...made, of: 'ses_2' }, now)).toBeUndefined();
      expect(challengeUntil(mac, one, { ...made, ceremony: 'sign-in' }, now)).toBeUndefined();
    }
    expect(challengeLifetime).toBeLessThanOrEqual(300);
  });

  it('that the client made are refused, and so is every changed bit', () => {
    const one = Buffer.from(newChallenge(mac, systemRandom, made, now), 'base64url');
    for (let at = 0; at < one.length; at++) {
      const changed = Buffer.from(one);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(challengeUntil(mac, changed.toString('base64url'), made, now)).toBeUndefined();
    }
    for (const text of ['', 'x', randomBytes(32).toString('base64url'), randomBytes(70).toString('base64url')]) {
      expect(challengeUntil(mac, text, made, now)).toBeUndefined();
    }
  });

  it('are read from a response without believing it', () => {
    const said = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(challengeIn(said({ challenge: 'abc' }))).toBe('abc');
    for (const rubbish of [said({}), said({ challenge: 5 }), said(null), 'AAAA', ''])
      expect(challengeIn(rubbish)).toBe('');
  });
});

it('PK5: a user handle is the id of a person, or nobody’s', () => {
  expect(userOfHandle(userHandle(user))).toBe(user);
  for (const handle of [undefined, null, '', 'AAAA', Buffer.from('usr_short').toString('base64url')]) {
    expect(userOfHandle(handle)).toBeUndefined();
  }
});
