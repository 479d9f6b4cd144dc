import { expect, test } from 'vitest';
import { rotated } from '../../bin/client-secret.ts';

test.each([
  [[], true, ['new']],
  [['old'], true, ['new', 'old']],
  [['old', 'older'], true, ['new', 'old']],
  [['old', 'older'], false, ['new']],
])('of the secrets %j with keepPrevious %j, %j are valid', (hashes, keepPrevious, valid) => {
  expect(rotated(hashes, 'new', keepPrevious)).toEqual(valid);
});
