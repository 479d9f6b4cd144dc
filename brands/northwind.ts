import { defineBrand } from './define-brand.ts';
import { amongDevelopers } from './developers.ts';
import { northwindClients } from './northwind-clients.ts';

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
    codesPerAddress: { free: 6, max: 12, window: HOUR },
    startsPerIp: { free: 300, max: 600, window: HOUR },
    startsPerAccount: { max: 10, window: DAY },
    mailsPerAddress: { max: 15, window: HOUR },
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
    mailsPerHour: 20_000,
  },
  authentication: {
    secondFactor: 'optional',
    factors: ['passkey', 'totp'],
    passkeys: {
      max: 10,
      passwordless: false,
      relatedOrigins: ['https://www.northwind.example'],
      signCount: 'refuse',
      attestation: 'none',
    },
    levels: { aal2: { absolute: 12 * HOUR, idle: HOUR } },
    mailedLinks: true,
    recovery: { delay: 3 * DAY },
    risk: {
      weights: {
        new_device: 20,
        new_country: 40,
        new_network: 5,
        impossible_travel: 45,
        anonymiser: 30,
        long_unused: 10,
        failed_attempts: 15,
        velocity_address: 15,
        velocity_ip: 15,
        velocity_asn: 10,
        spraying: 30,
        automation: 10,
      },
      thresholds: { secondFactor: 60, challenge: 90, deny: 130 },
      anonymisers: [],
      travelSpeed: 1000,
      unusedAfter: 180 * DAY,
      failedAttempts: 3,
    },
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
  clients: northwindClients,
  // Trail apps of the community; they see the orders of nobody.
  dynamicRegistration: {
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    audience: 'https://community.northwind.example/',
  },
  stages: {
    dev: {
      region: 'eu-west-1',
      replicas: [],
      // For tests and the local cloud, whose gateway plays the edge too. Its headers are anybody's there.
      edge: 'cloudfront',
      sender: { domain: 'mail.dev.northwind.example', from: 'no-reply@mail.dev.northwind.example' },
      abuse: { ...amongDevelopers, signUp: { minSeconds: 0, throwaway: 'challenge' } },
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
      alarmsTo: 'operations@northwind.example',
      domain: {
        name: 'id.northwind.example',
        hostedZoneId: 'Z0NORTHWIND0EXAMPLE',
        hostedZoneName: 'northwind.example',
      },
    },
  },
});
