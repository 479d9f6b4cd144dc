import { outside, quoted, type Rule } from './problem.ts';

/** NIST SP 800-63B-4, 3.1.1.2: the shortest password that may be the only factor, in code points. */
const SINGLE_FACTOR_LENGTH = 15;

/** Length and words of passwords. A policy below the standard is possible only with its reason written beside it. */
export const passwordProblems: Rule = function* ({ passwords }) {
  yield* outside('passwords.minLength', passwords.minLength, 8, 64, 'code points');
  const reason = passwords.singleFactorReason?.trim() ?? '';
  if (passwords.minLength < SINGLE_FACTOR_LENGTH && reason === '') {
    yield {
      key: 'passwords.minLength',
      says: `${passwords.minLength} must be ${SINGLE_FACTOR_LENGTH} to 64, or 8 to ${SINGLE_FACTOR_LENGTH - 1} with passwords.singleFactorReason saying why`,
    };
  }
  if (passwords.minLength >= SINGLE_FACTOR_LENGTH && reason !== '') {
    yield {
      key: 'passwords.singleFactorReason',
      says: `must be left out where minLength is ${SINGLE_FACTOR_LENGTH} or more`,
    };
  }
  // A password costs CPU by its length, so that there is an upper bound as well.
  yield* outside('passwords.maxLength', passwords.maxLength, 64, 1024, 'code points');
  if (passwords.forbidden.length === 0) {
    yield { key: 'passwords.forbidden', says: 'must hold at least the name of the brand' };
  }
  for (const [i, word] of passwords.forbidden.entries()) {
    if (word.trim() === '') yield { key: `passwords.forbidden[${i}]`, says: `${quoted(word)} must be a word` };
  }
};
