/** The developer pages' one stylesheet. */
export const DESK_STYLE = `
:root {
  --ground: #f7f7f5; --surface: #fff; --line: #e3e2de; --text: #1f1f1c; --dim: #66655f; --accent: #1f5fbf; --bad: #b3261e; --soft: #eef3fb;
  font: 15px/1.55 system-ui, sans-serif; color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #161715; --surface: #1f201e; --line: #353632; --text: #ecebe6; --dim: #a3a29a; --accent: #8db8ff; --bad: #ff8a80; --soft: #24303f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--surface); padding: .4rem .8rem; z-index: 2; }
body > header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; padding: .6rem 1.5rem; background: var(--surface); border-bottom: 1px solid var(--line); }
.home { font-weight: 650; color: var(--text); }
.home small { margin-inline-start: .5rem; font-weight: 400; color: var(--dim); }
nav { display: flex; flex-wrap: wrap; gap: .1rem; }
nav a { padding: .25rem .65rem; border-radius: 6px; color: var(--dim); }
nav a:hover { background: var(--ground); text-decoration: none; }
nav a[aria-current] { background: var(--soft); color: var(--text); }
body > header time { margin-inline-start: auto; }
time { color: var(--dim); font-size: .85rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: .5rem 0 .75rem; letter-spacing: -.01em; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
h3 { font-size: .95rem; margin: 1.1rem 0 .3rem; }
h4 { font-size: .92rem; margin: .8rem 0 .2rem; font-weight: 500; }
h2 small, .dim { color: var(--dim); font-weight: 400; }
.lead { color: var(--dim); max-width: 44rem; margin-top: 0; }
.empty { padding: 2rem; text-align: center; color: var(--dim); border: 1px dashed var(--line); border-radius: 10px; }
code, pre { font: .86rem/1.55 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .8rem 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.cards a { display: grid; gap: .15rem; align-content: start; height: 100%; padding: .9rem 1.1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; color: var(--text); }
.cards a:hover { border-color: var(--accent); text-decoration: none; }
.cards span { color: var(--dim); font-size: .9rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .75rem 0; }
input, select, button { font: inherit; color: inherit; padding: .35rem .7rem; background: var(--surface); border: 1px solid var(--line); border-radius: 7px; }
button { cursor: pointer; background: var(--soft); }
.split { display: grid; grid-template-columns: minmax(15rem, 22rem) 1fr; gap: 1rem; align-items: start; }
.list { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 10px; overflow: auto; max-height: 75vh; background: var(--surface); }
.list a { display: grid; padding: .6rem .9rem; color: var(--text); border-bottom: 1px solid var(--line); }
.list li:last-child a { border: 0; }
.list a:hover { background: var(--ground); text-decoration: none; }
.list a[aria-current] { background: var(--soft); }
.list span { color: var(--dim); font-size: .88rem; overflow-wrap: anywhere; }
.mail { min-width: 0; padding: 0 1.1rem 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.mail h2 { margin-top: 1rem; }
.mail dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem 1rem; margin: 0 0 .9rem; font-size: .92rem; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
.mail iframe { width: 100%; height: 38rem; background: #fff; border: 1px solid var(--line); border-radius: 8px; }
.tag, .badge { display: inline-block; padding: 0 .45rem; font-size: .8rem; background: var(--soft); border-radius: 5px; }
.tag + .tag { margin-inline-start: .3rem; }
.badge.bad { color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); background: none; }
.call { margin: .4rem 0; background: var(--surface); border: 1px solid var(--line); border-radius: 9px; padding: 0 .9rem; }
.call .empty { padding: .6rem; }
.call > p { margin: .2rem 0 .6rem; }
.call > summary { display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: baseline; padding: .5rem 0; cursor: pointer; list-style: none; }
.call > summary::-webkit-details-marker { display: none; }
.call > summary time { margin-inline-start: auto; }
.numbers { font-variant-numeric: tabular-nums; color: var(--dim); font-size: .9rem; }
.scroll { overflow-x: auto; margin: .5rem 0 .9rem; background: var(--surface); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .7rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--dim); font-size: .82rem; }
tr:last-child td { border: 0; }
.log td:nth-child(2) { white-space: nowrap; color: var(--dim); }
.operation { scroll-margin-top: 4rem; }
.operation > summary code { font-size: .95rem; }
.method { min-width: 4.2rem; font: 600 .8rem/1.7 ui-monospace, monospace; color: var(--accent); }
.schema { margin: .3rem 0 .8rem; padding-inline-start: 1rem; border-inline-start: 2px solid var(--line); list-style: none; }
.schema li { margin: .15rem 0; }
@media (max-width: 48rem) { .split { grid-template-columns: 1fr; } body > header time { display: none; } main { padding: 1rem; } }
`;
