import { describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { signUp } from './support/journeys.ts';

const shops = { northwind: 'https://www.northwind.example', solmar: 'https://solmar.example' } as const;

describe.each(['northwind', 'solmar'] as const)('CORS at %s', (brand) => {
  const visitor = checkedVisitor(brand);
  const preflight = (path: string, origin: string, method = 'POST', headers = 'authorization,content-type') =>
    visitor.ask('OPTIONS', path, {
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
    });
  /** Origins of the dev stage: the brand's own on this machine. */
  const own = ['http://localhost:3000', 'http://localhost:8787'];
  const foreign = [
    'https://evil.example',
    'https://localhost:3000',
    'http://localhost:3001',
    'http://localhost',
    'http://127.0.0.1:3000',
    'http://localhost:3000.evil.example',
    'http://evil-localhost:3000',
    `${shops[brand]}.evil.example`,
    shops[brand].replace('https:', 'http:'),
    shops[brand === 'northwind' ? 'solmar' : 'northwind'],
    'HTTP://LOCALHOST:3000',
    'http://localhost:3000/',
    'null',
    '*',
  ];

  it('OP8: a preflight of the brand’s own origin is allowed what the API takes, and no more', async () => {
    for (const origin of own) {
      for (const [path, method] of [
        ['/oauth2/token', 'POST'],
        ['/v1/account', 'PATCH'],
        ['/v1/consents/terms', 'PUT'],
        ['/v1/account/sessions', 'DELETE'],
      ] as const) {
        const { status, headers } = await preflight(path, origin, method);
        expect([status, headers.get('access-control-allow-origin')]).toEqual([204, origin]);
        expect(headers.get('access-control-allow-methods')?.split(',')).toContain(method);
        const allowed = headers.get('access-control-allow-headers')?.split(',') ?? [];
        expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type']));
        expect(allowed).not.toContain('*');
        expect(headers.get('access-control-allow-credentials')).toBe('true');
      }
    }
  });

  it('OP8: any other origin gets no CORS header at all, in preflight and in reply', async () => {
    for (const origin of foreign) {
      const answers = [
        await preflight('/oauth2/token', origin),
        await visitor.get('/.well-known/jwks.json', { headers: { origin } }),
        await visitor.post('/v1/login/password', {}, { headers: { origin } }),
      ];
      for (const { headers } of answers) {
        const names = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
        expect([origin, names]).toEqual([origin, []]);
      }
    }
  });

  it('OP8: a page of the brand can read success and failure, Retry-After and the challenge', async () => {
    const { tokens } = await signUp(visitor);
    const [origin = ''] = own;
    const answers = [
      await visitor.get('/v1/account', { token: tokens.access_token, headers: { origin } }),
      await visitor.get('/v1/account', { headers: { origin } }),
      await visitor.post('/v1/login/password', {}, { headers: { origin } }),
      await visitor.ask('POST', '/oauth2/token', { form: {}, headers: { origin } }),
      await visitor.get('/nowhere', { headers: { origin } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 400, 400, 404]);
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      const exposed = headers.get('access-control-expose-headers')?.split(',');
      expect(exposed).toEqual(expect.arrayContaining(['retry-after', 'www-authenticate']));
    }
  });

  it('OP8: who is no browser needs no origin', async () => {
    const { headers } = await visitor.get('/.well-known/openid-configuration');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});
