import * as z from 'zod';
import type { GrantType, Locale } from '../lambdas/shared/domain/brand.ts';
import { type ReasonCode, reasonCodes } from '../lambdas/shared/domain/risk.ts';
import type { BrandTexts } from '../lambdas/shared/messages/brand-texts.ts';
import { clientSigningAlgs } from '../lambdas/shared/oidc/public-jwk.ts';
import type { BrandDefinition } from './brand-definition.ts';
import { type PurposeId, purposeCatalogue } from './purpose-catalogue.ts';
import { regions } from './regions.ts';

/** Locales that texts exist for, as `Locale` lists them; the key's type keeps the two equal. */
const localeNames: { readonly [L in Locale]: L } = {
  en: 'en',
  de: 'de',
  fr: 'fr',
  es: 'es',
  it: 'it',
  'pt-BR': 'pt-BR',
  ja: 'ja',
  ar: 'ar',
};
const locale = z.enum(localeNames);
/** Grants, as `GrantType` lists them. */
const grantTypes: { readonly [G in GrantType]: G } = {
  authorization_code: 'authorization_code',
  refresh_token: 'refresh_token',
  client_credentials: 'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code': 'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'urn:ietf:params:oauth:grant-type:token-exchange',
};
const purposeIds = Object.keys(purposeCatalogue) as PurposeId[];

const seconds = z.int();
const limit = z.strictObject({ max: z.int(), window: seconds, free: z.int().optional() }).readonly();
const limits = z.strictObject({
  passwordPerAccount: limit,
  passwordPerDevice: limit,
  triesPerIp: limit,
  codesPerAddress: limit,
  startsPerIp: limit,
  startsPerAccount: limit,
  mailsPerAddress: limit,
  triesPerCode: z.int(),
  clientSecretsPerIp: limit,
});
const abuse = z.strictObject({
  misses: z.strictObject({ prefix: limit, asn: limit, client: limit, brand: limit }),
  starts: z.strictObject({ prefix: limit, domain: limit, brand: limit }),
  signUp: z.strictObject({ minSeconds: seconds, throwaway: z.enum(['allow', 'challenge', 'refuse']) }),
  mailsPerHour: z.int(),
});
const strings = z.array(z.string()).readonly();

/** Ids and languages are judged by the rule, which says what is wrong with them. */
const ownWords = z.record(z.string(), z.string()).optional();
const texts = z.record(
  z.string(),
  z.strictObject({ pages: ownWords, mails: ownWords, problems: ownWords }),
) as z.ZodType<BrandTexts>;

/** Loose, so that the rule can say of a private member what is wrong with it. */
const jwks = z.strictObject({
  keys: z
    .array(
      z.looseObject({
        kid: z.string(),
        alg: z.enum(clientSigningAlgs),
        kty: z.enum(['EC', 'RSA', 'OKP']),
        crv: z.string().optional(),
        x: z.string().optional(),
        y: z.string().optional(),
        n: z.string().optional(),
        e: z.string().optional(),
      }),
    )
    .readonly(),
});

const secondFactor = z.enum(['off', 'optional', 'risk-based', 'required']);

const sms = z.strictObject({
  countries: z.record(
    z.string(),
    z.union([z.strictObject({ senderId: z.string() }), z.strictObject({ number: z.string() })]),
  ),
  firstFactor: z.boolean(),
  perNumber: limit,
  perPrefix: limit,
  perIp: limit,
  perHour: z.int(),
  perDay: z.int(),
  maxPrice: z.number(),
  monthlySpend: z.number(),
});

const risk = z.strictObject({
  weights: z.strictObject(
    Object.fromEntries(reasonCodes.map((reason) => [reason, z.int()])) as { readonly [R in ReasonCode]: z.ZodInt },
  ),
  thresholds: z.strictObject({ secondFactor: z.int(), challenge: z.int(), deny: z.int() }),
  anonymisers: z.array(z.int()).readonly(),
  travelSpeed: z.int(),
  unusedAfter: seconds,
  failedAttempts: z.int(),
});

