import { isPersonalClaim } from '../domain/personal-claims.ts';
import type { RequestedClaims } from '../domain/session.ts';

/** What the `claims` parameter says, of what is understood here; the rest is ignored, as section 5.5 has it. */
export interface ClaimsParameter extends RequestedClaims {
  /** Values of `acr` that the ID token shall have, best first (section 5.5.1.1). */
  readonly acr: { readonly values: readonly string[]; readonly essential: boolean };
  /** The person that the ID token shall be of. */
  readonly sub?: string;
}

const maxLength = 4096;
/** More members than any request has reason for. */
const maxMembers = 50;

type Json = Readonly<Record<string, unknown>>;

interface Wish {
  readonly essential: boolean;
  readonly values: readonly unknown[];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** OIDC Core section 5.5.1: `null`, or `essential`, `value` and `values`; other members are ignored. */
function wishOf(value: unknown): Wish | undefined {
  if (value === null) return { essential: false, values: [] };
  if (!isObject(value)) return undefined;
  const { essential = false, value: one, values = one === undefined ? [] : [one] } = value;
  return typeof essential === 'boolean' && Array.isArray(values) ? { essential, values } : undefined;
}

/** One member of the parameter; `undefined` where it is malformed. */
function wishesOf(member: unknown): ReadonlyMap<string, Wish> | undefined {
  if (member === undefined) return new Map();
  if (!isObject(member)) return undefined;
  const wishes = Object.entries(member).map(([name, value]) => [name, wishOf(value)] as const);
  const understood = wishes.filter((pair): pair is [string, Wish] => pair[1] !== undefined);
  return wishes.length <= maxMembers && understood.length === wishes.length ? new Map(understood) : undefined;
}

const personal = (wishes: ReadonlyMap<string, Wish>) => [...wishes.keys()].filter(isPersonalClaim);

/** Reads the `claims` parameter; `undefined` where it is malformed. */
export function readClaimsParameter(text: string): ClaimsParameter | undefined {
  if (text.length > maxLength) return undefined;
  const members = parsed(text);
  const idToken = members && wishesOf(members.id_token);
  const userinfo = members && wishesOf(members.userinfo);
  if (!idToken || !userinfo) return undefined;
  const { essential = false, values = [] } = idToken.get('acr') ?? {};
  const [sub] = idToken.get('sub')?.values ?? [];
  const isText = (value: unknown) => typeof value === 'string';
  if (!values.every(isText) || (sub !== undefined && !isText(sub))) return undefined;
  return {
    idToken: personal(idToken),
    userinfo: personal(userinfo),
    acr: { values, essential },
    ...(sub !== undefined && { sub }),
  };
}
