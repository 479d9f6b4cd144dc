/** Bounds of one operation; what is left out is not bounded. */
export interface OperationBudget {
  readonly waves: number;
  readonly read?: number;
  readonly write?: number;
  /** Transactions; none where it is left out. */
  readonly transactions?: number;
  /** CPU as a multiple of the floor measured in the same run. */
  readonly ratio?: number;
}

/** Waves and units of DESIGN section 3; an operation that the bench drives and that is missing here breaks the check. */
export const operationBudgets: Readonly<Record<string, OperationBudget>> = {
  'start sign-up': { waves: 1, transactions: 1, ratio: 9 },
  'verify sign-up': { waves: 2, transactions: 1, ratio: 9 },
  'password sign-in': { waves: 2, read: 1, write: 3, ratio: 9 },
  'sign-in, known browser': { waves: 2, read: 1, write: 2, ratio: 9 },
  'start code sign-in': { waves: 1, transactions: 1, ratio: 9 },
  'start recovery': { waves: 1, transactions: 1, ratio: 9 },
  refresh: { waves: 1, read: 1, write: 1, ratio: 9 },
  'client credentials': { waves: 0, ratio: 9 },
  userinfo: { waves: 1, read: 3, write: 0, ratio: 9 },
  'read account': { waves: 1, read: 3, write: 0, ratio: 9 },
  'read consents': { waves: 1, read: 3, write: 0, ratio: 9 },
  'give consent': { waves: 1, transactions: 1, ratio: 9 },
  'list sessions': { waves: 1, write: 0, ratio: 9 },
  revoke: { waves: 1, read: 0, write: 1, ratio: 9 },
  'sign out': { waves: 1, transactions: 1, ratio: 9 },
  discovery: { waves: 0 },
  JWKS: { waves: 0 },
};

/** Bounds of one function. */
export interface FunctionBudget {
  /** Kilobytes loaded at a cold start. */
  readonly startKb: number;
  /** Kilobytes of the asset. */
  readonly allKb: number;
  /** Cold import as a part of what the AWS SDK for DynamoDB alone takes in the same run. */
  readonly ratio: number;
}

/** What a function may weigh: a few per cent over what it does. */
export const functionBudgets: Readonly<Record<string, FunctionBudget>> = {};
