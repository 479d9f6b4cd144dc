import type { Method } from '../shared/domain/assurance.ts';
import type { Brand } from '../shared/domain/brand.ts';
import type { ItemEvent } from '../shared/domain/event.ts';
import type { SecondFactor } from '../shared/domain/factors.ts';
import type { Flow } from '../shared/domain/flow.ts';
import type { Random, UserId } from '../shared/domain/id.ts';
import type { PendingSecrets } from '../shared/domain/let-in.ts';
import type { RelyingParty } from '../shared/domain/passkey.ts';
import type { SpentFactor } from '../shared/domain/spent-factor.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { listFactors } from '../shared/store/factor-store.ts';
import type { listPasskeys } from '../shared/store/passkey-store.ts';
import type { findDataKey } from '../shared/store/user-store.ts';
import type { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { mailedCode } from './mailed-code.ts';
import { passkey } from './passkey.ts';
import { recoveryCode } from './recovery-code.ts';
import { textedCode } from './texted-code.ts';
import { totp } from './totp.ts';

/** A sign-in that waits for its second factor. */
export interface PendingSignIn {
  readonly flow: Flow;
  readonly user: UserId;
  readonly secrets: PendingSecrets;
}

/** What a kind is judged with. */
export interface FactorDeps {
  readonly brand: Brand;
  readonly rp: RelyingParty;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly store: Bound<{
    readonly listFactors: typeof listFactors;
    readonly listPasskeys: typeof listPasskeys;
    readonly findDataKey: typeof findDataKey;
  }>;
}

/** A factor that was right. */
export interface ProvenFactor {
  readonly method: Method;
  readonly spent: SpentFactor;
  /** What the person is told of it. */
  readonly notice?: ItemEvent;
}

/** Judges what was given; nothing where it is wrong. `now` in milliseconds. */
export type Judge = (given: string, now: number) => ProvenFactor | undefined | Promise<ProvenFactor>;

/** One kind of second factor. */
export interface FactorKindRules {
  /** Reads what judging takes, in one wave beside the counting: nothing is judged before the try counts (RL2). */
  readonly read: (deps: FactorDeps, pending: PendingSignIn) => Promise<Judge>;
  /** A code is sent when the person asks for one. */
  readonly sends?: true;
}

/** Every kind, and how what is given is judged: a code as it was typed, a passkey's answer as JSON; whoever adds a kind adds its line. */
export const factorKinds: { readonly [F in SecondFactor]?: FactorKindRules } = {
  passkey,
  totp,
  'recovery-code': recoveryCode,
  'mailed-code': mailedCode,
  sms: textedCode,
};
