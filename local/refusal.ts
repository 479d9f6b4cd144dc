/**
 * A reason why the local cloud cannot start or go on, worded for the person at the terminal: one clear sentence, shown
 * without a stack. Everything else that is thrown is a defect.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Stops with one sentence. */
export function refuse(sentence: string): never {
  throw new Refusal(sentence);
}
