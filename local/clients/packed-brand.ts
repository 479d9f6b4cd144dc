import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FunctionDefinition } from '../functions/function-definition.ts';
import { refuse } from '../refusal.ts';

const PackedBrand = z.object({
  id: z.string(),
  name: z.string(),
  dynamicRegistration: z.object({}).optional(),
  clients: z.array(
    z.object({
      id: z.string(),
      firstParty: z.boolean(),
      authentication: z.string(),
      redirectUris: z.array(z.string()),
      grants: z.array(z.string()),
    }),
  ),
});

/** What the local cloud needs to know of the brand. */
export type PackedBrand = Readonly<z.infer<typeof PackedBrand>>;

/** The brand as its functions have it beside them (`brand.json`); undefined where no function has one. */
export function readPackedBrand(functions: readonly FunctionDefinition[]): PackedBrand | undefined {
  const file = functions.map(({ code }) => join(code, 'brand.json')).find(existsSync);
  if (file === undefined) return undefined;
  const parsed = PackedBrand.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : refuse(`${file} is not a brand: ${z.prettifyError(parsed.error)}.`);
}
