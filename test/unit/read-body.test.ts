import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { contracts } from '../../bin/contracts.ts';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import { errorsOf, type Operation } from '../../lambdas/shared/http/contract.ts';
import { oauthErrorReply } from '../../lambdas/shared/http/oauth-error-reply.ts';
import { problemReply } from '../../lambdas/shared/http/problem-reply.ts';
import { checkBodySize, readBody } from '../../lambdas/shared/http/read-body.ts';
import { readEvent } from '../../lambdas/shared/http/request.ts';
import { accepted } from './accepted-bodies.ts';

// Many cases, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const operations: Readonly<Record<string, Operation>> = Object.assign({}, ...Object.values(contracts));
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

function read(operation: Operation, body: string | undefined, type: string | undefined = json): unknown {
  const headers = type === undefined ? {} : { 'Content-Type': type };
  const request = readEvent({ headers, ...(body !== undefined && { body }) }, 0);
  checkBodySize(request);
  return readBody(request, operation);
}

function refusalOf(operation: Operation, body: string | undefined, type?: string): Refusal {
  try {
    read(operation, body, type);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** The own API; a registration ignores what it does not know (RFC 7591 section 2), and client-metadata.test.ts shows that. */
const jsonBodies = Object.entries(operations).filter(
  ([, operation]) => operation.body && operation.encoding !== 'form' && errorsOf(operation) !== 'oauth',
);
const registration = operations['POST /v1/registrations'] as Operation;
const token = operations['POST /oauth2/token'] as Operation;

describe('unknown fields', () => {
  test.each(jsonBodies.map(([route, operation]) => ({ route, operation })))(
    'REG9: $route refuses each field that it does not name, at every depth',
    ({ route, operation }) => {
      const good = accepted[route];
      expect(good, `a sample body for ${route}`).toBeDefined();
      expect(read(operation, JSON.stringify(good))).toBeDefined();
      for (const key of ['role', 'email_verified', 'tenantId', 'userId', 'sub', 'status', '__proto__', 'constructor']) {
        const text = `{${JSON.stringify(key)}:{"admin":true},${JSON.stringify(good).slice(1)}`;
        expect(refusalOf(operation, text).details.errors, key).toContainEqual({ field: key, rule: 'unknown_field' });
      }
      for (const [field, value] of Object.entries(good ?? {}).filter(
        ([name, each]) => typeof each === 'object' && name !== 'credential',
      )) {
        const inner = JSON.stringify(Array.isArray(value) ? value[0] : value);
        for (const key of ['role', '__proto__']) {
          const spiked = `{${JSON.stringify(key)}:1,${inner.slice(1)}`;
          const nested = Array.isArray(value) ? `[${spiked}]` : spiked;
          const rest = JSON.stringify({ ...good, [field]: undefined }).slice(1);
          const text = `{${JSON.stringify(field)}:${nested}${rest === '}' ? '' : ','}${rest}`;
          expect(refusalOf(operation, text).details.errors?.map(({ rule }) => rule)).toContain('unknown_field');
        }
      }
    },
  );

  test('REG9: of what a browser makes of a passkey only what is known is handed on (WebAuthn Level 3 section 5.1)', () => {
    for (const route of ['POST /v1/login/passkey', 'POST /v1/account/authenticators/passkeys']) {
      const { credential, ...rest } = accepted[route] as { readonly credential: object };
      const spiked = { ...rest, credential: { ...credential, role: 'admin', clientExtensionResults: {} } };
      const parsed = read(operations[route] as Operation, JSON.stringify(spiked)) as { readonly credential: object };
      expect(parsed.credential, route).toEqual(credential);
    }
  });

  test('REG9: a protocol endpoint ignores what it does not know and hands nothing of it on (RFC 6749 section 3.2)', () => {
    const body = 'grant_type=refresh_token&refresh_token=r&client_id=c&role=admin&__proto__=x&constructor=y&sub=z';
    const parsed = read(token, body, form);
    expect(Object.keys(parsed as object).toSorted()).toEqual(['client_id', 'grant_type', 'refresh_token']);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });

  test('RL8: a body of nothing but unknown fields is not answered with more than it was', () => {
    const many = Object.fromEntries(Array.from({ length: 2500 }, (_, at) => [`k${at}`, 1]));
    expect(refusalOf(registration, JSON.stringify(many)).details.errors?.length).toBeLessThanOrEqual(16);
  });
});

describe('size and shape', () => {
  const padded = (bytes: number) => {
    const empty = JSON.stringify({ password: '' }).length;
    return JSON.stringify({ password: 'x'.repeat(bytes - empty) });
  };

  test('RL8: 32 KiB are read, one byte more is body_too_large, before anything is parsed', () => {
    expect(refusalOf(registration, padded(32 * 1024)).code).toBe('field_invalid');
    expect(refusalOf(registration, padded(32 * 1024 + 1)).code).toBe('body_too_large');
    expect(refusalOf(registration, '['.repeat(1_000_000)).code).toBe('body_too_large');
    expect(refusalOf(registration, 'é'.repeat(16 * 1024 + 1)).code).toBe('body_too_large');
    expect(refusalOf(token, `token=${'x'.repeat(40_000)}`, form).code).toBe('body_too_large');
  });

  test.each([
    ['nested arrays', '['.repeat(16_000) + ']'.repeat(16_000), 'field_invalid'],
    ['nested arrays that never close', '['.repeat(32_000), 'request_malformed'],
    ['nested objects', '{"a":'.repeat(4000) + 1 + '}'.repeat(4000), 'field_invalid'],
    ['a number of 10,000 digits', `{"email":${'9'.repeat(10_000)}}`, 'field_invalid'],
    ['a number as the whole body', '9'.repeat(10_000), 'field_invalid'],
    ['an array', '[]', 'field_invalid'],
    ['null', 'null', 'field_invalid'],
    ['a string', '"x"', 'field_invalid'],
    ['nothing', '', 'request_malformed'],
    ['no body', undefined, 'request_malformed'],
    ['half of a body', '{"email":"a@exam', 'request_malformed'],
    ['two bodies', '{}{}', 'request_malformed'],
    ['a trailing comma', '{"email":"a@example.com",}', 'request_malformed'],
    ['a form', 'email=a%40example.com', 'request_malformed'],
    ['a byte order mark', '\ufeff{}', 'request_malformed'],
  ])('RL8: %s is refused', (_, body, code) => {
    expect(refusalOf(registration, body).code).toBe(code);
  });

  test('RL8: a password of 4097 characters is refused by the contract, before any hash', () => {
    const body = { ...accepted['POST /v1/login/password'], password: 'x'.repeat(4097) };
    const { details } = refusalOf(operations['POST /v1/login/password'] as Operation, JSON.stringify(body));
    expect(details.errors).toEqual([{ field: 'password', rule: 'too_long', params: { max: 4096 } }]);
  });

  test.each([
    undefined,
    '',
    'text/plain',
    form,
    'application/jsonp',
    'application/json2',
    'multipart/form-data',
    'json',
  ])('RL8: content type %j is unsupported_media_type for JSON', (type) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    expect(() => readBody(readEvent({ headers, body: '{}' }, 0), registration)).toThrow('unsupported_media_type');
  });

  test('RL8: parameters and case of the content type do not matter; JSON is no form', () => {
    expect(refusalOf(registration, '{}', 'Application/JSON ; charset=utf-8').code).toBe('field_invalid');
    expect(refusalOf(token, '{}', json).code).toBe('unsupported_media_type');
    expect(refusalOf(token, 'a=b', `${form};charset=UTF-8`).code).toBe('field_invalid');
  });

  test('OP2: a parameter that comes twice makes the request invalid, whatever its name', () => {
    const names = fc.oneof(fc.constantFrom('grant_type', 'scope', '__proto__', 'constructor', ''), fc.string());
    fc.assert(
      fc.property(names, fc.string(), fc.string(), (name, one, other) => {
        const query = new URLSearchParams([
          ['client_id', 'c'],
          [name, `${one}x`],
          [name, `${other}x`],
        ]);
        expect(refusalOf(token, String(query), form).code).toBe('request_malformed');
      }),
    );
  });
});

describe('parameters without a value', () => {
  const protocol = Object.entries(operations).filter(
    ([, operation]) => operation.encoding === 'form' && errorsOf(operation) === 'oauth',
  );
  const needed = 'grant_type=refresh_token&token=t&client_id=c';

  test('OP2: at every protocol endpoint that takes a form', () => {
    expect(protocol.map(([route]) => route).toSorted()).toEqual([
      'POST /oauth2/device_authorization',
      'POST /oauth2/introspect',
      'POST /oauth2/par',
      'POST /oauth2/revoke',
      'POST /oauth2/token',
    ]);
  });

  test.each(protocol)('OP2: are treated as left out by %s (RFC 6749 section 3.2)', (_, operation) => {
    const names = ['client_secret', 'client_assertion', 'redirect_uri', 'scope', 'state', '__proto__', 'unknown'];
    const empty = names.map((name) => `${name}=&${name}`).join('&');
    expect(read(operation, `${empty}&${needed}&client_id=`, form)).toEqual(read(operation, needed, form));
  });

  test('OP2: what is needed and comes without a value is missing', () => {
    expect(refusalOf(token, 'grant_type=&client_id=c', form).details.errors).toEqual([
      { field: 'grant_type', rule: 'required' },
    ]);
  });

  test('a form of a page keeps its empty fields, which the page judges', () => {
    expect(read(operations['POST /sign-in'] as Operation, 'username=&csrf=x', form)).toEqual({
      username: '',
      csrf: 'x',
    });
  });
});

describe('what a refusal says', () => {
  const canary = 'zqx7f';
  const spoilt: readonly (readonly [string, unknown])[] = [
    ['client_id', canary.repeat(30)],
    ['client_id', [canary]],
    ['email', canary],
    ['email', { [canary]: canary }],
    ['email', `${canary}@example.com, ${canary}`],
    ['password', { toString: canary }],
    ['password', canary.repeat(1000)],
    ['profile', canary],
    ['profile', { name: `${canary}\r\n` }],
    ['profile', { birthdate: canary }],
    ['profile', { zoneinfo: `../${canary}` }],
    ['locale', `${canary}!`],
    ['consents', canary],
    ['consents', [{ purpose: canary.repeat(20), granted: canary }]],
    ['consents', Array(33).fill({ purpose: canary, granted: true })],
  ];

  test.each(spoilt)('RL8: a bad %s is named with its rule, and the value %j is not repeated', async (field, value) => {
    const body = JSON.stringify({ ...accepted['POST /v1/registrations'], [field]: value });
    const refusal = refusalOf(registration, body);
    expect(refusal.code).toBe('field_invalid');
    expect(refusal.details.errors?.every((error) => error.field.split('.')[0] === field)).toBe(true);
    for (const locale of ['en', 'de', 'ar'] as const) {
      const reply = await problemReply({}, refusal, 'r-1', locale);
      expect(reply).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json' } });
      expect(JSON.stringify(reply)).not.toContain(canary);
    }
    expect(JSON.stringify(oauthErrorReply(refusal))).not.toContain(canary);
  });

  test('RL8: whatever a field holds, the body is taken or refused, and never a fault', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...jsonBodies.map(([route]) => route)), (value, route) => {
        const operation = operations[route] as Operation;
        const samples = { ...accepted[route] };
        for (const body of [value, ...Object.keys(samples).map((field) => ({ ...samples, [field]: value }))]) {
          try {
            read(operation, JSON.stringify(body));
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
