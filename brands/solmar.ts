import { defineBrand } from './define-brand.ts';
import { amongDevelopers } from './developers.ts';
import { solmarClients } from './solmar-clients.ts';

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
    codesPerAddress: { free: 8, max: 16, window: HOUR },
    startsPerIp: { free: 300, max: 600, window: HOUR },
    startsPerAccount: { max: 10, window: DAY },
    mailsPerAddress: { max: 20, window: HOUR },
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
    mailsPerHour: 10_000,
  },
  authentication: {
    secondFactor: 'risk-based',
    factors: ['passkey', 'totp', 'sms'],
    passkeys: { max: 10, passwordless: true, relatedOrigins: [], signCount: 'flag', attestation: 'none' },
    levels: { aal2: { absolute: 12 * HOUR, idle: HOUR } },
    // Many customers have a telephone and no computer. Pools are registered by account; the ids are those of prod.
    sms: {
      countries: {
        ES: { senderId: 'Solmar' },
        AE: { senderId: 'Solmar' },
        SA: { senderId: 'Solmar' },
        BR: { number: 'pool-4b1f0c7e2a9d4e55b0d3a1c6f8e27b90' },
        MX: { number: 'pool-9c3e5d7f1b2a4c66a8f0e2d4c6b8a013' },
      },
      firstFactor: true,
      perNumber: { max: 5, window: HOUR },
      perPrefix: { max: 50, window: HOUR },
      perIp: { max: 30, window: HOUR },
      perHour: 2000,
      perDay: 10_000,
      maxPrice: 0.12,
      monthlySpend: 3000,
    },
    mailedLinks: false,
    recovery: { delay: 2 * DAY },
    // Its customers fly: a new country is a journey, and a fast one may be the network of an airport.
    risk: {
      weights: {
        new_device: 20,
        new_country: 15,
        new_network: 5,
        impossible_travel: 25,
        anonymiser: 20,
        long_unused: 10,
        failed_attempts: 15,
        velocity_address: 15,
        velocity_ip: 15,
        velocity_asn: 10,
        spraying: 30,
        automation: 10,
      },
      thresholds: { secondFactor: 60, challenge: 100, deny: 180 },
      anonymisers: [],
      travelSpeed: 1200,
      unusedAfter: 365 * DAY,
      failedAttempts: 4,
    },
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
  texts: {
    es: { pages: { 'sign_up.title': 'Viaje con Solmar', 'sign_in.lead': '{client} le espera' } },
    'pt-BR': { pages: { 'sign_up.title': 'Viaje com a Solmar', 'sign_in.lead': '{client} espera por você' } },
    ar: { pages: { 'sign_up.title': 'سافر مع سولمار', 'sign_in.lead': '{client} في انتظارك' } },
  },
  clients: solmarClients,
  stages: {
    dev: {
      region: 'us-east-1',
      replicas: [],
      sender: { domain: 'correo.dev.solmar.example', from: 'cuenta@correo.dev.solmar.example' },
      abuse: { ...amongDevelopers, signUp: { minSeconds: 0, throwaway: 'refuse' } },
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
