/** Bounds of one operation; what is left out is not bounded. */
export interface OperationBudget {
  readonly waves: number;
  readonly read?: number;
  readonly write?: number;
  /** Transactions; none where it is left out. */
  readonly transactions?: number;
  /** CPU as a multiple of the floor measured in the same run: twice what it usually is, since machines differ. */
  readonly ratio?: number;
}

/** Waves and units of DESIGN section 3; an operation that the bench drives and that is missing here breaks the check. */
export const operationBudgets: Readonly<Record<string, OperationBudget>> = {
  'start sign-up': { waves: 1, transactions: 1, ratio: 8 },
  'verify sign-up': { waves: 2, transactions: 1, ratio: 7 },
  // Half a unit for what is known of the account's use, where the browser is not remembered.
  'password sign-in': { waves: 2, read: 1.5, write: 3, ratio: 8 },
  'sign-in, known browser': { waves: 2, read: 1, write: 2, ratio: 7 },
  'start code sign-in': { waves: 1, transactions: 1, ratio: 9 },
  'start recovery': { waves: 1, transactions: 1, ratio: 9 },
  refresh: { waves: 1, read: 1, write: 1, ratio: 6 },
  'client credentials': { waves: 0, ratio: 5 },
  userinfo: { waves: 1, read: 3, write: 0, ratio: 5 },
  'read account': { waves: 1, read: 3, write: 0, ratio: 5 },
  'read consents': { waves: 1, read: 3, write: 0, ratio: 5 },
  'give consent': { waves: 1, transactions: 1, ratio: 5 },
  'list sessions': { waves: 1, write: 0, ratio: 6 },
  revoke: { waves: 1, read: 0, write: 1, ratio: 9 },
  'sign out': { waves: 1, transactions: 1, ratio: 6 },
  discovery: { waves: 0 },
  JWKS: { waves: 0 },
};

/** Bounds of one function. */
export interface FunctionBudget {
  /** Kilobytes loaded at a cold start. */
  readonly startKb: number;
  /** Kilobytes of the asset. */
  readonly allKb: number;
  /** CPU of a cold import as a part of what the AWS SDK for DynamoDB alone takes in the same run. */
  readonly ratio: number;
}

/**
 * What a function may weigh: a few per cent over what it does. The blocklist of passwords is 420 KB of three assets, the
 * pages with their eight languages 110 KB and more, the verification of passkeys 310 KB, public suffixes 91 KB; all of it is loaded when it is used.
 */
export const functionBudgets: Readonly<Record<string, FunctionBudget>> = {
  registration: { startKb: 130, allKb: 1040, ratio: 0.75 },
  login: { startKb: 138, allKb: 1262, ratio: 0.75 },
  'second-factor': { startKb: 145, allKb: 840, ratio: 0.75 },
  'passkey-login': { startKb: 124, allKb: 815, ratio: 0.7 },
  passkeys: { startKb: 126, allKb: 820, ratio: 0.9 },
  recovery: { startKb: 106, allKb: 1012, ratio: 0.75 },
  'factor-recovery': { startKb: 109, allKb: 1012, ratio: 0.85 },
  authorize: { startKb: 151, allKb: 477, ratio: 0.7 },
  interaction: { startKb: 125, allKb: 451, ratio: 0.65 },
  'account-home': { startKb: 178, allKb: 504, ratio: 0.75 },
  device: { startKb: 148, allKb: 474, ratio: 0.65 },
  logout: { startKb: 122, allKb: 449, ratio: 0.6 },
  token: { startKb: 137, allKb: 257, ratio: 0.7 },
  'client-registration': { startKb: 91, allKb: 212, ratio: 0.6 },
  userinfo: { startKb: 97, allKb: 218, ratio: 0.6 },
  discovery: { startKb: 71, allKb: 192, ratio: 0.6 },
  consent: { startKb: 101, allKb: 222, ratio: 0.6 },
  account: { startKb: 133, allKb: 943, ratio: 0.75 },
  authenticators: { startKb: 134, allKb: 525, ratio: 0.7 },
  phone: { startKb: 129, allKb: 708, ratio: 0.75 },
  sessions: { startKb: 133, allKb: 253, ratio: 0.65 },
  // The SDK of SES is in it; nobody waits for a mailer to start.
  mailer: { startKb: 349, allKb: 808, ratio: 1.05 },
  publisher: { startKb: 47, allKb: 47, ratio: 0.6 },
  'back-channel-logout': { startKb: 56, allKb: 56, ratio: 0.6 },
  'risk-profile': { startKb: 45, allKb: 45, ratio: 0.6 },
  activity: { startKb: 134, allKb: 505, ratio: 0.7 },
  'text-feedback': { startKb: 58, allKb: 58, ratio: 0.6 },
  'mail-feedback': { startKb: 65, allKb: 65, ratio: 0.6 },
  'key-rotation': { startKb: 47, allKb: 47, ratio: 0.6 },
  'recovery-reminder': { startKb: 42, allKb: 42, ratio: 0.6 },
};
