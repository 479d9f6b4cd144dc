import { describe, expect, it } from 'vitest';
import { readClaimsParameter } from '../../lambdas/shared/oidc/claims-parameter.ts';

const read = (claims: unknown) => readClaimsParameter(JSON.stringify(claims));
const nothing = { idToken: [], userinfo: [], acr: { values: [], essential: false } };

describe('OP: the claims parameter (OIDC Core 5.5)', () => {
  it.each<[string, unknown, object]>([
    ['nothing', {}, nothing],
    ['voluntary claims', { userinfo: { name: null, email: {} } }, { ...nothing, userinfo: ['name', 'email'] }],
    ['an essential one', { id_token: { email: { essential: true } } }, { ...nothing, idToken: ['email'] }],
    ['one that is not known', { userinfo: { shoe_size: null, name: null } }, { ...nothing, userinfo: ['name'] }],
    ['a language that is not known', { userinfo: { 'name#ja': null } }, nothing],
    ['what every object inherits', { userinfo: { constructor: null, toString: null } }, nothing],
    [
      'a member that is not understood',
      { verified_claims: [1], userinfo: { name: { purpose: 'x' } } },
      { ...nothing, userinfo: ['name'] },
    ],
    [
      'values of a claim',
      { userinfo: { name: { value: 'Ada', values: ['Ada'] } } },
      { ...nothing, userinfo: ['name'] },
    ],
    ['acr', { id_token: { acr: null } }, nothing],
    [
      'values of acr',
      { id_token: { acr: { values: ['aal2', 'aal1'] } } },
      { ...nothing, acr: { values: ['aal2', 'aal1'], essential: false } },
    ],
    [
      'an essential acr',
      { id_token: { acr: { essential: true, value: 'aal2' } } },
      { ...nothing, acr: { values: ['aal2'], essential: true } },
    ],
    ['acr from UserInfo, which has none', { userinfo: { acr: { value: 'aal2' } } }, nothing],
    ['a person', { id_token: { sub: { value: 'usr_1' } } }, { ...nothing, sub: 'usr_1' }],
  ])('%s', (_, claims, expected) => {
    expect(read(claims)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['not JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"name"'],
    ['a member that is a list', '{"userinfo":[]}'],
    ['a member that is null', '{"id_token":null}'],
    ['a claim that is a text', '{"userinfo":{"name":"yes"}}'],
    ['a claim that is a list', '{"userinfo":{"name":[]}}'],
    ['essential as a text', '{"userinfo":{"name":{"essential":"true"}}}'],
    ['values that are no list', '{"id_token":{"acr":{"values":"aal2"}}}'],
    ['an acr that is a number', '{"id_token":{"acr":{"value":2}}}'],
    ['a sub that is an object', '{"id_token":{"sub":{"value":{}}}}'],
    ['beyond any reason', JSON.stringify({ userinfo: { name: { values: ['x'.repeat(4096)] } } })],
    [
      'more members than any reason',
      JSON.stringify({ userinfo: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`c${i}`, null])) }),
    ],
  ])('%s is malformed', (_, text) => {
    expect(readClaimsParameter(text)).toBeUndefined();
  });
});
