import { describe, expect, it } from 'vitest';
import { newEvent } from '../../lambdas/shared/domain/event.ts';
import { type FlowId, systemRandom, type UserId } from '../../lambdas/shared/domain/id.ts';
import type { Asker } from '../../lambdas/shared/domain/session.ts';
import { changeAddress } from '../../lambdas/shared/store/change-address.ts';
import { changePassword } from '../../lambdas/shared/store/change-password.ts';
import { findCredentials } from '../../lambdas/shared/store/credential-store.ts';
import { findFlow } from '../../lambdas/shared/store/flow-store.ts';
import { openTables } from '../../lambdas/shared/store/tables.ts';
import { findUser } from '../../lambdas/shared/store/user-store.ts';
import { confirmAddressChange, startAddressChange } from './support/account-journeys.ts';
import { personAt } from './support/begun-flows.ts';
import { cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, startTotp, totpCode } from './support/factors.ts';
import { awaitMail, codeOf } from './support/inbox.ts';
import { type Member, signUpWithoutPassword, startSignUp } from './support/journeys.ts';
import { lane } from './support/lane.ts';
import { holdings, partition, putItem, readItem } from './support/tables.ts';
import { type BrandId, newVisitor } from './support/visitor.ts';

/** The store verbs of the functions, on the tables of the local cloud, in an order that a test chooses. */
const tablesOf = (brand: BrandId) =>
  openTables({
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: lane().dynamodb,
    DIRECTORY_TABLE: `${brand}-dev-directory`,
    SESSIONS_TABLE: `${brand}-dev-sessions`,
    VAULT_TABLE: `${brand}-dev-vault`,
  });

const sessionOf = ({ tokens }: Member): Asker => {
  const { sid } = JSON.parse(Buffer.from(tokens.access_token.split('.')[1] ?? '', 'base64url').toString());
  return { at: 'client', session: sid };
};

/** Somebody whose new address is proven and not yet theirs, and what was read of them. */
async function aboutToMove(member: Member) {
  const { visitor, sub, tokens } = member;
  const { brand } = visitor;
  const store = tablesOf(brand);
  const by = sessionOf(member);
  const change = await startAddressChange(visitor, tokens.access_token);
  const now = await cloudNow(brand);
  const flow = await findFlow(store, change.flow as FlowId, { purpose: 'email-change', at: 'client' }, now);
  const user = await findUser(store, sub as UserId);
  if (!flow || !user) throw new Error('nothing to move');
  const reread = () => findCredentials(store, user.identHash);
  const seen = await reread();
  const moved = newEvent('email.changed', { sub }, now, systemRandom);
  return {
    from: user.identHash,
    to: flow.identHash,
    reread,
    move: (credentials = seen) =>
      changeAddress(store, flow, { user, credentials, phone: undefined, sealed: user.sealed, by, event: moved }, now),
    setFirstPassword: () => {
      const credential = { userId: user.id, hash: 'of a password', status: 'active', changedAt: now } as const;
      const event = newEvent('password.changed', { sub }, now, systemRandom);
      return changePassword(store, user.identHash, undefined, credential, by, event, now);
    },
  };
}

const filedUnder = async (brand: BrandId, hash: string) =>
  (await partition(brand, 'Directory', `CRED#${hash}`)).map(({ sk }) => String(sk)).toSorted();

describe('EM4, MFA10: nothing stays behind at an address that its owner leaves', () => {
  it('a factor that is filed between the reading and the move stops the move; read anew, it moves along', async () => {
    const member = await personAt('northwind');
    const { from, to, move, reread } = await aboutToMove(member);
    await enrolTotp(member);
    expect(await move()).toBe('gone');
    expect(await filedUnder('northwind', from)).toEqual(['factors', 'password']);
    expect(await move(await reread())).toBe('changed');
    expect(await filedUnder('northwind', from)).toEqual([]);
    expect(await filedUnder('northwind', to)).toEqual(['factors', 'password']);
  });

  it('so does a first password', async () => {
    const { from, to, move, reread, setFirstPassword } = await aboutToMove(await signUpWithoutPassword());
    expect(await setFirstPassword()).toBe(true);
    expect(await move()).toBe('gone');
    expect(await filedUnder('solmar', from)).toEqual(['password']);
    expect(await move(await reread())).toBe('changed');
    expect(await filedUnder('solmar', from)).toEqual([]);
    expect(await filedUnder('solmar', to)).toEqual(['password']);
  });

  it('a first password that comes after the move is filed nowhere', async () => {
    const { from, move, setFirstPassword } = await aboutToMove(await signUpWithoutPassword());
    expect(await move()).toBe('changed');
    expect(await setFirstPassword()).toBe(false);
    expect(await filedUnder('solmar', from)).toEqual([]);
  });

  it('of a move and an enrolment at once, each either happens where the address is then or not at all', async () => {
    const rounds = Array.from({ length: 12 }, async () => {
      const member = await personAt('northwind');
      const { visitor, tokens, sub } = member;
      const token = tokens.access_token;
      const before = (await holdings('northwind', sub)).identHash;
      const [change, app] = [await startAddressChange(visitor, token), await startTotp(member)];
      const code = totpCode(app.secret, await cloudNow('northwind'));
      const path = `/v1/account/authenticators/totp/${app.flow}`;
      const [moved, enrolled] = await Promise.all([
        confirmAddressChange(visitor, token, change),
        visitor.post(path, { code }, { token }),
      ]);
      const { identHash } = await holdings('northwind', sub);
      expect(identHash === before).toBe(moved.status !== 200);
      expect(await filedUnder('northwind', identHash)).toEqual(
        enrolled.status === 200 ? ['factors', 'password'] : ['password'],
      );
      if (moved.status === 200) expect(await filedUnder('northwind', before)).toEqual([]);
      const item = await readItem('northwind', 'Directory', `FACTOR#${sub}`, 'totp');
      expect(item !== undefined).toBe(enrolled.status === 200);
      return moved.status === 200 || enrolled.status === 200;
    });
    expect(await Promise.all(rounds)).not.toContain(false);
  });

  it.each(['factors', 'password'])(
    'nobody signs up at an address under which %s of somebody else are filed',
    async (sk) => {
      const visitor = newVisitor('solmar');
      const { email, flow } = await startSignUp(visitor);
      const code = codeOf(await awaitMail(email, 1, 'solmar'));
      const { identHash } = (await readItem('solmar', 'Sessions', `FLOW#${flow}`)) ?? {};
      const left = { pk: `CRED#${identHash}`, sk, userId: 'usr_somebodyelse0000000000', totp: true };
      await putItem('solmar', 'Directory', left);
      const answer = await visitor.post(`/v1/registrations/${flow}/verification`, { code });
      expect([answer.status, answer.json.code]).toEqual([409, 'identifier_taken']);
      expect(await filedUnder('solmar', String(identHash))).toEqual([sk]);
    },
  );
});
