import type { BrandDefinition } from './brand-definition.ts';
import { northwind } from './northwind.ts';
import { solmar } from './solmar.ts';

/** Every brand that this repository deploys; a new file in `brands/` is a line here. */
export const brands: readonly BrandDefinition[] = [northwind, solmar];
