/** What a person allowed a client (CON1). */
export interface Agreement {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Milliseconds. */
  readonly at: number;
}
