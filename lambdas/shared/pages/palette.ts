import type { Look } from '../domain/brand.ts';

type Channels = readonly [number, number, number];

function channels(hex: string): Channels {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** `share` (0 to 1) of one colour laid over another; both `#rrggbb`. */
function mix(over: string, under: string, share: number): string {
  const [a, b] = [channels(over), channels(under)];
  const blended = a.map((channel, at) => Math.round(channel * share + (b[at] ?? 0) * (1 - share)));
  return `#${blended.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance, 0..1 (WCAG 2.2). */
function luminance(hex: string): number {
  const linear = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}

/** Contrast ratio of two colours `#rrggbb`, 1..21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const steps = 20;

/** The colour, moved towards `end` only as far as it takes to stand out from every ground by `ratio`. */
function distinct(colour: string, end: string, grounds: readonly string[], ratio: number): string {
  for (let step = 0; step < steps; step++) {
    const candidate = mix(end, colour, step / steps);
    if (grounds.every((ground) => contrast(candidate, ground) >= ratio)) return candidate;
  }
  return end;
}

/** Colours of a page by the name of their CSS property. */
export interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly edge: string;
  readonly accent: string;
  readonly 'on-accent': string;
  readonly link: string;
  readonly glow: string;
  readonly error: string;
  readonly 'error-ground': string;
  readonly notice: string;
}

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for what bounds a control; a little above each, against rounding. */
const readable = 4.6;
const visible = 3.1;

type Base = Pick<Palette, 'ground' | 'surface' | 'text' | 'accent' | 'on-accent'>;

/** Where colours go that must stand out from the grounds: away from them. */
const away = (text: string, ground: string) => (luminance(text) < luminance(ground) ? '#000000' : '#ffffff');

function palette(base: Base): Palette {
  const { ground, surface, text, accent } = base;
  const grounds = [ground, surface];
  const end = away(text, ground);
  const red = end === '#000000' ? '#b3261e' : '#ff8a80';
  const errorGround = mix(red, surface, 0.09);
  return {
    ...base,
    muted: distinct(mix(text, surface, 0.66), end, grounds, readable),
    line: mix(text, surface, 0.12),
    edge: distinct(mix(text, surface, 0.42), end, grounds, visible),
    link: distinct(accent, end, grounds, readable),
    glow: mix(accent, ground, 0.13),
    error: distinct(red, end, [...grounds, errorGround], readable),
    'error-ground': errorGround,
    notice: mix(accent, surface, 0.12),
  };
}

/** The brand's colours as they are; what lies on the ground moves away from the text, so it is as readable there. */
export function lightPalette({ accent, onAccent, background, text }: Look): Palette {
  const dark = away(text, background) === '#ffffff';
  const surface = dark ? mix('#000000', background, 0.2) : mix('#ffffff', background, 0.75);
  return palette({ ground: background, surface, text, accent, 'on-accent': onAccent });
}

/** The brand's hues by night: its dark colour becomes the ground, its light one the text, its accent as bright as it must be. */
export function darkPalette({ accent, background, text }: Look): Palette {
  const [dim = text, pale = background] =
    luminance(text) < luminance(background) ? [text, background] : [background, text];
  const ground = mix(dim, '#08090a', 0.38);
  const surface = mix('#ffffff', ground, 0.05);
  const bright = distinct(accent, '#ffffff', [ground, surface], 5.5);
  const onAccent = distinct(mix(dim, '#000000', 0.3), '#000000', [bright], readable);
  return palette({ ground, surface, text: mix(pale, '#ffffff', 0.5), accent: bright, 'on-accent': onAccent });
}
