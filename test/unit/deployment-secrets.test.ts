import { describe, expect, test } from 'vitest';
import { provenFlow } from '../../lambdas/account/cancel-address-change.ts';
import { cancelToken } from '../../lambdas/shared/domain/cancel-link.ts';
import type { EmailAddress } from '../../lambdas/shared/domain/email-address.ts';
import { newFlowId, newSessionId, newUserId, systemRandom } from '../../lambdas/shared/domain/id.ts';
import { isLinkOf, linkToken } from '../../lambdas/shared/domain/mailed-link.ts';
import { notMeLink, provenNotMe } from '../../lambdas/shared/domain/not-me.ts';
import { challengeUntil, newChallenge, signInChallenge } from '../../lambdas/shared/domain/passkey-challenge.ts';
import { csrfHolds, csrfToken } from '../../lambdas/shared/http/csrf.ts';
import { deviceCookie, rememberedDevice } from '../../lambdas/shared/http/device-cookie.ts';
import { formAge, shownAt } from '../../lambdas/shared/http/form-age.ts';
import { openForm, sealForm } from '../../lambdas/shared/http/held-form.ts';
import { openJourney, sealJourney } from '../../lambdas/shared/http/page-journey.ts';
import { claimedSession, sessionCookie } from '../../lambdas/shared/http/session-cookie.ts';
import type { AuthorizationRequest } from '../../lambdas/shared/oidc/authorization-request.ts';
import { handle, readHandle } from '../../lambdas/shared/oidc/bearer-handle.ts';
import { deviceCode, readDeviceCode } from '../../lambdas/shared/oidc/device-code.ts';
import { readRefreshToken, refreshToken } from '../../lambdas/shared/oidc/refresh-token.ts';
import { openTicket, sealTicket } from '../../lambdas/shared/oidc/ticket.ts';
import { type SealingRing, sealingRing } from '../../lambdas/shared/vault/sealing-ring.ts';
import { sampleIssuer, sampleSealing } from './sample-keys.ts';

const now = Date.UTC(2026, 10, 27, 12);
const [user, session, flow] = [newUserId(systemRandom), newSessionId(now, systemRandom), newFlowId(systemRandom)];
const nonce = systemRandom(16).toString('base64url');
const identHash = systemRandom(32).toString('base64url');
const cookieOf = (header: string) => {
  const [pair = ''] = header.split(';');
  return { [pair.slice(0, pair.indexOf('='))]: pair.slice(pair.indexOf('=') + 1) };
};
const place = { browser: nonce, path: '/sign-up' };
const queryOf = (link: string) => Object.fromEntries(new URL(link).searchParams);

/** Everything that leaves the house and comes back: how a deployment makes it, and whether a deployment knows it again. */
const carried: Readonly<
  Record<
    string,
    { readonly make: (ring: SealingRing) => string; readonly knows: (ring: SealingRing, made: string) => boolean }
  >
> = {
  'a request under way': {
    make: (ring) => sealTicket(ring, { at: now } as AuthorizationRequest),
    knows: (ring, made) => openTicket(ring, made, now) !== undefined,
  },
  'a journey between pages': {
    make: (ring) => sealJourney(ring, { email: 'anna@example.com' as EmailAddress, at: now }),
    knows: (ring, made) => openJourney(ring, made, now) !== undefined,
  },
  'a form that waits': {
    make: (ring) => sealForm(ring, place, { username: 'anna' }, now),
    knows: (ring, made) => openForm(ring, place, made, now).username === 'anna',
  },
  'when a form was shown': {
    make: (ring) => shownAt(ring, nonce, now),
    knows: (ring, made) => formAge(ring, nonce, made, now + 1000) === 1,
  },
  'the token of a form': {
    make: (ring) => csrfToken(ring, nonce, { cookies: {} }),
    knows: (ring, made) => csrfHolds(ring, nonce, { cookies: {} }, made),
  },
  'a session cookie': {
    make: (ring) => sessionCookie(ring, { user, session }, 60),
    knows: (ring, made) => claimedSession(ring, cookieOf(made))?.session === session,
  },
  'a device cookie': {
    make: (ring) => deviceCookie(ring, identHash, { nonce }, now / 1000, 60),
    knows: (ring, made) => rememberedDevice(ring, identHash, cookieOf(made), now / 1000) !== undefined,
  },
  'an authorization code': {
    make: (ring) => handle(ring, 'authorization', { user, session, browser: session }),
    knows: (ring, made) => readHandle(ring, 'authorization', made)?.user === user,
  },
  'a refresh token': {
    make: (ring) => refreshToken(ring, { user, session, generation: 1 }),
    knows: (ring, made) => readRefreshToken(ring, made)?.user === user,
  },
  'a device code': {
    make: (ring) => deviceCode(ring, { hash: identHash, nonce }),
    knows: (ring, made) => readDeviceCode(ring, made)?.nonce === nonce,
  },
  'the challenge of a passkey': {
    make: (ring) => newChallenge(ring.mac, systemRandom, signInChallenge('shop'), now),
    knows: (ring, made) => challengeUntil(ring.mac, made, signInChallenge('shop'), now) !== undefined,
  },
  'a link that signs in': {
    make: (ring) => linkToken(ring.mac, { id: flow, codeNonce: nonce }),
    knows: (ring, made) => isLinkOf(ring.mac, { id: flow, codeNonce: nonce }, made),
  },
  'a link that stops a change of address': {
    make: (ring) => cancelToken(ring.mac, flow),
    knows: (ring, made) => provenFlow(ring, flow, made) === flow,
  },
  'a link that disowns a sign-in': {
    make: (ring) => notMeLink(sampleIssuer, ring.mac, { user, session, at: now }),
    knows: (ring, made) => provenNotMe(ring.mac, queryOf(made), now) !== undefined,
  },
};

describe('TK9: what leaves the house is made with the deployment’s own secret', () => {
  const [own, other] = [sampleSealing(1), sampleSealing(2)];

  test.each(Object.entries(carried))('TK9: %s is known here, and at no other deployment', (_, { make, knows }) => {
    const made = make(own);
    expect([knows(own, made), knows(other, made)]).toEqual([true, false]);
  });

  test.each(Object.entries(carried))(
    'TK9, TK10: %s with any one character changed is not known',
    (_, { make, knows }) => {
      const made = make(own);
      const end = made.includes(';') ? made.indexOf(';') : made.length;
      for (
        let at = made.startsWith('http') || made.includes('=') ? made.lastIndexOf('=', end - 2) + 1 : 0;
        at < end;
        at++
      ) {
        const twisted = made.slice(0, at) + (made[at] === 'A' ? 'B' : 'A') + made.slice(at + 1);
        // The last character of base64url may carry bits that no byte holds.
        if (at < end - 1) expect(knows(own, twisted), `character ${at}`).toBe(false);
      }
    },
  );

  const good = Buffer.alloc(32, 7).toString('base64url');
  const short = Buffer.alloc(31, 7).toString('base64url');
  test.each([
    ['an empty root', { root: '', keks: [{ id: 'k1', key: good }] }],
    ['a short root', { root: short, keks: [{ id: 'k1', key: good }] }],
    ['no key-encryption key', { root: good, keks: [] }],
    ['an empty key-encryption key', { root: good, keks: [{ id: 'k1', key: '' }] }],
    [
      'a short older key',
      {
        root: good,
        keks: [
          { id: 'k2', key: good },
          { id: 'k1', key: short },
        ],
      },
    ],
  ])('TK9: with %s nothing is made and nothing is known', (_, secrets) => {
    expect(() => sealingRing(secrets)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  });
});
