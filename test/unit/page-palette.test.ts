import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast as brandContrast, MIN_CONTRAST, nearestReadable } from '../../brands/contrast.ts';
import { northwind } from '../../brands/northwind.ts';
import { solmar } from '../../brands/solmar.ts';
import type { Look } from '../../lambdas/shared/domain/brand.ts';
import { contrast, darkPalette, lightPalette, type Palette } from '../../lambdas/shared/pages/palette.ts';
import { stylesheet } from '../../lambdas/shared/pages/theme.ts';

const pairs: readonly (readonly [keyof Palette, keyof Palette, number])[] = [
  ['text', 'ground', 4.5],
  ['text', 'surface', 4.5],
  ['muted', 'surface', 4.5],
  ['muted', 'ground', 4.5],
  ['link', 'surface', 4.5],
  ['link', 'ground', 4.5],
  ['error', 'surface', 4.5],
  ['error', 'error-ground', 4.5],
  ['on-accent', 'accent', 4.5],
  ['edge', 'surface', 3],
  ['edge', 'ground', 3],
];

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

/** Any look that a brand file may have: its own rules have mended the two pairs that they judge. */
const looks = fc.tuple(colour, colour, colour, colour).map(
  ([accent, onAccent, background, text]): Look => ({
    ...northwind.look,
    accent,
    onAccent: brandContrast(onAccent, accent) >= MIN_CONTRAST ? onAccent : nearestReadable(onAccent, accent),
    background,
    text: brandContrast(text, background) >= MIN_CONTRAST ? text : nearestReadable(text, background),
  }),
);

describe('the palettes of a page (WCAG 1.4.3, 1.4.11)', () => {
  it.each([northwind, solmar])('are readable by day and by night', ({ look }) => {
    for (const palette of [lightPalette(look), darkPalette(look)]) {
      for (const [over, under, ratio] of pairs) {
        expect(contrast(palette[over], palette[under]), `${over} on ${under}`).toBeGreaterThanOrEqual(ratio);
      }
    }
  });

  it('are readable for the brand of dark ground and light text, too', () => {
    const look = { ...northwind.look, background: '#101418', text: '#f4f4f0', accent: '#7fd1ae', onAccent: '#06251a' };
    for (const palette of [lightPalette(look), darkPalette(look)]) {
      for (const [over, under, ratio] of pairs) {
        expect(contrast(palette[over], palette[under]), `${over} on ${under}`).toBeGreaterThanOrEqual(ratio);
      }
    }
  });

  it('are readable whatever colours a brand has', () => {
    fc.assert(
      fc.property(looks, (look) => {
        for (const palette of [lightPalette(look), darkPalette(look)]) {
          for (const [over, under, ratio] of pairs) {
            expect(contrast(palette[over], palette[under]), `${over} on ${under}`).toBeGreaterThanOrEqual(ratio);
          }
        }
      }),
    );
  });

  it('WEB6: a stylesheet has nothing of a brand but colours, a font and a radius', () => {
    const css = stylesheet(northwind.look);
    expect(css).not.toMatch(/url\(|@import|expression|<\//i);
    expect(css.length).toBeLessThan(12_000);
  });
});
