import { describe, expect, it } from 'vitest';
import { copyCode, definitionOf } from './support/assets.ts';
import { invoke, withOverrides } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { signIn, signUp, startSignUp } from './support/journeys.ts';
import { type Operation, operations } from './support/operations.ts';
import { deliver, happenedAgain, published, recordOf } from './support/stream-records.ts';
import { readItem } from './support/tables.ts';
import { type BrandId, newVisitor, randomEmail } from './support/visitor.ts';

describe('F29: the log cannot be written', () => {
  const deafening: readonly (readonly [Operation, BrandId])[] = [
    [operations.startRegistration, 'northwind'],
    [operations.passwordSignIn, 'solmar'],
    [operations.recover, 'northwind'],
    [operations.refresh, 'solmar'],
    [operations.userinfo, 'northwind'],
    [operations.giveConsent, 'solmar'],
    [operations.changePassword, 'northwind'],
    [operations.signOutThere, 'solmar'],
  ];
  const broken = "process.stdout.write = () => { throw new Error('EPIPE'); };\nconsole.log = process.stdout.write;";

  it.each(deafening.map(([operation, brand]) => ({ name: operation.name, operation, brand })))(
    'F29: $name goes on, in good and in bad',
    async ({ operation, brand }) => {
      const { ask } = await operation.prepare(brand);
      const copy = copyCode(brand, operation.function);
      try {
        copy.prelude(broken);
        await withOverrides(brand, operation.function, { code: copy.code }, async () => {
          expect((await ask()).status).toBe(operation.ok);
          const event = { routeKey: 'POST /nowhere' };
          expect((await invoke(brand, operation.function, event)).value.statusCode).toBe(404);
        });
      } finally {
        copy.remove();
      }
    },
  );

  it('F29: the mailer sends, the publisher publishes, keys rotate', async () => {
    const brand = 'northwind';
    const email = randomEmail();
    const { flow } = await startSignUp(newVisitor(brand), { email });
    await awaitMail(email, 1, brand);
    const item = (await readItem(brand, 'Sessions', `FLOW#${flow}`)) ?? {};
    const { sub } = await signUp(newVisitor(brand));
    const user = (await readItem(brand, 'Directory', `USER#${sub}`)) ?? {};
    const inSilence = async (name: string, work: () => Promise<void>) => {
      const copy = copyCode(brand, name);
      try {
        copy.prelude(broken);
        await withOverrides(brand, name, { code: copy.code }, work);
      } finally {
        copy.remove();
      }
    };
    await inSilence('mailer', async () => {
      const poison = { ...happenedAgain(item), event: { id: 'evt_x', type: 'nothing' } };
      const records = [recordOf(poison), recordOf(happenedAgain(item))];
      expect(await deliver(brand, 'mailer', records)).toEqual([records[0]?.dynamodb.SequenceNumber]);
      expect(await mailsTo(email, brand)).toHaveLength(2);
    });
    await inSilence('publisher', async () => {
      const before = (await published(brand, sub)).length;
      expect(await deliver(brand, 'publisher', [recordOf(happenedAgain(user))])).toEqual([]);
      expect((await published(brand, sub)).length).toBeGreaterThan(before);
    });
    await inSilence('key-rotation', async () => {
      expect((await invoke(brand, 'key-rotation', {})).kind).toBe('returned');
    });
  });
});

