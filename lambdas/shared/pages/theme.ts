import type { Look } from '../domain/brand.ts';
import { darkPalette, lightPalette, type Palette } from './palette.ts';

const declared = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** The brand's look as CSS custom properties: all that a brand can say about a page, so it can inject nothing (WEB6). */
function properties(look: Look): string {
  const shape = `--font:${look.font};--radius:${look.radius}px`;
  const dark = `@media(prefers-color-scheme:dark){:root{${declared(darkPalette(look))}}}`;
  return `:root{${declared(lightPalette(look))};${shape}}${dark}`;
}

/** Logical properties throughout, so that a right-to-left page is the same page; rem throughout, so that it zooms. */
const rules = `
*,::before,::after{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%;background:var(--ground);color:var(--text);font:1rem/1.5 var(--font)}
body{margin:0;min-height:100vh;min-height:100svh;display:flex;flex-direction:column;align-items:center;padding:1.5rem 1.25rem;background:radial-gradient(48rem 30rem at 50% -12rem,var(--glow),transparent) no-repeat}
main,footer{width:100%;max-width:27rem}
main{margin-block:auto}
.brand{display:flex;align-items:center;gap:.65rem;margin:0 0 2rem;font-weight:600;font-size:1.0625rem;letter-spacing:-.005em}
.brand img{display:block;max-height:2.25rem;max-width:12rem}
.mark{display:grid;place-items:center;flex:none;width:2.125rem;height:2.125rem;border-radius:min(var(--radius),.7rem);background:var(--accent);color:var(--on-accent);font-weight:700;line-height:1}
h1{font-size:1.625rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:0 0 .5rem;text-wrap:balance;overflow-wrap:anywhere}
:lang(ar) h1,:lang(ja) h1,:lang(ar).brand,:lang(ja).brand{letter-spacing:0}
h2{font-size:1.0625rem;line-height:1.35;margin:0 0 .75rem}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.lead{color:var(--muted);margin-bottom:1.75rem}
.lead strong,.who strong{color:var(--text);font-weight:600}
form{margin:0}
.field{margin:0 0 1.25rem}
label,legend{display:block;font-weight:600;font-size:.9375rem;margin:0 0 .4rem;padding:0}
.hint{display:block;color:var(--muted);font-size:.875rem;margin:0 0 .5rem}
.entry{position:relative}
input:not([type=checkbox]){display:block;width:100%;min-height:3rem;padding:.65rem .875rem;font:inherit;color:var(--text);background:var(--ground);border:1px solid var(--edge);border-radius:var(--radius);transition:border-color .12s}
input[dir=ltr]{text-align:start}
#code{font-size:1.375rem;letter-spacing:.35em;font-variant-numeric:tabular-nums;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
#user_code{font-size:1.375rem;letter-spacing:.12em;text-transform:uppercase;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
strong#user_code{font-size:1.75rem;font-weight:700}
input[aria-invalid=true]{border-color:var(--error);border-width:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.summary:focus{outline:none}
.error{display:flex;gap:.4rem;color:var(--error);font-size:.9375rem;font-weight:500;margin:0 0 .5rem}
.error::before{content:"!";flex:none;display:inline-grid;place-items:center;width:1.15rem;height:1.15rem;margin-top:.12rem;border-radius:50%;background:var(--error);color:var(--surface);font-size:.8rem;font-weight:700;line-height:1}
.summary,.notice{margin:0 0 1.5rem;padding:.875rem 1rem;border-radius:var(--radius)}
.summary{background:var(--error-ground);color:var(--error);border-inline-start:4px solid var(--error);font-weight:500}
.notice{background:var(--notice);border-inline-start:4px solid var(--accent)}
button,.button{display:flex;align-items:center;justify-content:center;width:100%;min-height:3rem;padding:.65rem 1.25rem;font:inherit;font-weight:600;text-align:center;overflow-wrap:anywhere;text-decoration:none;border:1px solid transparent;border-radius:var(--radius);background:var(--accent);color:var(--on-accent);cursor:pointer;transition:filter .12s}
button:hover,.button:hover{filter:brightness(1.06) saturate(1.05)}
button:active{filter:brightness(.96)}
button.second,.button.second{background:transparent;color:var(--text);border-color:var(--edge)}
button.text{display:inline;width:auto;min-height:0;padding:.25rem 0;background:none;border:0;color:var(--link);text-decoration:underline;text-underline-offset:.2em}
button[disabled]{cursor:default;color:var(--muted);text-decoration:none}
button+button,form+form,.button+form{margin-top:.75rem}
.after{margin:.75rem 0 0}
[hidden]{display:none!important}
.passkey{margin-top:.75rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
a{color:var(--link);text-underline-offset:.2em}
.reveal{position:absolute;inset-block:0;inset-inline-end:0;width:auto;min-height:0;padding:0 .875rem;background:none;border:0;color:var(--link);font-size:.875rem}
.entry:has(.reveal) input{padding-inline-end:6.5rem}
.who{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;justify-content:space-between;margin:1rem 0 1.5rem;padding:.7rem .875rem;border:1px solid var(--line);border-radius:var(--radius);font-size:.9375rem}
.who strong{overflow-wrap:anywhere;min-width:0}
.more{margin:1.75rem 0 0;padding:1.25rem 0 0;border-top:1px solid var(--line);font-size:.9375rem;color:var(--muted)}
.more p:last-child{margin:0}
fieldset{border:0;margin:0 0 1.5rem;padding:0;min-width:0}
legend{margin-bottom:.6rem}
.check{display:flex;gap:.75rem;align-items:flex-start;margin:0 0 .75rem}
.check label{font-weight:400;margin:0;cursor:pointer}
input[type=checkbox]{flex:none;width:1.375rem;height:1.375rem;margin:.05rem 0 0;accent-color:var(--link)}
.list{list-style:none;margin:0 0 1.75rem;padding:0;border-block:1px solid var(--line)}
.list li{padding:.8rem 0}
.list li+li{border-top:1px solid var(--line)}
.scopes li{display:flex;gap:.7rem}
.scopes li::before{content:"";flex:none;width:.5rem;height:.5rem;margin-top:.5rem;border-radius:50%;background:var(--link)}
.rows li{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;align-items:center}
.rows small{display:block;color:var(--muted);font-size:.875rem}
.rows .grow{flex:1 1 12rem;min-width:0;overflow-wrap:anywhere}
section{margin:0 0 2rem}
.back{margin:0 0 1rem;font-size:.9375rem}
.back a{display:inline-flex;gap:.4rem;align-items:baseline;padding:.25rem 0;text-decoration:none}
.back a:hover{text-decoration:underline}
.back a::before{content:"\\2190"}
[dir=rtl] .back a::before{content:"\\2192"}
.places li{padding:0}
.places a{display:flex;gap:1rem;align-items:center;justify-content:space-between;padding:.8rem .25rem;color:inherit;font-weight:600;text-decoration:none}
.places a:hover{background:var(--notice)}
.places span{min-width:0;overflow-wrap:anywhere}
.places small{display:block;color:var(--muted);font-size:.875rem;font-weight:400}
.places a::after{content:"\\203a";flex:none;color:var(--muted);font-size:1.25rem;line-height:1}
.badge{display:inline-block;margin-inline-start:.6rem;padding:.05rem .55rem;border-radius:1rem;background:var(--notice);font-size:.8125rem;font-weight:600}
form+.list{margin-top:1.5rem}
.card>:last-child{margin-bottom:0}
.qr svg{display:block;width:13rem;max-width:100%;height:auto;margin:0 0 1.25rem;border-radius:var(--radius)}
.key,.codes code{font:1rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.04em;overflow-wrap:anywhere}
.reference{color:var(--muted);font-size:.875rem}
footer{padding-top:1.5rem;font-size:.875rem;color:var(--muted)}
.languages{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:center}
.languages a{display:inline-block;padding:.35rem 0;color:var(--muted)}
.languages a[aria-current]{color:var(--text);font-weight:600;text-decoration:none}
@media(min-width:36rem){body{padding:2.5rem 1.5rem 1.5rem}.card{padding:2.5rem;background:var(--surface);border:1px solid var(--line);border-radius:calc(var(--radius) + .375rem);box-shadow:0 1px 2px rgb(0 0 0/.04),0 12px 32px -12px rgb(0 0 0/.12)}.brand{margin-bottom:1.5rem}main{max-width:29rem}main.wide{max-width:44rem}}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media(forced-colors:active){button,.button{border-color:ButtonText}.error::before{forced-color-adjust:none}}`;

/** The one stylesheet of a page. */
export function stylesheet(look: Look): string {
  return `${properties(look)}${rules.replaceAll('\n', '')}`;
}
