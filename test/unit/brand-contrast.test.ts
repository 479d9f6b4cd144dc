import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, MIN_CONTRAST, nearestReadable } from '../../brands/contrast.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

test('contrast is that of WCAG 2.2 and does not depend on the order', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#777777')).toBe(contrast('#777777', '#ffffff'));
});

test('for any colour on any ground there is a readable one, and a readable one is its own nearest', () => {
  fc.assert(
    fc.property(colour, colour, (text, ground) => {
      const nearest = nearestReadable(text, ground);
      expect(contrast(nearest, ground)).toBeGreaterThanOrEqual(MIN_CONTRAST);
      if (contrast(text, ground) >= MIN_CONTRAST) expect(nearest).toBe(text);
    }),
  );
});
