/**
 * Event patterns, as EventBridge rules and Lambda event filters use them: a pattern names the fields that an event must
 * have, each with a list of values or comparisons of which one must fit.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isRecord(pattern)) throw new Error('An event pattern is an object.');
  return Object.entries(pattern).every(([name, expected]) => {
    if (name === '$or') return Array.isArray(expected) && expected.some((branch) => matchesPattern(branch, event));
    const actual = isRecord(event) ? event[name] : undefined;
    if (!Array.isArray(expected)) return matchesPattern(expected, actual);
    // A list in the event fits when one of its values does.
    const candidates = Array.isArray(actual) ? actual : [actual];
    return expected.some((comparison) => candidates.some((candidate) => fits(comparison, candidate)));
  });
}

function fits(comparison: unknown, actual: unknown): boolean {
  if (!isRecord(comparison)) return comparison === actual;
  const [[operator, operand] = ['', undefined]] = Object.entries(comparison);
  const compare = OPERATORS.get(operator);
  if (compare === undefined) throw new Error(`The local cloud does not know the event pattern operator "${operator}".`);
  return compare(operand, actual);
}

const OPERATORS: ReadonlyMap<string, (operand: unknown, actual: unknown) => boolean> = new Map([
  ['exists', (operand: unknown, actual: unknown) => (actual !== undefined && !isRecord(actual)) === operand],
  ['prefix', (operand: unknown, actual: unknown) => text(actual, operand, (value, part) => value.startsWith(part))],
  ['suffix', (operand: unknown, actual: unknown) => text(actual, operand, (value, part) => value.endsWith(part))],
  [
    'equals-ignore-case',
    (operand: unknown, actual: unknown) =>
      text(actual, operand, (value, other) => value.toLowerCase() === other.toLowerCase()),
  ],
  [
    'anything-but',
    (operand: unknown, actual: unknown) => {
      if (actual === undefined) return false;
      return !(Array.isArray(operand) ? operand : [operand]).some((excluded) => fits(excluded, actual));
    },
  ],
  ['numeric', numeric],
]);

/** `["prefix", …]` of an object operand such as `{ "equals-ignore-case": … }` is not used here and does not match. */
function text(actual: unknown, operand: unknown, compare: (actual: string, operand: string) => boolean): boolean {
  return typeof actual === 'string' && typeof operand === 'string' && compare(actual, operand);
}

/** `["numeric", [">", 0, "<=", 5]]`; DynamoDB numbers arrive as strings. */
function numeric(operand: unknown, actual: unknown): boolean {
  const value = Number(actual);
  if (!Array.isArray(operand) || actual === undefined || Number.isNaN(value)) return false;
  for (let index = 0; index < operand.length; index += 2) {
    if (!compareNumbers(String(operand[index]), value, Number(operand[index + 1]))) return false;
  }
  return true;
}

function compareNumbers(operator: string, left: number, right: number): boolean {
  switch (operator) {
    case '=':
      return left === right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      throw new Error(`The local cloud does not know the numeric operator "${operator}".`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
