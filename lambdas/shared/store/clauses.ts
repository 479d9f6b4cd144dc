/**
 * DynamoDB expressions from named clauses, so that a condition reads as the rule it holds:
 * `[present('pk'), after('expiresAt', now), below('attempts', 5)]`.
 */

/** Collects aliases while an expression is written; DynamoDB has over 500 reserved words, so each name is aliased. */
interface Binder {
  readonly name: (attribute: string) => string;
  readonly value: (value: unknown) => string;
}

export type Clause = (bind: Binder) => string;

export const present =
  (attribute: string): Clause =>
  (bind) =>
    `attribute_exists(${bind.name(attribute)})`;

export const absent =
  (attribute: string): Clause =>
  (bind) =>
    `attribute_not_exists(${bind.name(attribute)})`;

const compare =
  (operator: string) =>
  (attribute: string, value: unknown): Clause =>
  (bind) =>
    `${bind.name(attribute)} ${operator} ${bind.value(value)}`;

export const equals = compare('=');
export const differs = compare('<>');
export const after = compare('>');
export const below = compare('<');
export const atMost = compare('<=');

/** The list attribute has this very element. */
export const contains =
  (attribute: string, element: string): Clause =>
  (bind) =>
    `contains(${bind.name(attribute)}, ${bind.value(element)})`;

export const any =
  (...clauses: readonly Clause[]): Clause =>
  (bind) =>
    `(${clauses.map((clause) => clause(bind)).join(' OR ')})`;

/** What an update changes. `add` counts atomically. */
export interface Change {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
}

export interface Expression {
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/**
 * A change that says nothing new takes the old event off the item, so that the stream filter keeps it from every consumer
 * (DESIGN section 1, rule 4).
 */
export function withoutStaleEvent(change: Change): Change {
  return change.set?.event === undefined ? { ...change, remove: [...(change.remove ?? []), 'event'] } : change;
}

/** Writes the expressions of one call; parts that are empty are left out. */
export function expression(change: Change, conditions: readonly Clause[]): Expression {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const bind: Binder = {
    name: (attribute) => {
      const alias = `#${attribute}`;
      names[alias] = attribute;
      return alias;
    },
    value: (value) => {
      const alias = `:v${Object.keys(values).length}`;
      values[alias] = value;
      return alias;
    },
  };
  const pairs = (entries: Readonly<Record<string, unknown>> | undefined, glue: string) =>
    Object.entries(entries ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${bind.name(name)}${glue}${bind.value(value)}`);
  const set = pairs(change.set, ' = ');
  const add = pairs(change.add, ' ');
  const remove = (change.remove ?? []).map(bind.name);
  const update = [
    set.length > 0 ? `SET ${set.join(', ')}` : '',
    add.length > 0 ? `ADD ${add.join(', ')}` : '',
    remove.length > 0 ? `REMOVE ${remove.join(', ')}` : '',
  ].filter(Boolean);
  const condition = conditions.map((clause) => clause(bind)).join(' AND ');
  return {
    ...(update.length > 0 && { UpdateExpression: update.join(' ') }),
    ...(condition && { ConditionExpression: condition }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}
