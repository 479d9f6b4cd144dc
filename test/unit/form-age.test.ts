import { describe, expect, test } from 'vitest';
import { formAge, shownAt } from '../../lambdas/shared/http/form-age.ts';
import { sampleSealing } from './sample-keys.ts';

const ring = sampleSealing();
const now = Date.parse('2026-11-21T14:00:00Z');
const browser = 'a'.repeat(22);
const mark = shownAt(ring, browser, now);
const age = (text: string | undefined, seconds = 5, by = browser) => formAge(ring, by, text, now + seconds * 1000);

describe('when a form was shown', () => {
  test('is known for an hour, to the browser that it was shown to', () => {
    expect([age(mark), age(mark, 0), age(mark, 3600)]).toEqual([5, 0, 3600]);
    expect([age(mark, 3601), age(mark, -1)]).toEqual([undefined, undefined]);
    expect(age(mark, 5, 'b'.repeat(22))).toBeUndefined();
  });

  test.each([
    ['nothing', undefined],
    ['no mark', 'x'],
    ['another time', mark.replace(/^\d+/, String(now - 60_000))],
    ['no MAC', `${now}.`],
    ['another MAC', `${mark.slice(0, -4)}AAAA`],
    ['another deployment', shownAt(sampleSealing(7), browser, now)],
  ])('says nothing by itself: %s', (_, text) => expect(age(text)).toBeUndefined());
});
