import { brandOfStage } from '../../../brands/brand-of-stage.ts';
import { northwind } from '../../../brands/northwind.ts';
import { solmar } from '../../../brands/solmar.ts';
import type { Brand } from '../../../lambdas/shared/domain/brand.ts';
import type { BrandId } from './visitor.ts';

/** What the deployed functions of each brand go by, so that tests repeat no limit and no lifetime. */
export const facts: Readonly<Record<BrandId, Brand>> = {
  northwind: brandOfStage(northwind, 'dev'),
  solmar: brandOfStage(solmar, 'dev'),
};
