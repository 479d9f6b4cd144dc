import { northwind } from '../../brands/northwind.ts';

/** Places of some clients of northwind, and of a key. */
const MOBILE = 1;
const BACKEND = 2;
const PARTNERS = northwind.clients.findIndex(({ id }) => id === 'northwind-partners');
const WALLET = northwind.clients.findIndex(({ id }) => id === 'northwind-wallet');
const CHECKOUT = northwind.clients.findIndex(({ id }) => id === 'northwind-checkout');
const EXCHANGE_GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const PARTNERS_KEY = `clients[${PARTNERS}].jwks.keys[0]`;
const CLIENTS = northwind.clients.map(({ id }) => id).join(', ');

/**
 * One mistake in `brands/northwind.ts` a row: the key, what a person wrote there, and what the refusal says after the
 * file's name. `accepted` is no mistake; a sentence that ends in a comma is the beginning of a long one.
 */
export const mistakes: readonly (readonly [path: string, value: unknown, says: string])[] = [
  ['id', 'North-Wind', 'id "North-Wind" must be 2 to 16 lower-case letters and digits, a letter first'],
  ['name', 'Nor<b>th', 'name "Nor<b>th" must be 1 to 64 characters without angle brackets and line breaks'],

  ['look.accent', 'green', 'look.accent "green" must be a colour #rrggbb in lower-case hexadecimal'],
  [
    'look.onAccent',
    '#3a8a7c',
    'look.onAccent #3a8a7c has a contrast of 1.89:1 on look.accent #0b5d4e and must have 4.5:1 or more, for example #a9ccc6',
  ],
  [
    'look.text',
    '#9a9a9a',
    'look.text #9a9a9a has a contrast of 2.63:1 on look.background #f7f8f5 and must have 4.5:1 or more, for example #727272',
  ],
  [
    'look.font',
    'Arial; color: red',
    'look.font "Arial; color: red" must be a list of font names: letters, digits, spaces, quotes and commas',
  ],
  ['look.radius', 99, 'look.radius 99 must be between 0 and 32 pixels'],
  ['look.logo', 'http://northwind.example/l.svg', 'look.logo "http://northwind.example/l.svg" must be an https URL'],

  ['sender.domain', 'northwind', 'sender.domain "northwind" must be a domain name like mail.example.com'],
  [
    'sender.from',
    'no-reply@example.com',
    'sender.from "no-reply@example.com" must be an address inside sender.domain "mail.northwind.example"',
  ],
  [
    'sender.from',
    'x@evilmail.northwind.example',
    'sender.from "x@evilmail.northwind.example" must be an address inside sender.domain "mail.northwind.example"',
  ],
  [
    'sender.from',
    'a@b@mail.northwind.example',
    'sender.from "a@b@mail.northwind.example" must be an address inside sender.domain "mail.northwind.example"',
  ],
  [
    'sender.name',
    'North\r\nBcc: x',
    'sender.name "North\\r\\nBcc: x" must be 1 to 64 characters without quotes, angle brackets and line breaks',
  ],
  ['sender.replyTo', 'help', 'sender.replyTo "help" must be one mail address'],

  ['locales.default', 'es', 'locales.default "es" must be one of locales.offered: en, de, fr'],
  ['locales.offered[1]', 'en', 'locales.offered[1] "en" is already locales.offered[0]; each may occur once'],
  ['locales.offered[1]', 'nl', 'locales.offered[1] must be one of en, de, fr, es, it, pt-BR, ja, ar'],
  [
    'purposes[1].text',
    { en: 'x', de: 'x' },
    'purposes[1].text has no text for "fr" and must have one for each of en, de, fr',
  ],
  [
    'purposes[1].text',
    { de: 'x', fr: 'x' },
    'purposes[1].text has no text for "en" and must have one for each of en, de, fr',
  ],
  [
    'purposes[1].id',
    'newsleter',
    'purposes[1].id must be one of terms, newsletter, product-research, offers, partners, personalisation',
  ],
  ['purposes[1].id', 'terms', 'purposes[1].id "terms" is already purposes[0].id; each may occur once'],
  ['purposes[0].version', 'v 1', 'purposes[0].version "v 1" must be 1 to 32 letters, digits, dots and dashes'],

  ['passwords.minLength', 7, 'passwords.minLength 7 must be between 8 and 64 code points'],
  ['passwords.minLength', 65, 'passwords.minLength 65 must be between 8 and 64 code points'],
  [
    'passwords.minLength',
    12,
    'passwords.minLength 12 must be 15 to 64, or 8 to 14 with passwords.singleFactorReason saying why',
  ],
  [
    'passwords.singleFactorReason',
    'because',
    'passwords.singleFactorReason must be left out where minLength is 15 or more',
  ],
  ['passwords.maxLength', 63, 'passwords.maxLength 63 must be between 64 and 1024 code points'],
  ['passwords.forbidden', [], 'passwords.forbidden must hold at least the name of the brand'],
  ['passwords.forbidden[0]', ' ', 'passwords.forbidden[0] " " must be a word'],

  ['lifetimes.code', 601, 'lifetimes.code 601 must be between 60 and 600 seconds'],
  ['lifetimes.recoveryCode', 86_401, 'lifetimes.recoveryCode 86401 must be between 60 and 86400 seconds'],
  ['lifetimes.accessToken', 7_200, 'lifetimes.accessToken 7200 must be between 60 and 3600 seconds'],
  [
    'lifetimes.refreshAbsolute',
    31 * 86_400,
    'lifetimes.refreshAbsolute 2678400 must be between 3600 and 2592000 seconds',
  ],
  [
    'lifetimes.refreshAbsolute',
    86_400,
    'lifetimes.refreshIdle 604800 must be at most lifetimes.refreshAbsolute 86400 seconds',
  ],
  ['lifetimes.refreshGrace', 61, 'lifetimes.refreshGrace 61 must be between 0 and 60 seconds'],
  ['lifetimes.code', 0.5, 'lifetimes.code must be of type int'],

  ['limits.triesPerCode', 6, 'limits.triesPerCode 6 must be between 1 and 5'],
  ['limits.passwordPerAccount.max', 101, 'limits.passwordPerAccount.max 101 must be between 1 and 100'],
  ['limits.mailsPerAddress.max', 11, 'limits.mailsPerAddress.max 11 must be at least codesPerAddress.max'],
  ['limits.triesPerIp.window', 0, 'limits.triesPerIp.window 0 must be between 1 and 86400 seconds'],

  ['clients[1].id', 'northwind-web', 'clients[1].id "northwind-web" is already clients[0].id; each may occur once'],
  ['clients[1].id', 'usr_web', 'clients[1].id "usr_web" must not start with usr_, which begins the ids of people'],
  ['clients[1].id', 'a b', 'clients[1].id "a b" must be 3 to 64 letters, digits, dots, dashes and underscores'],
  [
    'clients[0].redirectUris[1]',
    'http://x',
    'clients[0].redirectUris[1] "http://x" must be https (http only for localhost and only in stages.dev.clients)',
  ],
  [
    'clients[0].redirectUris[0]',
    'https://*.northwind.example/cb',
    'clients[0].redirectUris[0] "https://*.northwind.example/cb" must be exact, without a wildcard',
  ],
  [
    'clients[0].redirectUris[0]',
    'https://x.example/cb#f',
    'clients[0].redirectUris[0] "https://x.example/cb#f" must have no fragment',
  ],
  [
    'clients[0].redirectUris[0]',
    'https://x.example/cb#',
    'clients[0].redirectUris[0] "https://x.example/cb#" must have no fragment',
  ],
  [
    'clients[0].redirectUris[0]',
    'https://u:p@x.example/',
    'clients[0].redirectUris[0] "https://u:p@x.example/" must have no user name or password',
  ],
  ['clients[0].redirectUris[0]', '/cb', 'clients[0].redirectUris[0] "/cb" must be an absolute https URL'],
  [
    'clients[0].backchannelLogoutUri',
    'http://x.example/told',
    'clients[0].backchannelLogoutUri "http://x.example/told" must be https',
  ],
  [
    'clients[0].pkceExempt',
    true,
    'clients[0].pkceExempt must be left out where authentication is none: PKCE is all that protects the code of a public client',
  ],
  [
    'clients[0].redirectUris[0]',
    'javascript:alert(1)',
    'clients[0].redirectUris[0] "javascript:alert(1)" must be https (http only for localhost and only in stages.dev.clients)',
  ],
  [
    'clients[0].redirectUris[0]',
    'http://localhost.evil.example/',
    'clients[0].redirectUris[0] "http://localhost.evil.example/" must be https (http only for localhost and only in stages.dev.clients)',
  ],
  [
    'clients[0].redirectUris[1]',
    'http://127.0.0.1:9/cb',
    'clients[0].redirectUris[1] "http://127.0.0.1:9/cb" must be https (http only for localhost and only in stages.dev.clients)',
  ],
  [
    'clients[0].redirectUris[1]',
    'http://localhost:3000/cb',
    'clients[0].redirectUris[1] "http://localhost:3000/cb" must be https (http only for localhost and only in stages.dev.clients)',
  ],
  ['clients[0].postLogoutRedirectUris[1]', 'http://localhost:5173/', 'accepted'],
  // Its person is asked each time.
  [`clients[${WALLET}].redirectUris[1]`, 'http://127.0.0.1/cb', 'accepted'],
  [
    `clients[${WALLET}].redirectUris[1]`,
    'http://x',
    `clients[${WALLET}].redirectUris[1] "http://x" must be https (http only for localhost)`,
  ],
  [
    'clients[0].backchannelLogoutUri',
    'http://localhost:3000/told',
    'clients[0].backchannelLogoutUri "http://localhost:3000/told" must be https',
  ],
  [
    `clients[${WALLET}].backchannelLogoutUri`,
    'https://127.0.0.1/told',
    `clients[${WALLET}].backchannelLogoutUri "https://127.0.0.1/told" must be of another machine`,
  ],
  [
    'clients[0].origins[0]',
    'https://www.northwind.example/',
    'clients[0].origins[0] "https://www.northwind.example/" must be the origin alone: https://www.northwind.example',
  ],
  [
    'clients[0].origins[0]',
    'https://*.northwind.example',
    'clients[0].origins[0] "https://*.northwind.example" must be exact, without a wildcard',
  ],
  [
    'clients[0].origins[0]',
    'null',
    'clients[0].origins[0] "null" must be an https origin like https://app.example.com',
  ],
  [
    'clients[0].origins[0]',
    'http://localhost:3000',
    'clients[0].origins[0] "http://localhost:3000" must be https (http only for localhost and only in stages.dev.clients)',
  ],
  ['clients[0].onwardOrigins', ['https://shop.northwind.example', 'http://localhost:5173'], 'accepted'],
  [
    'clients[0].onwardOrigins',
    ['https://shop.northwind.example/'],
    'clients[0].onwardOrigins[0] "https://shop.northwind.example/" must be the origin alone: https://shop.northwind.example',
  ],
  [
    'clients[0].onwardOrigins',
    ['http://shop.northwind.example'],
    'clients[0].onwardOrigins[0] "http://shop.northwind.example" must be https (http only for localhost)',
  ],
  [
    'clients[0].onwardOrigins',
    ['https://*.northwind.example'],
    'clients[0].onwardOrigins[0] "https://*.northwind.example" must be exact, without a wildcard',
  ],
  [
    'clients[0].onwardOrigins',
    ["https://x.example;script-src 'unsafe-inline'"],
    `clients[0].onwardOrigins[0] "https://x.example;script-src 'unsafe-inline'" must be an https origin like https://app.example.com`,
  ],
  [
    `clients[${MOBILE}].grants`,
    ['client_credentials', 'refresh_token'],
    `clients[${MOBILE}].grants must not hold client_credentials where authentication is none (client_secret_basic, client_secret_post or private_key_jwt)`,
  ],
  [
    `clients[${BACKEND}].scopes[0]`,
    'openid',
    `clients[${BACKEND}].scopes[0] "openid" must be left out, since a client with client_credentials alone acts for no person`,
  ],
  [
    'clients[0].scopes[0]',
    'two words',
    'clients[0].scopes[0] "two words" must be a scope token of RFC 6749 section 3.3',
  ],
  [
    'clients[0].scopes[1]',
    'openid',
    'clients[0].scopes[1] "openid" is already clients[0].scopes[0]; each may occur once',
  ],
  ['clients[0].grants', [], 'clients[0].scopes[3] "offline_access" needs refresh_token among the grants'],
  [
    `clients[${PARTNERS}].jwks`,
    undefined,
    `clients[${PARTNERS}].jwks must hold a public key, since authentication is private_key_jwt`,
  ],
  ['clients[0].jwks', { keys: [] }, 'clients[0].jwks must be left out where authentication is none'],
  [`${PARTNERS_KEY}.d`, 'AAAA', `${PARTNERS_KEY} must be a public key: "d" is a private member and may be known now`],
  [`${PARTNERS_KEY}.k`, 'AAAA', `${PARTNERS_KEY} must be a public key: "k" is a private member and may be known now`],
  [`${PARTNERS_KEY}.alg`, 'HS256', `${PARTNERS_KEY}.alg must be one of ES256, PS256, RS256, EdDSA, Ed25519`],
  [`${PARTNERS_KEY}.alg`, 'none', `${PARTNERS_KEY}.alg must be one of ES256, PS256, RS256, EdDSA, Ed25519`],
  [
    `${PARTNERS_KEY}.alg`,
    'RS256',
    `${PARTNERS_KEY} does not fit its alg RS256: kty, crv or a public member is missing or another`,
  ],
  [
    `${PARTNERS_KEY}.crv`,
    'P-384',
    `${PARTNERS_KEY} does not fit its alg ES256: kty, crv or a public member is missing or another`,
  ],
  [
    `${PARTNERS_KEY}.y`,
    undefined,
    `${PARTNERS_KEY} does not fit its alg ES256: kty, crv or a public member is missing or another`,
  ],
  [`${PARTNERS_KEY}.x`, 'AAAA', `${PARTNERS_KEY} is not a key of ES256`],
  [
    PARTNERS_KEY,
    { kid: 'short', alg: 'RS256', kty: 'RSA', n: Buffer.alloc(128, 0xc5).toString('base64url'), e: 'AQAB' },
    `${PARTNERS_KEY} has 1024 bits and must have 2048 or more`,
  ],
  [`${PARTNERS_KEY}.kid`, '../x', `${PARTNERS_KEY}.kid "../x" must be 1 to 64 letters, digits and . _ ~ -`],
  [
    `clients[${MOBILE}].id`,
    'dyn_mobile',
    `clients[${MOBILE}].id "dyn_mobile" must not start with dyn_, which begins the ids of clients that register themselves`,
  ],
  ['dynamicRegistration.scopes', [], 'dynamicRegistration.scopes must hold one scope or more'],
  [
    'dynamicRegistration.scopes[1]',
    'a b',
    'dynamicRegistration.scopes[1] "a b" must be a scope token of RFC 6749 section 3.3',
  ],
  [
    'dynamicRegistration.scopes[1]',
    'openid',
    'dynamicRegistration.scopes[1] "openid" is already dynamicRegistration.scopes[0]; each may occur once',
  ],
  [
    'dynamicRegistration.audience',
    'community',
    'dynamicRegistration.audience "community" must be an absolute URI without a fragment',
  ],
  [
    'dynamicRegistration.open',
    true,
    'dynamicRegistration.open is not a setting; see BrandDefinition in brands/brand-definition.ts',
  ],
  ['dynamicRegistration', undefined, 'accepted'],
  [
    `clients[${CHECKOUT}].authentication`,
    'none',
    `clients[${CHECKOUT}].grants must not hold client_credentials where authentication is none (client_secret_basic, client_secret_post or private_key_jwt)`,
  ],
  [
    `clients[${MOBILE}].grants`,
    ['authorization_code', EXCHANGE_GRANT],
    `clients[${MOBILE}].grants must not hold ${EXCHANGE_GRANT} where authentication is none (client_secret_basic, client_secret_post or private_key_jwt)`,
  ],
  [
    `clients[${CHECKOUT}].exchange`,
    undefined,
    `clients[${CHECKOUT}].exchange must name one API or more in audiences, since token-exchange is among the grants`,
  ],
  [
    `clients[${BACKEND}].exchange`,
    { audiences: ['https://payments.northwind.example/'] },
    `clients[${BACKEND}].exchange needs ${EXCHANGE_GRANT} among the grants`,
  ],
  [
    `clients[${CHECKOUT}].exchange.audiences[1]`,
    'payments',
    `clients[${CHECKOUT}].exchange.audiences[1] "payments" must be an absolute URI without a fragment`,
  ],
  [
    `clients[${CHECKOUT}].exchange.audiences[1]`,
    'https://payments.northwind.example/',
    `clients[${CHECKOUT}].exchange.audiences[1] "https://payments.northwind.example/" is already clients[${CHECKOUT}].exchange.audiences[0]; each may occur once`,
  ],
  [
    `clients[${BACKEND}].requirePushedRequests`,
    true,
    `clients[${BACKEND}].requirePushedRequests needs authorization_code among the grants`,
  ],
  ['clients[0].dpop', 'always', 'clients[0].dpop must be one of optional, required'],
  ['clients[0].audience', 'api', 'clients[0].audience "api" must be an absolute URI without a fragment'],
  [
    'clients[0].audience',
    'https://api.example/#x',
    'clients[0].audience "https://api.example/#x" must be an absolute URI without a fragment',
  ],
  ['clients[0].idTokenAlg', 'none', 'clients[0].idTokenAlg must be one of ES256, RS256'],

  ['stages.prod.region', 'eu-west-9', 'stages.prod.region must be one of af-south-1,'],
  [
    'stages.prod.replicas[0]',
    'eu-west-1',
    'stages.prod.replicas[0] "eu-west-1" must differ from stages.prod.region, which is the primary',
  ],
  [
    'stages.prod.replicas[1]',
    'eu-central-1',
    'stages.prod.replicas[1] "eu-central-1" is already stages.prod.replicas[0]; each may occur once',
  ],
  ['stages.dev.replicas', ['eu-central-1'], 'stages.dev.replicas must be empty: only prod is copied to other regions'],
  ['authentication.risk.weights.new_device', 0, 'authentication.risk.weights.new_device 0 must be between 1 and 100'],
  ['authentication.risk.weights.spraying', 101, 'authentication.risk.weights.spraying 101 must be between 0 and 100'],
  [
    'authentication.risk.weights.new_moon',
    1,
    'authentication.risk.weights.new_moon is not a setting; see BrandDefinition in brands/brand-definition.ts',
  ],
  [
    'authentication.risk.thresholds.secondFactor',
    0,
    'authentication.risk.thresholds.secondFactor 0 must be between 1 and 1000',
  ],
  [
    'authentication.risk.thresholds.deny',
    80,
    'authentication.risk.thresholds.deny 80 must be at least authentication.risk.thresholds.challenge 90',
  ],
  ['authentication.risk.anonymisers[0]', 0, 'authentication.risk.anonymisers[0] 0 must be between 1 and 4294967295'],
  [
    'authentication.risk.travelSpeed',
    50,
    'authentication.risk.travelSpeed 50 must be between 100 and 5000 kilometres an hour',
  ],
  [
    'authentication.risk.unusedAfter',
    60,
    'authentication.risk.unusedAfter 60 must be between 86400 and 34560000 seconds',
  ],
  ['authentication.risk.failedAttempts', 0, 'authentication.risk.failedAttempts 0 must be between 1 and 100'],
  [
    'stages.prod.edge',
    'cloudfront',
    'stages.prod.edge "cloudfront" must be "none": prod has no edge yet that the API can be reached through alone',
  ],
  ['stages.prod.edge', 'akamai', 'stages.prod.edge must be one of none, cloudfront'],
  ['stages.prod.alarmsTo', 'ops', 'stages.prod.alarmsTo "ops" must be one mail address'],
  [
    'stages.prod.alarmsTo',
    'a@x.example, b@x.example',
    'stages.prod.alarmsTo "a@x.example, b@x.example" must be one mail address',
  ],
  ['stages.prod.account', '12', 'stages.prod.account "12" must be the twelve digits of an AWS account'],
  [
    'stages.prod.domain.name',
    'id.example.com',
    'stages.prod.domain.name "id.example.com" must be a host name inside stages.prod.domain.hostedZoneName "northwind.example"',
  ],
  [
    'stages.prod.domain.hostedZoneId',
    'zone',
    'stages.prod.domain.hostedZoneId "zone" must be a Route 53 zone id: Z and capitals or digits',
  ],
  [
    'stages.dev.sender.from',
    'x@northwind.example',
    'stages.dev.sender.from "x@northwind.example" must be an address inside stages.dev.sender.domain "mail.dev.northwind.example"',
  ],
  ['stages.prod.limits', { triesPerCode: 9 }, 'stages.prod.limits.triesPerCode 9 must be between 1 and 5'],
  [
    'stages.prod.clients',
    { 'northwind-web': { jwks: { keys: [] } } },
    'stages.prod.clients["northwind-web"].jwks must be left out where authentication is none',
  ],
  [
    'stages.dev.clients[northwind-partners].jwks.keys[0].kid',
    '2026-09',
    'stages.dev.clients["northwind-partners"].jwks.keys[0].kid "2026-09" is already one of the client\'s own; each may occur once',
  ],
  ['stages.prod.clients', { shop: {} }, `stages.prod.clients["shop"] is not a client; must be one of ${CLIENTS}`],
  [
    'stages.prod.clients',
    { 'northwind-web': { origins: ['http://localhost:3000'] } },
    'stages.prod.clients["northwind-web"].origins[0] "http://localhost:3000" must be https (http only for localhost and only in stages.dev.clients)',
  ],
  [
    'stages.prod.clients',
    { 'northwind-web': { redirectUris: ['http://localhost:3000/callback'] } },
    'stages.prod.clients["northwind-web"].redirectUris[0] "http://localhost:3000/callback" must be https (http only for localhost and only in stages.dev.clients)',
  ],
  ['stages.prod.clients', { 'northwind-wallet': { redirectUris: ['http://localhost:3000/callback'] } }, 'accepted'],
  [
    'stages.prod.clients',
    { 'northwind-web': { origins: ['https://www.northwind.example'] } },
    `stages.prod.clients["northwind-web"].origins[0] "https://www.northwind.example" is already one of the client's own; each may occur once`,
  ],

  [
    'lifetimes.acessToken',
    60,
    'lifetimes.acessToken is not a setting; see BrandDefinition in brands/brand-definition.ts',
  ],
  ['clients[1].firstParty', 'yes', 'clients[1].firstParty must be of type boolean'],
  ['sender', undefined, 'sender must be of type object'],
];
