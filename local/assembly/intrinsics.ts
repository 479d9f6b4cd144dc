import { refuse } from '../refusal.ts';

/** What intrinsic functions are resolved against: the stack that they stand in. */
export interface Scope {
  readonly stackName: string;
  /** `Ref`: a pseudo parameter, parameter or resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  importValue(name: string): unknown;
  /** An output of another stack, by names. */
  stackOutput(stack: string, output: string): unknown;
  mapping(map: string, top: string, second: string): unknown;
  condition(name: string): boolean;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** `{ Ref: 'AWS::NoValue' }` removes the property it is given to. */
const NO_VALUE = Symbol('AWS::NoValue');

/** A template value with every intrinsic function replaced by what it means locally. */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((entry) => resolveValue(entry, scope)).filter((entry) => entry !== NO_VALUE);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first !== undefined && entries.length === 1) {
    const [key, argument] = first;
    const intrinsic = INTRINSICS.get(key);
    if (intrinsic !== undefined) return intrinsic(argument, scope);
    if (key.startsWith('Fn::')) refuse(`The local cloud does not know ${key}, which stack ${scope.stackName} uses.`);
  }
  const resolved = entries.map(([key, entry]) => [key, resolveValue(entry, scope)] as const);
  return Object.fromEntries(resolved.filter(([, entry]) => entry !== NO_VALUE));
}

function list(argument: unknown, scope: Scope): readonly unknown[] {
  const resolved = resolveValue(argument, scope);
  return Array.isArray(resolved) ? resolved : refuse(`Stack ${scope.stackName} gives an intrinsic function no list.`);
}

function reference(name: string, scope: Scope): unknown {
  return name === 'AWS::NoValue' ? NO_VALUE : scope.ref(name);
}

function getAttribute(argument: unknown, scope: Scope): unknown {
  const [logicalId, ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  return scope.attribute(logicalId ?? '', attribute.join('.'));
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = Object(resolveValue(variables, scope)) as Readonly<Record<string, unknown>>;
  return String(template).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in own) return String(own[name]);
    return String(name.includes('.') ? getAttribute(name, scope) : reference(name, scope));
  });
}

function truth(argument: unknown, scope: Scope): boolean {
  return resolveValue(argument, scope) === true;
}

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (name, scope) => reference(String(name), scope)],
  [
    'Condition',
    (name, scope) => (typeof name === 'string' ? scope.condition(name) : { Condition: resolveValue(name, scope) }),
  ],
  ['Fn::GetAtt', getAttribute],
  ['Fn::Sub', substitute],
  ['Fn::ImportValue', (name, scope) => scope.importValue(String(resolveValue(name, scope)))],
  [
    'Fn::GetStackOutput',
    (argument, scope) => {
      const { StackName, OutputName } = Object(resolveValue(argument, scope));
      return scope.stackOutput(String(StackName), String(OutputName));
    },
  ],
  [
    'Fn::Join',
    (argument, scope) => {
      const [separator, parts] = list(argument, scope);
      return (Array.isArray(parts) ? parts : [parts]).map(String).join(String(separator));
    },
  ],
  [
    'Fn::Split',
    (argument, scope) => {
      const [separator, text] = list(argument, scope);
      return String(text).split(String(separator));
    },
  ],
  [
    'Fn::Select',
    (argument, scope) => {
      const [index, values] = list(argument, scope);
      return Array.isArray(values) ? values[Number(index)] : refuse(`Stack ${scope.stackName} selects from no list.`);
    },
  ],
  [
    'Fn::FindInMap',
    (argument, scope) => {
      const [map, top, second] = list(argument, scope);
      return scope.mapping(String(map), String(top), String(second));
    },
  ],
  [
    'Fn::If',
    (argument, scope) => {
      const [condition, yes, no] = Array.isArray(argument) ? argument : [];
      return resolveValue(scope.condition(String(condition)) ? yes : no, scope);
    },
  ],
  ['Fn::Equals', (argument, scope) => new Set(list(argument, scope)).size === 1],
  ['Fn::Not', (argument, scope) => list(argument, scope)[0] !== true],
  ['Fn::And', (argument, scope) => Array.isArray(argument) && argument.every((entry) => truth(entry, scope))],
  ['Fn::Or', (argument, scope) => Array.isArray(argument) && argument.some((entry) => truth(entry, scope))],
]);
