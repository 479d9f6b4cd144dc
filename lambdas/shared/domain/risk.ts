/** What a sign-in's circumstances ask for. */
export type RiskOutcome = 'allow' | 'second-factor' | 'challenge' | 'deny';

/** An explained judgement: `reasons` are codes that the event and the customer's security page carry. */
export interface Risk {
  readonly score: number;
  readonly reasons: readonly string[];
  readonly outcome: RiskOutcome;
}

/** The risk of a step that was judged already, or of which nothing is known. */
export const noRisk: Risk = { score: 0, reasons: [], outcome: 'allow' };
