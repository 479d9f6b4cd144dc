import type { StageName } from '../brands/brand-definition.ts';
import type { TableName } from '../lambdas/shared/domain/capability.ts';

/** A brand and a stage, as far as names go. */
export interface Named {
  readonly brand: { readonly id: string };
  readonly stage: StageName;
}

/** `northwind-prod`: begins the name of everything that a person looks for in a console. */
export function deploymentName({ brand, stage }: Named): string {
  return `${brand.id}-${stage}`;
}

/** `northwind-prod-directory`. Fixed, for the reason that `DataStack` gives. */
export function tableName(deployment: Named, table: TableName): string {
  return `${deploymentName(deployment)}-${table.toLowerCase()}`;
}
