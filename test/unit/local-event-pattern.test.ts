import { describe, expect, test } from 'vitest';
import { matchesPattern } from '../../local/event-pattern.ts';

const event = {
  source: 'aws.ses',
  detail: { eventType: 'Bounce', count: 7, mail: { tags: { set: ['shop-dev', 'other'] } }, nothing: null },
};

describe('event patterns', () => {
  test.each([
    [{ source: ['aws.ses'] }, true],
    [{ source: ['aws.s3', 'aws.ses'] }, true],
    [{ source: ['aws.s3'] }, false],
    [{ detail: { eventType: ['Bounce'], mail: { tags: { set: ['shop-dev'] } } } }, true],
    [{ detail: { mail: { tags: { set: ['shop'] } } } }, false],
    [{ source: [{ prefix: 'aws.' }] }, true],
    [{ source: [{ suffix: '.s3' }] }, false],
    [{ source: [{ 'equals-ignore-case': 'AWS.SES' }] }, true],
    [{ source: [{ 'anything-but': ['aws.ses'] }] }, false],
    [{ source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
    [{ source: [{ 'anything-but': 'aws.s3' }] }, true],
    [{ missing: [{ 'anything-but': 'x' }] }, false],
    [{ detail: { count: [{ numeric: ['>', 5, '<=', 7] }] } }, true],
    [{ detail: { count: [{ numeric: ['=', 8] }] } }, false],
    [{ detail: { eventType: [{ exists: true }] } }, true],
    [{ detail: { eventType: [{ exists: false }] } }, false],
    [{ detail: { mail: [{ exists: true }] } }, false],
    [{ other: { deep: [{ exists: false }] } }, true],
    [{ other: { deep: [{ exists: true }] } }, false],
    [{ detail: { nothing: [null] } }, true],
    [{ $or: [{ source: ['x'] }, { detail: { count: [7] } }] }, true],
    [{ $or: [{ source: ['x'] }, { detail: { count: [8] } }] }, false],
  ])('%j is %s', (pattern, expected) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  test('an operator that it does not know is an error, not a match', () => {
    expect(() => matchesPattern({ source: [{ cidr: '10.0.0.0/8' }] }, event)).toThrow(/"cidr"/);
  });
});
