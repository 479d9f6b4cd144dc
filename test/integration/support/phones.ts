import { randomInt } from 'node:crypto';

/** A Spanish mobile number that no other test has. */
export const randomNumber = () => `+346${randomInt(10_000_000, 99_999_999)}`;
