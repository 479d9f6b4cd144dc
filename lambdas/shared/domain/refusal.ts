import type { FieldRule, ProblemCode } from './problem.ts';

/** One broken rule of one field; `params` fill the sentence of the rule (`{ min: 15 }`), never the value itself. */
export interface FieldError {
  readonly field: string;
  readonly rule: FieldRule | ProblemCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface RefusalDetails {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly FieldError[];
  /** Further members of the problem, for a program to go on with (RFC 9457 section 3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Seconds for `Retry-After`. */
  readonly retryAfter?: number;
  /** The failure underneath, for the log; never rendered. */
  readonly cause?: unknown;
}

/** A coded "no": what every check throws and the HTTP layer renders (DESIGN section 5). */
export class Refusal extends Error {
  // A minified class has no name that a log could show.
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly details: RefusalDetails;

  constructor(code: ProblemCode, details: RefusalDetails = {}) {
    super(code, { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}

/** Throws `Refusal(code)` unless `condition` holds. */
export function check(condition: boolean, code: ProblemCode, details?: RefusalDetails): asserts condition {
  if (!condition) throw new Refusal(code, details);
}
