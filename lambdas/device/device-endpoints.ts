import { secondFactorPolicy } from '../shared/domain/authentication-policy.ts';
import type { BrowserSession } from '../shared/domain/browser-session.ts';
import { requiredPurposesHold } from '../shared/domain/consent.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { standingOf } from '../shared/domain/session-standing.ts';
import { type SignedInPerson, signedInPerson } from '../shared/domain/signed-in-person.ts';
import { meetsPolicy } from '../shared/domain/step-up.ts';
import { clientCheck } from '../shared/http/known-client.ts';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { claimedSession } from '../shared/http/session-cookie.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';
import type { PresentedParameters } from '../shared/oidc/client-authentication.ts';
import { findSaid, type Said } from '../shared/store/agreement-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import {
  allowDevice,
  denyDevice,
  findDeviceAuthorization,
  keepDeviceAuthorization,
} from '../shared/store/device-store.ts';
import { countUp, untilWindowEnds } from '../shared/store/rate-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { confirmDevicePage, deviceCodePage, deviceDonePage } from './device-page.tsx';
import { findDevice } from './find-device.ts';
import { letDeviceIn } from './let-device-in.ts';
import { startDeviceAuthorization } from './start-device-authorization.ts';

/** What the confirmation is about. */
interface Case {
  readonly visit: Visit;
  readonly asked: AuthorizationRequest & { readonly userCode: string };
  readonly person: SignedInPerson;
  readonly said: Said;
}

/** The endpoint of devices, and the pages on which a person lets one in. */
export function deviceEndpoints(runtime: Runtime) {
  const { brand, issuer, random, clock, tables } = runtime;
  const { ask, take } = hostedPages(runtime);
  const knownClient = clientCheck(runtime);
  const deviceVerbs = { keepDeviceAuthorization, findDeviceAuthorization, allowDevice, denyDevice };
  const store = bind(tables, { ...deviceVerbs, countUp, findBrowserSession, findUser, findDataKey, findSaid });

  const codeEntry =
    (code: string): Draw =>
    (view) =>
      deviceCodePage(view, code);

  /** The second factor that the client's policy requires was proven, and still counts. */
  async function isStrongEnough(clientId: string, session: BrowserSession, now: number): Promise<boolean> {
    const client = await runtime.clients.find(clientId);
    const standing = standingOf(session, brand.authentication, now);
    return client !== undefined && meetsPolicy(secondFactorPolicy(brand, client), standing);
  }

  /** Signing in, its strength and the terms come first, by the same decisions as for any request (LOG2, GD7). */
  const decided =
    (act: (given: Case) => Promise<Reply>) =>
    async (visit: Visit): Promise<Reply> => {
      const { asked, sealing, now, request, goTo } = visit;
      const { userCode } = asked ?? {};
      if (!asked || userCode === undefined) return goTo('/device');
      const claimed = claimedSession(sealing, request.cookies);
      if (!claimed) return goTo('/oauth2/authorize/continue');
      const [person, said] = await Promise.all([
        signedInPerson({ sealing, open, store }, claimed, now),
        store.findSaid(claimed.user),
      ]);
      const decidedFor = person && requiredPurposesHold(brand.purposes, said.consents);
      if (!decidedFor || !(await isStrongEnough(asked.clientId, person.session, now))) {
        return goTo('/oauth2/authorize/continue');
      }
      return act({ visit: visit.of(person.user.locale), asked: { ...asked, userCode }, person, said });
    };

  const question =
    ({ asked, person }: Case): Draw =>
    (view) =>
      confirmDevicePage(view, {
        email: person.personal.email,
        person: person.user.id,
        code: asked.userCode,
        scopes: asked.scope.split(' ').filter(Boolean),
      });

  return {
    'POST /oauth2/device_authorization': async (
      request: Request<PresentedParameters & { readonly scope?: string | undefined }>,
    ): Promise<Reply> => {
      const client = await knownClient(request);
      const deps = { brand, issuer, random, sealing: await runtime.sealing(), untilWindowEnds, store };
      const body = await startDeviceAuthorization(deps, client, request.body.scope, request.ip, clock());
      return { status: 200, body, audit: { client: client.id } };
    },

    'GET /device': ask(async ({ show, said }) => {
      const { notice } = said;
      if (notice === 'connected' || notice === 'refused') return show((view) => deviceDonePage(view, notice));
      return show(codeEntry((said.user_code ?? '').slice(0, 20)));
    }),

    'POST /device': take(async ({ said, sealing, request, now, again, goTo }) => {
      const typed = (said.user_code ?? '').slice(0, 40);
      try {
        const { code, device } = await findDevice({ brand, sealing, store }, typed, request.ip, now);
        const { clientId, scope } = device;
        const client = await runtime.clients.find(clientId);
        const selfRegistered = client?.selfRegistered && { selfRegistered: client.name };
        const back = { redirectUri: `${issuer}/device`, responseMode: 'query', prompt: [], acrValues: [] } as const;
        return goTo('/oauth2/authorize/continue', {
          asked: { clientId, ...selfRegistered, scope, ...back, at: now, userCode: code },
        });
      } catch (error) {
        return again(codeEntry(typed), error, { user_code: 'user_code' });
      }
    }),

    'GET /device/confirm': ask(decided(async (given) => given.visit.show(question(given)))),

    'POST /device/confirm': take(
      decided(async (given) => {
        const { visit, asked, person, said } = given;
        const { decision, person: shownTo } = visit.said;
        const { sealing, request, now, goTo, again } = visit;
        const audit = { sub: person.user.id };
        // Another person signed in meanwhile: the question is put to them anew (DEV1).
        if (shownTo !== person.user.id || (decision !== 'allow' && decision !== 'deny')) return goTo('/device/confirm');
        try {
          const waiting = await findDevice({ brand, sealing, store }, asked.userCode, request.ip, now);
          const { hash, clientId } = waiting.device;
          if (decision === 'deny') {
            await store.denyDevice(hash, clientId, person.user.id, now);
            return { ...goTo('/device', { notice: 'refused' }), audit };
          }
          const before = said.agreements.find((each) => each.clientId === clientId);
          const outcome = await letDeviceIn({ brand, random, store }, person, waiting, before, now);
          if (outcome === 'signed_out') return goTo('/oauth2/authorize/continue');
          if (outcome === 'gone') throw new Refusal('flow_expired');
          return { ...goTo('/device', { notice: 'connected' }), audit };
        } catch (error) {
          return again(codeEntry(''), error, { user_code: 'user_code' });
        }
      }),
      '/device',
    ),
  };
}
