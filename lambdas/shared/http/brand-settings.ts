import type { Brand } from '../domain/brand.ts';

/** The members that a value must have, with those of its parts; optional ones are left out. */
type Shape<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] extends
    | string
    | number
    | boolean
    | readonly unknown[]
    ? true
    : Shape<T[K]>;
};

const limit = { max: true, window: true } as const;

/** Every setting that a brand must have. A new one that is not named here does not compile. */
const settings: Shape<Brand> = {
  id: true,
  name: true,
  look: { accent: true, onAccent: true, background: true, text: true, font: true, radius: true },
  sender: { domain: true, from: true, name: true, recoveryForUnknownAddress: true },
  locales: { default: true, offered: true },
  passwords: { minLength: true, maxLength: true, forbidden: true, breaches: { ask: true, atSignIn: true } },
  lifetimes: {
    code: true,
    flow: true,
    recoveryCode: true,
    accessToken: true,
    idToken: true,
    refreshIdle: true,
    refreshAbsolute: true,
    refreshGrace: true,
    recentAuthentication: true,
    rememberedDevice: true,
    signingKey: true,
  },
  limits: {
    passwordPerAccount: limit,
    passwordPerDevice: limit,
    triesPerIp: limit,
    codesPerAddress: limit,
    startsPerIp: limit,
    startsPerAccount: limit,
    mailsPerAddress: limit,
    triesPerCode: true,
    clientSecretsPerIp: limit,
  },
  abuse: {
    misses: { prefix: limit, asn: limit, client: limit, brand: limit },
    starts: { prefix: limit, domain: limit, brand: limit },
    signUp: { minSeconds: true, throwaway: true },
    mailsPerHour: true,
  },
  authentication: {
    secondFactor: true,
    factors: true,
    passkeys: { max: true, passwordless: true, relatedOrigins: true, signCount: true, attestation: true },
    levels: { aal2: { absolute: true, idle: true } },
    mailedLinks: true,
    risk: {
      weights: {
        new_device: true,
        new_country: true,
        new_network: true,
        impossible_travel: true,
        anonymiser: true,
        long_unused: true,
        failed_attempts: true,
        velocity_address: true,
        velocity_ip: true,
        velocity_asn: true,
        spraying: true,
        automation: true,
      },
      thresholds: { secondFactor: true, challenge: true, deny: true },
      anonymisers: true,
      travelSpeed: true,
      unusedAfter: true,
      failedAttempts: true,
    },
  },
  purposes: true,
  clients: true,
};

interface Members {
  readonly [name: string]: true | Members;
}

function lacking(members: Members, value: unknown, path = ''): readonly string[] {
  const present = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  return Object.entries(members).flatMap(([name, inner]) => {
    const here = `${path}${name}`;
    if (inner !== true) return lacking(inner, present[name], `${here}.`);
    return present[name] === undefined || present[name] === null ? [here] : [];
  });
}

/**
 * Holds a packed brand to its type. `password.length < undefined` is no error in JavaScript, it is no limit: a function
 * with half a brand refuses traffic instead (F30).
 * @throws Error that names every setting that is missing
 */
export function requireSettings(brand: unknown): Brand {
  const missing = lacking(settings as unknown as Members, brand);
  if (missing.length > 0) throw new Error(`brand.json lacks ${missing.join(', ')}`);
  return brand as Brand;
}
