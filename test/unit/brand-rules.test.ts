import { describe, expect, test } from 'vitest';
import type { BrandDefinition } from '../../brands/brand-definition.ts';
import { brands } from '../../brands/brands.ts';
import { ConfigurationError } from '../../brands/configuration-error.ts';
import { defineBrand } from '../../brands/define-brand.ts';
import { northwind } from '../../brands/northwind.ts';
import { mistakes } from './brand-mistakes.ts';
import { textMistakes } from './brand-mistakes-texts.ts';

/** A brand as a mistaken person might write it: any key, any value. */
type Draft = { [key: string]: Draft } & Draft[];

/** The message that the brand is refused with after `spoil` changed it. */
function refusal(spoil: (draft: Draft) => void): string {
  const draft = structuredClone(northwind) as unknown as Draft;
  spoil(draft);
  try {
    defineBrand(draft as unknown as BrandDefinition);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
  return 'accepted';
}

/** Writes a value at `clients[0].redirectUris[1]` of a draft. */
function set(draft: Draft, path: string, value: unknown): void {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  const last = keys.pop() ?? '';
  let place: Draft = draft;
  for (const key of keys) place = place[key] as Draft;
  (place as { [key: string]: unknown })[last] = value;
}

describe('a mistake stops the synth with one sentence that names file, key and allowed values', () => {
  test.each([...mistakes, ...textMistakes])('%s = %j', (path, value, says) => {
    const message = refusal((draft) => set(draft, path, value));
    if (says === 'accepted') expect(message).toBe(says);
    else if (says.endsWith(',')) expect(message).toContain(`brands/northwind.ts: ${says}`);
    else expect(message).toBe(`brands/${path === 'id' ? String(value) : 'northwind'}.ts: ${says}`);
  });

  test('WEB1: addresses of more origins than a header holds are too many, in whatever stage', () => {
    const tenants = Array.from({ length: 150 }, (_, at) => `https://tenant-${at}.northwind.example/signed-in`);
    const says = 'characters together in prod; must be at most 4000, since pages name them in a header';
    expect(
      refusal((draft) => set(draft, 'stages.prod.clients', { 'northwind-mobile': { redirectUris: tenants } })),
    ).toBe(`brands/northwind.ts: clients[1] has addresses at origins of 5469 ${says}`);
    const one = tenants.map((_, at) => `https://app.northwind.example/tenants/${at}/signed-in`);
    const accepted = refusal((draft) =>
      set(draft, 'stages.prod.clients', { 'northwind-mobile': { redirectUris: one } }),
    );
    expect(accepted).toBe('accepted');
  });

  test('a password policy below 15 passes with a reason for the auditor', () => {
    expect(
      refusal((draft) => {
        set(draft, 'passwords.minLength', 8);
        set(draft, 'passwords.singleFactorReason', 'a second factor comes with the app');
      }),
    ).toBe('accepted');
  });
});

describe('the brands of this repository', () => {
  test.each(brands.map((brand) => [brand.id, brand] as const))(
    '%s is in the file of its name and differs from the others',
    async (id, brand) => {
      const file: Record<string, unknown> = await import(`../../brands/${id}.ts`);
      expect(file[id]).toBe(brand);
      for (const other of brands) {
        if (other === brand) continue;
        for (const key of [
          'look',
          'sender',
          'locales',
          'passwords',
          'lifetimes',
          'limits',
          'abuse',
          'purposes',
          'clients',
          'stages',
        ] as const) {
          expect(brand[key], key).not.toEqual(other[key]);
        }
        expect(
          brand.clients
            .map((client) => client.id)
            .filter((client) => other.clients.some(({ id: it }) => it === client)),
        ).toEqual([]);
      }
    },
  );
});