const authentication = z.strictObject({
  secondFactor,
  factors: z.array(z.enum(['totp', 'passkey', 'sms'])).readonly(),
  passkeys: z.strictObject({
    max: z.int(),
    passwordless: z.boolean(),
    relatedOrigins: strings,
    signCount: z.enum(['flag', 'refuse']),
    attestation: z.enum(['none', 'direct']),
  }),
  levels: z.strictObject({ aal2: z.strictObject({ absolute: seconds, idle: seconds }) }),
  sms: sms.optional(),
  mailedLinks: z.boolean(),
  recovery: z.strictObject({ delay: seconds }).optional(),
  risk,
});

const stage = z.strictObject({
  region: z.enum(regions),
  replicas: z.array(z.enum(regions)).readonly(),
  account: z.string().optional(),
  domain: z.strictObject({ name: z.string(), hostedZoneId: z.string(), hostedZoneName: z.string() }).optional(),
  edge: z.enum(['none', 'cloudfront']).optional(),
  alarmsTo: z.string().optional(),
  sender: z.strictObject({ domain: z.string(), from: z.string() }).optional(),
  limits: limits.partial().optional(),
  abuse: abuse.partial().optional(),
  clients: z
    .record(
      z.string(),
      z.strictObject({
        redirectUris: strings.optional(),
        postLogoutRedirectUris: strings.optional(),
        origins: strings.optional(),
        onwardOrigins: strings.optional(),
        jwks: jwks.optional(),
      }),
    )
    .optional(),
});

/** A client of a brand; the fixture of a test harness gives its own in the same shape. */
export const clientSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  firstParty: z.boolean(),
  secondFactor: secondFactor.optional(),
  authentication: z.enum(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']),
  jwks: jwks.optional(),
  requirePushedRequests: z.boolean().optional(),
  dpop: z.enum(['optional', 'required']).optional(),
  redirectUris: strings,
  origins: strings,
  grants: z.array(z.enum(grantTypes)).readonly(),
  scopes: strings,
  audience: z.string(),
  idTokenAlg: z.enum(['ES256', 'RS256']),
  userinfoAlg: z.enum(['ES256', 'RS256']).optional(),
  pkceExempt: z.boolean().optional(),
  postLogoutRedirectUris: strings.optional(),
  onwardOrigins: strings.optional(),
  exchange: z.strictObject({ audiences: strings }).optional(),
  backchannelLogoutUri: z.string().optional(),
});

/**
 * Shape of a brand at run time. Types are stripped, not checked, when the synth runs, so a missing or misspelt key
 * must stop it here; what values mean together is judged by `brands/rules/`.
 */
export const brandSchema: z.ZodType<BrandDefinition> = z.strictObject({
  id: z.string(),
  name: z.string(),
  look: z.strictObject({
    accent: z.string(),
    onAccent: z.string(),
    background: z.string(),
    text: z.string(),
    font: z.string(),
    radius: z.number(),
    logo: z.string().optional(),
  }),
  sender: z.strictObject({
    domain: z.string(),
    from: z.string(),
    name: z.string(),
    replyTo: z.string().optional(),
    recoveryForUnknownAddress: z.enum(['explain', 'silent']),
  }),
  locales: z.strictObject({ default: locale, offered: z.array(locale).readonly() }),
  passwords: z.strictObject({
    minLength: z.int(),
    maxLength: z.int(),
    forbidden: strings,
    singleFactorReason: z.string().optional(),
    breaches: z.strictObject({ ask: z.boolean(), atSignIn: z.enum(['nothing', 'list', 'all']) }),
  }),
  lifetimes: z.strictObject({
    code: seconds,
    flow: seconds,
    recoveryCode: seconds,
    accessToken: seconds,
    idToken: seconds,
    refreshIdle: seconds,
    refreshAbsolute: seconds,
    refreshGrace: seconds,
    recentAuthentication: seconds,
    rememberedDevice: seconds,
    signingKey: seconds,
  }),
  limits,
  abuse,
  authentication,
  purposes: z
    .array(
      z.strictObject({
        id: z.enum(purposeIds),
        version: z.string(),
        required: z.boolean(),
        text: z.partialRecord(locale, z.string()),
      }),
    )
    .readonly(),
  clients: z.array(clientSchema).readonly(),
  texts: texts.optional(),
  dynamicRegistration: z.strictObject({ scopes: strings, audience: z.string() }).optional(),
  stages: z.strictObject({ dev: stage, prod: stage }),
});
