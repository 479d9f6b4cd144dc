import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ItemAccess, ItemVerb, TableName } from '../../lambdas/shared/domain/capability.ts';

/** What IAM calls each verb. A batch of gets is authorized over all its keys at once, so that `get` includes it. */
const actionsOf: { readonly [V in ItemVerb]: readonly string[] } = {
  get: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
  query: ['dynamodb:Query'],
  put: ['dynamodb:PutItem'],
  update: ['dynamodb:UpdateItem'],
  delete: ['dynamodb:DeleteItem'],
  check: ['dynamodb:ConditionCheckItem'],
};

/** The pattern of partition keys of an item type: `USER` is `USER#*`; a key like `KEYRING#signing` or `CLIENT#dyn_*` is itself. */
function leadingKey(itemType: string): string {
  return itemType.includes('#') ? itemType : `${itemType}#*`;
}

/**
 * What a capability may do to a table, as IAM says it: its verbs, on the partition keys of its item types alone.
 * Verbs with the same item types share a statement, and one verb is never split over two, because a batch is allowed
 * only if one statement covers all its keys.
 *
 * `ForAllValues` is also true of a request without keys (a Scan), hence the `Null` beside it
 * (IAM user guide, "Multivalued context keys").
 */
export function itemStatements(tableArn: string, types: ItemAccess[TableName]): readonly PolicyStatement[] {
  const keysOf = new Map<ItemVerb, string[]>();
  for (const [itemType, verbs] of Object.entries(types ?? {}) as [string, readonly ItemVerb[] | undefined][]) {
    for (const verb of verbs ?? []) keysOf.set(verb, [...(keysOf.get(verb) ?? []), leadingKey(itemType)]);
  }
  const verbsOf = Map.groupBy(keysOf, ([, keys]) => keys.join(' '));
  return [...verbsOf.values()].map(
    (group) =>
      new PolicyStatement({
        actions: group.flatMap(([verb]) => actionsOf[verb]),
        resources: [tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': group[0]?.[1] ?? [] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
  );
}
