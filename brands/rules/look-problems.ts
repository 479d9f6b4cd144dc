import { contrast, MIN_CONTRAST, nearestReadable } from '../contrast.ts';
import { type Problem, quoted, type Rule } from './problem.ts';

const COLOUR = /^#[0-9a-f]{6}$/;
/** Family names, spaces, commas and quotes; nothing that could end a CSS declaration (CHECKS WEB6). */
const FONT = /^[\w\s,'"-]+$/;

/** Colours that are readable, a font that cannot escape its declaration, a logo that is fetched over TLS. */
export const lookProblems: Rule = function* ({ look }) {
  let coloursParse = true;
  for (const key of ['accent', 'onAccent', 'background', 'text'] as const) {
    if (COLOUR.test(look[key])) continue;
    coloursParse = false;
    yield { key: `look.${key}`, says: `${quoted(look[key])} must be a colour #rrggbb in lower-case hexadecimal` };
  }
  if (coloursParse) {
    yield* unreadable('onAccent', look.onAccent, 'accent', look.accent);
    yield* unreadable('text', look.text, 'background', look.background);
  }
  if (!FONT.test(look.font)) {
    yield {
      key: 'look.font',
      says: `${quoted(look.font)} must be a list of font names: letters, digits, spaces, quotes and commas`,
    };
  }
  if (look.radius < 0 || look.radius > 32) {
    yield { key: 'look.radius', says: `${look.radius} must be between 0 and 32 pixels` };
  }
  if (look.logo !== undefined && !(URL.canParse(look.logo) && new URL(look.logo).protocol === 'https:')) {
    yield { key: 'look.logo', says: `${quoted(look.logo)} must be an https URL` };
  }
};

function* unreadable(key: string, colour: string, groundKey: string, ground: string): Generator<Problem> {
  const ratio = contrast(colour, ground);
  if (ratio >= MIN_CONTRAST) return;
  yield {
    key: `look.${key}`,
    says: `${colour} has a contrast of ${Math.floor(ratio * 100) / 100}:1 on look.${groundKey} ${ground} and must have ${MIN_CONTRAST}:1 or more, for example ${nearestReadable(colour, ground)}`,
  };
}
