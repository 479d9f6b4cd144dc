import { type BrandDefinition, stageNames } from '../brands/brand-definition.ts';
import { ConfigurationError } from '../brands/configuration-error.ts';
import type { Selected } from './synth.ts';

/**
 * The deployments that a selection means: every stage of every brand where it says nothing.
 *
 * @throws ConfigurationError for a brand or stage that does not exist.
 */
export function select(
  brands: readonly BrandDefinition[],
  { brand, stage }: { readonly brand?: string | undefined; readonly stage?: string | undefined },
): readonly Selected[] {
  const ids = brands.map(({ id }) => id);
  if (brand !== undefined && !ids.includes(brand)) {
    throw new ConfigurationError(`brand ${JSON.stringify(brand)} does not exist; must be one of ${ids.join(', ')}`);
  }
  if (stage !== undefined && !stageNames.some((name) => name === stage)) {
    throw new ConfigurationError(
      `stage ${JSON.stringify(stage)} does not exist; must be one of ${stageNames.join(', ')}`,
    );
  }
  return brands
    .filter(({ id }) => brand === undefined || id === brand)
    .flatMap((definition) =>
      stageNames
        .filter((name) => stage === undefined || name === stage)
        .map((name) => ({ brand: definition, stage: name })),
    );
}
