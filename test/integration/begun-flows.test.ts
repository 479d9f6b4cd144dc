import { describe, expect, it } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import type { FlowPurpose } from '../../lambdas/shared/domain/flow.ts';
import { type BegunFlow, journeys, personAt } from './support/begun-flows.ts';
import { facts } from './support/brand-facts.ts';
import { patchItem, readItem } from './support/tables.ts';
import type { Answer, BrandId } from './support/visitor.ts';

const purposes = Object.keys(journeys) as FlowPurpose[];
const routes = capabilities.flatMap(({ trigger }) => (trigger.kind === 'http' ? trigger.routes : []));

/** Each kind of client of a brand: who vouches for it, how it proves itself, what its tokens are bound to. */
const kinds = (brand: BrandId) => {
  const kindOf = ({ firstParty, authentication, dpop }: (typeof facts)[BrandId]['clients'][number]) =>
    `${firstParty ? 'own' : 'third-party'}, ${authentication}, DPoP ${dpop ?? 'off'}`;
  const clients = facts[brand].clients.map((client) => [kindOf(client), client] as const);
  return [...new Map(clients.toReversed())].toReversed();
};
const mayJourney = (brand: BrandId, id: string) => {
  const client = facts[brand].clients.find((each) => each.id === id);
  return client?.firstParty === true && client.authentication === 'none' && client.dpop !== 'required';
};

const opened = ({ status }: Answer) => [200, 201, 204, 303].includes(status);
const change = (brand: BrandId, { flow }: BegunFlow, set: Readonly<Record<string, unknown>>) =>
  patchItem(brand, 'Sessions', `FLOW#${flow}`, '#', set);

const isOpen = async (brand: BrandId, { flow }: BegunFlow) =>
  (await readItem(brand, 'Sessions', `FLOW#${flow}`))?.consumedAt === undefined;

/** At most so many tries of one flow, and one for the end of it. */
const some = <T>(all: readonly T[], brand: BrandId) => all.slice(0, facts[brand].limits.triesPerCode - 1);

describe('LOG3, VC4: a flow goes on where it was begun, and nowhere else', () => {
  it('the matrix knows every route of the JSON journeys that ends a flow', () => {
    const steps = ['/resend', '/code', '/passkey'];
    const ends = routes.filter(({ path }) => path.includes('{flow}') && !steps.some((step) => path.endsWith(step)));
    const known = purposes.map((purpose) => journeys[purpose].route);
    expect(ends.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(known.toSorted());
  });

  describe.each(purposes)('%s', (purpose) => {
    const { brand, signsIn, ...journey } = journeys[purpose];

    it('begun on the pages, opens nothing by JSON, for no kind of client; and still opens on the pages', async () => {
      const begun = await journey.pages(await personAt(brand));
      for (const [kind, { id }] of kinds(brand)) {
        await change(brand, begun, { clientId: id });
        const answer = await begun.byJson();
        expect([kind, answer.status, answer.json?.code]).toEqual([kind, 410, 'flow_expired']);
        expect(answer.text).not.toContain('token"');
      }
      expect(await isOpen(brand, begun)).toBe(true);
      await change(brand, begun, { clientId: `${brand}-web` });
      const onPage = await begun.byPage?.();
      expect(onPage && opened(onPage), onPage?.text).toBe(true);
    });

    it('begun by JSON, opens nothing on a page', async () => {
      const begun = await journey.pages(await personAt(brand));
      // What a page would be shown that named a flow of the JSON journeys.
      await change(brand, begun, { at: 'client' });
      const answer = await begun.byPage?.();
      // Over, or back to the overview that it is begun from.
      expect([410, 303]).toContain(answer?.status);
      expect(answer?.headers.get('set-cookie') ?? '').not.toContain('__Host-session');
      expect(await isOpen(brand, begun)).toBe(true);
    });

    it('begun by JSON, opens by JSON, and a session for a client of the JSON journeys alone', async () => {
      const begun = await journey.json(await personAt(brand));
      const strangers = kinds(brand).filter(([, { id }]) => !mayJourney(brand, id));
      for (const [kind, { id }] of signsIn ? some(strangers, brand) : []) {
        await change(brand, begun, { clientId: id });
        const answer = await begun.byJson();
        expect([kind, answer.status, answer.json?.code]).toEqual([kind, 403, 'client_not_allowed']);
      }
      await change(brand, begun, { clientId: `${brand}-web` });
      const answer = await begun.byJson();
      expect(opened(answer), answer.text).toBe(true);
    });
  });
});
