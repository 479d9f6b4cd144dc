import { defineBrand } from './define-brand.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An outdoor outfitter in Europe: strict by the book, no shortcut anywhere. */
export const northwind = defineBrand({
  id: 'northwind',
  name: 'Northwind',
  look: {
    accent: '#0b5d4e',
    onAccent: '#ffffff',
    background: '#f7f8f5',
    text: '#1b2320',
    font: "'Avenir Next', 'Segoe UI', system-ui, sans-serif",
    radius: 4,
  },
  sender: {
    domain: 'mail.northwind.example',
    from: 'no-reply@mail.northwind.example',
    name: 'Northwind',
    replyTo: 'help@northwind.example',
    recoveryForUnknownAddress: 'explain',
  },
  locales: { default: 'en', offered: ['en', 'de', 'fr'] },
  passwords: {
    minLength: 15,
    maxLength: 256,
    forbidden: ['northwind', 'northwind outfitters'],
    breaches: { ask: true, atSignIn: 'all' },
  },
  lifetimes: {
    code: 10 * MINUTE,
    flow: HOUR,
    recoveryCode: 10 * MINUTE,
    accessToken: 5 * MINUTE,
    idToken: 5 * MINUTE,
    refreshIdle: 7 * DAY,
    refreshAbsolute: 30 * DAY,
    refreshGrace: 0,
    recentAuthentication: 10 * MINUTE,
    rememberedDevice: 90 * DAY,
    signingKey: 30 * DAY,
  },
  limits: {
    passwordPerAccount: { free: 10, max: 50, window: 15 * MINUTE },
    passwordPerDevice: { max: 20, window: 15 * MINUTE },
    triesPerIp: { free: 300, max: 400, window: 15 * MINUTE },
    codesPerAddress: { max: 6, window: HOUR },
    startsPerIp: { free: 300, max: 600, window: HOUR },
    mailsPerAddress: { max: 12, window: HOUR },
    triesPerCode: 5,
    clientSecretsPerIp: { max: 20, window: 15 * MINUTE },
  },
  abuse: {
    misses: {
      prefix: { max: 200, window: 15 * MINUTE },
      asn: { max: 1_000, window: 15 * MINUTE },
      client: { max: 1_600, window: 15 * MINUTE },
      brand: { max: 1_600, window: 15 * MINUTE },
    },
    starts: {
      prefix: { max: 200, window: HOUR },
      domain: { max: 320, window: HOUR },
      brand: { max: 3_200, window: HOUR },
    },
    signUp: { minSeconds: 2, throwaway: 'challenge' },
    messages: { mailsPerHour: 20_000, textsPerHour: 500 },
  },
  authentication: {
    secondFactor: 'optional',
    factors: ['passkey', 'totp'],
    passkeys: { max: 10, passwordless: false, relatedOrigins: [], signCount: 'refuse', attestation: 'none' },
    levels: { aal2: { absolute: 12 * HOUR, idle: HOUR } },
    mailedLinks: true,
    recovery: { delay: 3 * DAY },
  },
  purposes: [
    {
      id: 'terms',
      version: '2026-03',
      required: true,
      text: {
        en: 'I accept the terms of use of my Northwind account.',
        de: 'Ich akzeptiere die Nutzungsbedingungen meines Northwind-Kontos.',
        fr: 'J’accepte les conditions d’utilisation de mon compte Northwind.',
      },
    },
    {
      id: 'newsletter',
      version: '2026-01',
      required: false,
      text: {
        en: 'Send me the monthly Northwind newsletter by e-mail. I can unsubscribe at any time.',
        de: 'Schickt mir den monatlichen Northwind-Newsletter per E-Mail. Ich kann ihn jederzeit abbestellen.',
        fr: 'Envoyez-moi chaque mois la lettre d’information de Northwind par e-mail. Je peux me désabonner à tout moment.',
      },
    },
    {
      id: 'product-research',
      version: '2025-11',
      required: false,
      text: {
        en: 'Invite me by e-mail to interviews and product tests, at most four times a year.',
        de: 'Ladet mich per E-Mail zu Interviews und Produkttests ein, höchstens viermal im Jahr.',
        fr: 'Invitez-moi par e-mail à des entretiens et des tests de produits, quatre fois par an au plus.',
      },
    },
  ],
  clients: [
    {
      id: 'northwind-web',
      name: 'Northwind shop',
      firstParty: true,
      authentication: 'none',
      dpop: 'optional',
      redirectUris: ['https://www.northwind.example/signed-in'],
      postLogoutRedirectUris: ['https://www.northwind.example/'],
      origins: ['https://www.northwind.example'],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'orders:read'],
      audience: 'https://api.northwind.example/',
      idTokenAlg: 'ES256',
    },
    {
      id: 'northwind-mobile',
      name: 'Northwind app',
      firstParty: true,
      authentication: 'none',
      // An app link that the operating system gives to the app alone (RFC 8252 section 7.2).
      redirectUris: ['https://app.northwind.example/signed-in'],
      origins: [],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'orders:read', 'orders:write'],
      audience: 'https://api.northwind.example/',
      idTokenAlg: 'ES256',
    },
    {
      id: 'northwind-backend',
      name: 'Northwind order service',
      firstParty: true,
      authentication: 'client_secret_basic',
      redirectUris: [],
      origins: [],
      grants: ['client_credentials'],
      scopes: ['orders:read', 'orders:write'],
      audience: 'https://api.northwind.example/',
      idTokenAlg: 'ES256',
    },
    {
      id: 'northwind-warehouse',
      name: 'Warehouse system of a partner',
      firstParty: false,
      // Software of 2014 that cannot send an Authorization header.
      authentication: 'client_secret_post',
      redirectUris: [],
      origins: [],
      grants: ['client_credentials'],
      scopes: ['orders:read'],
      audience: 'https://api.northwind.example/',
      idTokenAlg: 'ES256',
    },
    {
      id: 'northwind-kiosk',
      name: 'Northwind in-store display',
      firstParty: false,
      // A screen without a keyboard: its person lets it in from a phone.
      authentication: 'none',
      redirectUris: [],
      origins: [],
      grants: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'orders:read'],
      audience: 'https://api.northwind.example/',
      idTokenAlg: 'ES256',
    },
    {
      id: 'northwind-community',
      name: 'Northwind trail forum',
      firstParty: false,
      authentication: 'client_secret_basic',
      redirectUris: ['https://forum.northwind.example/auth/callback'],
      postLogoutRedirectUris: ['https://forum.northwind.example/'],
      origins: [],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access'],
      audience: 'https://forum.northwind.example/',
      // The forum's library verifies nothing but RS256.
      idTokenAlg: 'RS256',
    },
    {
      id: 'northwind-partners',
      name: 'Northwind partner portal',
      firstParty: false,
      // Signs with a key that never leaves its own vault; nothing secret is shared.
      authentication: 'private_key_jwt',
      jwks: {
        keys: [
          {
            kid: '2026-09',
            alg: 'ES256',
            kty: 'EC',
            crv: 'P-256',
            x: 'dGLrHqlJZztfXmher7cHFdDLTOkgosfEE1I3cDsPNjE',
            y: 'NT0WiB04qOuj55X0eC1xzBMElwdC4wgZ6hgPxvvdag8',
          },
        ],
      },
      dpop: 'optional',
      redirectUris: ['https://partners.northwind.example/oidc/callback'],
      postLogoutRedirectUris: ['https://partners.northwind.example/'],
      origins: [],
      grants: ['authorization_code', 'refresh_token', 'client_credentials'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'orders:read', 'orders:write'],
      audience: 'https://api.northwind.example/',
      idTokenAlg: 'ES256',
    },
    {
      id: 'northwind-wallet',
      name: 'Northwind wallet',
      firstParty: false,
      authentication: 'none',
      // It moves money: requests that nobody can edit, tokens that nobody else can use.
      requirePushedRequests: true,
      dpop: 'required',
      redirectUris: ['https://wallet.northwind.example/signed-in'],
      postLogoutRedirectUris: ['https://wallet.northwind.example/'],
      origins: ['https://wallet.northwind.example'],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'orders:read'],
      audience: 'https://api.northwind.example/',
      idTokenAlg: 'ES256',
    },
    {
      id: 'northwind-checkout',
      name: 'Northwind checkout service',
      firstParty: true,
      authentication: 'client_secret_basic',
      dpop: 'optional',
      redirectUris: [],
      origins: [],
      grants: ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange'],
      scopes: ['openid', 'orders:read', 'orders:write'],
      audience: 'https://api.northwind.example/',
      // It asks these two on behalf of whoever orders.
      exchange: { audiences: ['https://payments.northwind.example/', 'https://warehouse.northwind.example/'] },
      idTokenAlg: 'ES256',
    },
  ],
  stages: {
    dev: {
      region: 'eu-west-1',
      replicas: [],
      // For tests and the local cloud, whose gateway plays the edge too. Its headers are anybody's there.
      edge: 'cloudfront',
      sender: { domain: 'mail.dev.northwind.example', from: 'no-reply@mail.dev.northwind.example' },
      // A test suite is no attack: everybody is at example.com, and fills in forms at once.
      abuse: {
        misses: {
          prefix: { max: 60, window: 15 * MINUTE },
          asn: { max: 1_000_000, window: 15 * MINUTE },
          client: { max: 1_000_000, window: 15 * MINUTE },
          brand: { max: 1_000_000, window: 15 * MINUTE },
        },
        starts: {
          prefix: { max: 600, window: HOUR },
          domain: { max: 1_000_000, window: HOUR },
          brand: { max: 1_000_000, window: HOUR },
        },
        signUp: { minSeconds: 0, throwaway: 'challenge' },
      },
      clients: {
        'northwind-web': {
          redirectUris: ['http://localhost:3000/callback'],
          postLogoutRedirectUris: ['http://localhost:3000/'],
          origins: ['http://localhost:3000', 'http://localhost:8787'],
        },
        'northwind-community': { redirectUris: ['http://localhost:3000/callback'] },
        'northwind-wallet': { redirectUris: ['http://localhost:3000/callback'] },
        'northwind-partners': {
          redirectUris: ['http://localhost:3000/callback'],
          // Derived from public text (test/integration/support/client-keys.ts).
          jwks: {
            keys: [
              {
                kid: 'dev',
                alg: 'ES256',
                kty: 'EC',
                crv: 'P-256',
                x: '8nhZ83zDcUSEuIThCVwpIhvf14L1sXsCRkAR7JciBRk',
                y: 'JDdCIkKjExvoJETEX2gVEXMc_8KinGF8GW8iEe4EPEg',
              },
            ],
          },
        },
      },
    },
    prod: {
      region: 'eu-west-1',
      replicas: ['eu-central-1'],
      domain: {
        name: 'id.northwind.example',
        hostedZoneId: 'Z0NORTHWIND0EXAMPLE',
        hostedZoneName: 'northwind.example',
      },
    },
  },
});