describe('F30: a function whose configuration lacks something', () => {
  const asked: readonly Operation[] = [
    operations.verify,
    operations.passwordSignIn,
    operations.recover,
    operations.refresh,
    operations.userinfo,
    operations.giveConsent,
    operations.confirmAddress,
    operations.sessions,
  ];

  it.each(asked)('F30: $function refuses to serve without any one of its variables', async (operation) => {
    const brand = 'solmar';
    const { ask } = await operation.prepare(brand);
    const names = Object.keys(definitionOf(brand, operation.function).environment);
    expect(names).toContain('ISSUER');
    for (const name of names) {
      await withOverrides(brand, operation.function, { environment: { [name]: null } }, async () => {
        const { status, text } = await ask();
        expect([name, Math.floor(status / 100)]).toEqual([name, 5]);
        expect(text).not.toContain('eyJ');
      });
    }
    expect((await ask()).status).toBe(operation.ok);
  });

  it.each(['mailer', 'publisher', 'key-rotation', 'mail-feedback'])('F30: %s fails aloud', async (name) => {
    const brand = 'northwind';
    const { item, sent } = await mailedFlow(brand);
    const events: Readonly<Record<string, unknown>> = {
      mailer: { Records: [recordOf(happenedAgain(item))] },
      publisher: { Records: [recordOf(happenedAgain(item))] },
      'mail-feedback': {
        id: 'e',
        detail: { eventType: 'Bounce', bounce: bounceOf(randomEmail()) },
      },
      'key-rotation': {},
    };
    // Every function is told the issuer; the publisher names it nowhere.
    const unused = name === 'publisher' ? ['ISSUER'] : [];
    const variables = Object.keys(definitionOf(brand, name).environment).filter((each) => !unused.includes(each));
    for (const variable of variables) {
      await withOverrides(brand, name, { environment: { [variable]: null } }, async () => {
        const { kind, value } = await invoke(brand, name, events[name]);
        const refused = kind === 'failed' || value?.batchItemFailures?.length === 1;
        expect([variable, refused]).toEqual([variable, true]);
      });
    }
    expect(await sent()).toBe(1);
  });

  it.each([
    ['is missing', () => undefined],
    ['is no JSON', (text: string) => text.slice(0, -9)],
    ['is empty', () => '{}'],
    ['is null', () => 'null'],
  ] as const)('F30: brand.json %s: no function loads', async (_, rewrite) => {
    const brand = 'northwind';
    for (const name of ['login', 'token', 'mailer', 'publisher', 'key-rotation', 'discovery']) {
      const copy = copyCode(brand, name);
      try {
        copy.rewriteBrand(rewrite);
        await withOverrides(brand, name, { code: copy.code }, async () => {
          expect([name, (await invoke(brand, name, { Records: [] })).kind]).toEqual([name, 'failed']);
        });
      } finally {
        copy.remove();
      }
    }
  });

  it.each([
    ['registration', 'passwords'],
    ['registration', 'minLength'],
    ['registration', 'limits'],
    ['registration', 'triesPerCode'],
    ['registration', 'code'],
    ['login', 'lifetimes'],
    ['login', 'accessToken'],
    ['login', 'refreshAbsolute'],
    ['login', 'passwordPerAccount'],
    ['login', 'triesPerIp'],
    ['token', 'clients'],
    ['token', 'refreshGrace'],
    ['token', 'refreshIdle'],
    ['consent', 'purposes'],
    ['account', 'recentAuthentication'],
    ['mailer', 'sender'],
    ['mailer', 'mailsPerAddress'],
    ['key-rotation', 'signingKey'],
  ])('F30: %s does not load without the setting %s', async (name, setting) => {
    const brand = 'solmar';
    const copy = copyCode(brand, name);
    try {
      copy.rewriteBrand((text) =>
        JSON.stringify(JSON.parse(text, (key, value) => (key === setting ? undefined : value))),
      );
      await withOverrides(brand, name, { code: copy.code }, async () => {
        expect((await invoke(brand, name, { routeKey: 'POST /nowhere', Records: [] })).kind).toBe('failed');
      });
    } finally {
      copy.remove();
    }
  });
});

function bounceOf(emailAddress: string) {
  return { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress }], timestamp: '2026-01-15T12:00:00.000Z' };
}

async function mailedFlow(brand: BrandId) {
  const { email, flow } = await startSignUp(newVisitor(brand));
  codeOf(await awaitMail(email, 1, brand));
  const item = (await readItem(brand, 'Sessions', `FLOW#${flow}`)) ?? {};
  return { item, sent: async () => (await mailsTo(email, brand)).length };
}

it('F30: what a function says while it refuses names no secret and no default', async () => {
  const brand = 'northwind';
  const { email, password } = await signUp(newVisitor(brand));
  await withOverrides(brand, 'login', { environment: { VAULT_KEY_ARN: null } }, async () => {
    const { status, json } = await signIn(newVisitor(brand), email, password);
    expect(status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(json)).not.toMatch(/VAULT|arn:|environment/);
  });
});
