import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Brand } from '../../lambdas/shared/domain/brand.ts';
import type { FunctionDefinition } from '../functions/function-definition.ts';

/**
 * Changes the brand that was packed beside each function, in the assembly that this machine alone runs: what is deployed
 * is synthesized from `brands/` and knows nothing of it (CHECKS INF8).
 */
export function rebrand(functions: readonly FunctionDefinition[], change: (brand: Brand) => Brand): void {
  for (const folder of new Set(functions.map(({ code }) => code))) {
    const file = join(folder, 'brand.json');
    writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Brand)));
  }
}
