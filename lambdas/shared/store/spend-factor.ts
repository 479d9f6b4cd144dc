import type { Flow } from '../domain/flow.ts';
import type { UserId } from '../domain/id.ts';
import type { SpentFactor } from '../domain/spent-factor.ts';
import { absent, any, below, equals } from './clauses.ts';
import { changeFactorStep, changeSummarySteps } from './factor-store.ts';
import { unusedSince } from './passkey-store.ts';
import { useNumberStep } from './phone-store.ts';
import type { Tables } from './tables.ts';
import type { update } from './transaction.ts';

type Step = ReturnType<typeof update>;
type Spend<F extends SpentFactor['factor']> = (
  tables: Tables,
  of: { readonly flow: Flow; readonly user: UserId },
  spent: Extract<SpentFactor, { readonly factor: F }>,
) => readonly Step[];

/** How each factor is used up; a parallel rival with the same code makes its step fail. */
const spending: { readonly [F in SpentFactor['factor']]: Spend<F> } = {
  // Consumed with the flow that it derives from.
  'mailed-code': () => [],
  sms: (tables, { flow, user }, { at }) => [useNumberStep(tables, flow, user, at)],
  totp: (tables, { user }, { step }) => [
    changeFactorStep(tables, user, 'totp', { set: { lastStep: step } }, [
      equals('state', 'active'),
      any(absent('lastStep'), below('lastStep', step)),
    ]),
  ],
  passkey: (tables, { user }, { passkey, change }) => [
    changeFactorStep(tables, user, `passkey#${passkey.hash}`, { set: { ...change } }, unusedSince(passkey)),
  ],
  'recovery-code': (tables, { flow, user }, { place, hash }) => [
    changeFactorStep(tables, user, 'recovery', { remove: [place] }, [equals(place, hash)]),
    ...changeSummarySteps(tables, flow.identHash, user, { add: { recovery: -1 } }),
  ],
};

/** The steps that use a factor up, inside the transaction that ends the sign-in. */
export function spendSteps(
  tables: Tables,
  of: { readonly flow: Flow; readonly user: UserId },
  spent: SpentFactor,
): readonly Step[] {
  const spend = spending[spent.factor] as Spend<SpentFactor['factor']>;
  return spend(tables, of, spent as never);
}
