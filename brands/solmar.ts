import { defineBrand } from './define-brand.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A travel agency for the Americas and the Gulf, on one region and as forgiving as its policies may be. */
export const solmar = defineBrand({
  id: 'solmar',
  name: 'Solmar Viajes',
  look: {
    accent: '#ffb703',
    onAccent: '#2b1a00',
    background: '#fffaf0',
    text: '#33261a',
    font: "Georgia, 'Times New Roman', serif",
    radius: 16,
  },
  sender: {
    domain: 'correo.solmar.example',
    from: 'cuenta@correo.solmar.example',
    name: 'Solmar Viajes',
    recoveryForUnknownAddress: 'silent',
  },
  locales: { default: 'es', offered: ['es', 'pt-BR', 'ar'] },
  passwords: {
    minLength: 12,
    maxLength: 128,
    forbidden: ['solmar', 'solmar viajes', 'solmarviajes'],
    breaches: { ask: false, atSignIn: 'list' },
    singleFactorReason:
      'Accounts hold wish lists and no payment data; bookings ask for the card again. Reviewed by security on 2026-02-10, next review 2027-02.',
  },
  lifetimes: {
    code: 5 * MINUTE,
    flow: 30 * MINUTE,
    recoveryCode: 10 * MINUTE,
    accessToken: 15 * MINUTE,
    idToken: 15 * MINUTE,
    refreshIdle: 14 * DAY,
    refreshAbsolute: 28 * DAY,
    // Trains and ferries: a reply that gets lost must not sign a traveller out.
    refreshGrace: 10,
    recentAuthentication: 15 * MINUTE,
    rememberedDevice: 180 * DAY,
    signingKey: 60 * DAY,
  },
  limits: {
    passwordPerAccount: { free: 8, max: 40, window: 15 * MINUTE },
    passwordPerDevice: { max: 25, window: 15 * MINUTE },
    triesPerIp: { free: 300, max: 400, window: 15 * MINUTE },
    codesPerAddress: { max: 8, window: HOUR },
    startsPerIp: { free: 300, max: 600, window: HOUR },
    mailsPerAddress: { max: 15, window: HOUR },
    triesPerCode: 4,
    clientSecretsPerIp: { max: 20, window: 15 * MINUTE },
  },
  abuse: {
    misses: {
      prefix: { max: 150, window: 15 * MINUTE },
      asn: { max: 800, window: 15 * MINUTE },
      client: { max: 800, window: 15 * MINUTE },
      brand: { max: 800, window: 15 * MINUTE },
    },
    starts: {
      prefix: { max: 150, window: HOUR },
      domain: { max: 160, window: HOUR },
      brand: { max: 1_600, window: HOUR },
    },
    signUp: { minSeconds: 2, throwaway: 'refuse' },
    messages: { mailsPerHour: 10_000, textsPerHour: 200 },
  },
  authentication: {
    secondFactor: 'risk-based',
    factors: ['passkey', 'totp'],
    passkeys: { max: 10, passwordless: true, relatedOrigins: [], signCount: 'flag', attestation: 'none' },
    levels: { aal2: { absolute: 12 * HOUR, idle: HOUR } },
  },
  purposes: [
    {
      id: 'terms',
      version: '7',
      required: true,
      text: {
        es: 'Acepto las condiciones de uso de mi cuenta Solmar.',
        'pt-BR': 'Aceito as condições de uso da minha conta Solmar.',
        ar: 'أوافق على شروط استخدام حسابي لدى سولمار.',
      },
    },
    {
      id: 'offers',
      version: '3',
      required: false,
      text: {
        es: 'Quiero recibir ofertas de Solmar por correo electrónico.',
        'pt-BR': 'Quero receber ofertas da Solmar por e-mail.',
        ar: 'أرغب في تلقي عروض سولمار عبر البريد الإلكتروني.',
      },
    },
    {
      id: 'partners',
      version: '2',
      required: false,
      text: {
        es: 'Solmar puede compartir mi correo electrónico con los hoteles que reservo para que me envíen sus ofertas.',
        'pt-BR': 'A Solmar pode compartilhar meu e-mail com os hotéis que eu reservar para que me enviem suas ofertas.',
        ar: 'يجوز لسولمار مشاركة بريدي الإلكتروني مع الفنادق التي أحجزها لترسل إليّ عروضها.',
      },
    },
    {
      id: 'personalisation',
      version: '1',
      required: false,
      text: {
        es: 'Solmar puede usar mis búsquedas para proponerme destinos.',
        'pt-BR': 'A Solmar pode usar minhas buscas para me sugerir destinos.',
        ar: 'يجوز لسولمار استخدام عمليات البحث الخاصة بي لاقتراح وجهات تناسبني.',
      },
    },
  ],
  clients: [
    {
      id: 'solmar-web',
      name: 'Solmar',
      firstParty: true,
      authentication: 'none',
      dpop: 'optional',
      redirectUris: ['https://solmar.example/entrar', 'https://br.solmar.example/entrar'],
      postLogoutRedirectUris: ['https://solmar.example/', 'https://br.solmar.example/'],
      origins: ['https://solmar.example', 'https://br.solmar.example'],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'trips:read'],
      audience: 'https://api.solmar.example/trips',
      idTokenAlg: 'ES256',
    },
    {
      id: 'solmar-mobile',
      name: 'Solmar móvil',
      firstParty: true,
      authentication: 'none',
      redirectUris: ['https://app.solmar.example/entrar'],
      origins: [],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'trips:read', 'trips:write'],
      audience: 'https://api.solmar.example/trips',
      idTokenAlg: 'ES256',
    },
    {
      id: 'solmar-backend',
      name: 'Solmar booking service',
      firstParty: true,
      authentication: 'client_secret_basic',
      redirectUris: [],
      origins: [],
      grants: ['client_credentials'],
      scopes: ['trips:read', 'trips:write'],
      audience: 'https://api.solmar.example/trips',
      idTokenAlg: 'ES256',
    },
    {
      id: 'solmar-callcenter',
      name: 'Call centre desk',
      firstParty: false,
      authentication: 'client_secret_post',
      redirectUris: [],
      origins: [],
      grants: ['client_credentials'],
      scopes: ['trips:read'],
      audience: 'https://api.solmar.example/trips',
      idTokenAlg: 'ES256',
    },
    {
      id: 'solmar-miles',
      name: 'Solmar Millas',
      firstParty: false,
      authentication: 'client_secret_basic',
      redirectUris: ['https://millas.solmar.example/oidc/callback'],
      postLogoutRedirectUris: ['https://millas.solmar.example/'],
      origins: [],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access'],
      audience: 'https://millas.solmar.example/',
      idTokenAlg: 'RS256',
    },
    {
      id: 'solmar-partners',
      name: 'Portal de hoteles de Solmar',
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
            x: '8eHjRQJTP1aRng2ZV_ciy0VGJTCji8AHP9-jyS0oDro',
            y: '55iTWgfPTxmy-BGVHNZjtmWErF-xePR4o1MmCE6-4Ts',
          },
        ],
      },
      dpop: 'optional',
      redirectUris: ['https://partners.solmar.example/oidc/callback'],
      postLogoutRedirectUris: ['https://partners.solmar.example/'],
      origins: [],
      grants: ['authorization_code', 'refresh_token', 'client_credentials'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'trips:read', 'trips:write'],
      audience: 'https://api.solmar.example/trips',
      idTokenAlg: 'ES256',
    },
    {
      id: 'solmar-wallet',
      name: 'Solmar Monedero',
      firstParty: false,
      authentication: 'none',
      // It moves money: requests that nobody can edit, tokens that nobody else can use.
      requirePushedRequests: true,
      dpop: 'required',
      redirectUris: ['https://wallet.solmar.example/signed-in'],
      postLogoutRedirectUris: ['https://wallet.solmar.example/'],
      origins: ['https://wallet.solmar.example'],
      grants: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'trips:read'],
      audience: 'https://api.solmar.example/trips',
      idTokenAlg: 'ES256',
    },
  ],
  stages: {
    dev: {
      region: 'us-east-1',
      replicas: [],
      sender: { domain: 'correo.dev.solmar.example', from: 'cuenta@correo.dev.solmar.example' },
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
        signUp: { minSeconds: 0, throwaway: 'refuse' },
      },
      clients: {
        'solmar-web': {
          redirectUris: ['http://localhost:3000/callback'],
          postLogoutRedirectUris: ['http://localhost:3000/'],
          origins: ['http://localhost:3000', 'http://localhost:8787'],
        },
        'solmar-miles': { redirectUris: ['http://localhost:3000/callback'] },
        'solmar-wallet': { redirectUris: ['http://localhost:3000/callback'] },
        'solmar-partners': {
          redirectUris: ['http://localhost:3000/callback'],
          // Derived from public text (test/integration/support/client-keys.ts).
          jwks: {
            keys: [
              {
                kid: 'dev',
                alg: 'ES256',
                kty: 'EC',
                crv: 'P-256',
                x: 'BFEcQDyTv_QjCdTJ8L0jY2U_ZbwGxBBdAPghkwwZ4m4',
                y: 'iSGd-sWFe5R9SUmodv3IZfQ6PG24_uaIx2Jh0GGJTyU',
              },
            ],
          },
        },
      },
    },
    prod: {
      region: 'us-east-1',
      replicas: [],
    },
  },
});
