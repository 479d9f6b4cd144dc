import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Answer } from './visitor.ts';

/** Solves a challenge as a client of the JSON journeys does: with ALTCHA's own library. */
export async function solve(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

/** The proof that a refusal asks for. */
export function workFor({ json }: Answer): Promise<string> {
  if (json?.challenge === undefined) throw new Error(`no challenge, but ${JSON.stringify(json)}`);
  return solve(json.challenge);
}
