import { cancelLink } from '../shared/domain/cancel-link.ts';
import { stopLink } from '../shared/domain/factor-recovery.ts';
import { type FlowSecrets, flowItemKey, type NetworkSecrets, type TextedSecrets } from '../shared/domain/flow.ts';
import { mailboxOf } from '../shared/domain/mailbox.ts';
import { mailedLink } from '../shared/domain/mailed-link.ts';
import { networkOf } from '../shared/domain/network.ts';
import { notMeLink } from '../shared/domain/not-me.ts';
import { rangeOf } from '../shared/domain/phone-number.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { type PersonalData, userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { recipientOf } from '../shared/store/mail-store.ts';
import type { findDataKey, findUser } from '../shared/store/user-store.ts';
import type { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import type { MailerDeps } from './send-mails.ts';

interface Deps {
  readonly issuer: string;
  readonly open: typeof open;
  readonly store: Bound<{
    readonly recipientOf: typeof recipientOf;
    readonly findUser: typeof findUser;
    readonly findDataKey: typeof findDataKey;
  }>;
}

/** What decisions look up, with the ring in hand: tables, what is sealed, and links. */
export function openLookups({ issuer, open, store }: Deps, ring: SealingRing): MailerDeps['lookups'] {
  return {
    recipientOf: store.recipientOf,
    findUser: store.findUser,
    personalData: async (id, sealed) => {
      const key = await store.findDataKey(id);
      if (!key) return [];
      const dataKey = ring.unwrapDataKey(id, key.wrapped, key.kek);
      return sealed.map((each) => open(dataKey, each, userItemKey(id)) as PersonalData);
    },
    flowAddress: ({ id, sealed }) => (ring.openEphemeral(flowItemKey(id), sealed) as FlowSecrets).email,
    codeOf: ({ id, purpose, codeNonce }) => ring.mailedCode({ id, purpose, nonce: codeNonce }),
    openDevice: (itemKey, sealed) => ring.openEphemeral(itemKey, sealed) as SessionDevice,
    notMeLink: (notMe) => notMeLink(issuer, ring.mac, notMe),
    cancelLink: (id) => cancelLink(issuer, ring.mac, id),
    stopLink: (recovery) => stopLink(issuer, ring.mac, recovery),
    signInLink: (flow) => mailedLink(issuer, ring.mac, flow),
    flowNumber: ({ id, sealed }) => (ring.openEphemeral(flowItemKey(id), sealed) as TextedSecrets).phone,
    mailboxHashOf: (address) => ring.lookup('email', mailboxOf(address)),
    hashesOf: (number) => ({
      identHash: ring.lookup('phone', number),
      rangeHash: ring.lookup('phone-range', rangeOf(number)),
    }),
    networkOf: ({ id, sealed }) => {
      const { network, device } = ring.openEphemeral(flowItemKey(id), sealed) as NetworkSecrets;
      return network ?? (device && ring.lookup('ip', networkOf(device.ip)));
    },
  };
}
