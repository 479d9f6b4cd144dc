import type { Look } from '../domain/brand.ts';

/** The brand's look as CSS custom properties: all that a brand can say about a page, so it can inject nothing (WEB6). */
function properties(look: Look): string {
  const { accent, onAccent, background, text, font, radius } = look;
  return `--accent:${accent};--on-accent:${onAccent};--background:${background};--text:${text};--font:${font};--radius:${radius}px`;
}

const rules = `
*{box-sizing:border-box}
html{color-scheme:light;background:var(--background);color:var(--text);font:1.0625rem/1.55 var(--font)}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem}
main{width:100%;max-width:28rem}
.brand{font-weight:600;margin:0 0 2rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}
p{margin:0 0 1.5rem}
button{font:inherit;font-weight:600;width:100%;min-height:3rem;padding:.75rem 1.25rem;border:0;border-radius:var(--radius);background:var(--accent);color:var(--on-accent);cursor:pointer}
button:focus-visible{outline:3px solid var(--text);outline-offset:3px}`;

/** The one stylesheet of a page. */
export function stylesheet(look: Look): string {
  return `:root{${properties(look)}}${rules}`;
}
