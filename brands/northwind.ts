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
  passwords: { minLength: 15, maxLength: 256, forbidden: ['northwind', 'northwind outfitters'] },
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
    passwordPerAccount: { max: 10, window: 15 * MINUTE },
    passwordPerDevice: { max: 20, window: 15 * MINUTE },
    triesPerIp: { max: 300, window: 15 * MINUTE },
    codesPerAddress: { max: 6, window: HOUR },
    startsPerIp: { max: 300, window: HOUR },
    mailsPerAddress: { max: 12, window: HOUR },
    triesPerCode: 5,
    clientSecretsPerIp: { max: 20, window: 15 * MINUTE },
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
      redirectUris: ['https://www.northwind.example/signed-in'],
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
      id: 'northwind-community',
      name: 'Northwind trail forum',
      firstParty: false,
      authentication: 'client_secret_basic',
      redirectUris: ['https://forum.northwind.example/auth/callback'],
      origins: [],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access'],
      audience: 'https://forum.northwind.example/',
      // The forum's library verifies nothing but RS256.
      idTokenAlg: 'RS256',
    },
  ],
  stages: {
    dev: {
      region: 'eu-west-1',
      replicas: [],
      sender: { domain: 'mail.dev.northwind.example', from: 'no-reply@mail.dev.northwind.example' },
      clients: {
        'northwind-web': {
          redirectUris: ['http://localhost:3000/callback'],
          postLogoutRedirectUris: ['http://localhost:3000/'],
          origins: ['http://localhost:3000', 'http://localhost:8787'],
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
