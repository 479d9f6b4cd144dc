/** The developer pages' own script: follows what is new, and moves the clock. */
export const DESK_SCRIPT = `
const root = document.documentElement;

// Shows what is new without losing what the reader has open, chosen or typed.
let seen = document.querySelector('main').innerHTML;
async function follow() {
  const typing = document.activeElement?.matches('input, select');
  if (!document.hidden && !typing) {
    const reply = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => undefined);
    const next = reply?.ok ? new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('main') : undefined;
    if (next && next.innerHTML !== seen) {
      seen = next.innerHTML;
      const main = document.querySelector('main');
      const open = new Set([...main.querySelectorAll('details[open] > summary')].map((summary) => summary.textContent));
      main.innerHTML = seen;
      for (const summary of main.querySelectorAll('summary')) if (open.has(summary.textContent)) summary.parentElement.open = true;
    }
  }
  setTimeout(follow, 2000);
}
if ('follow' in root.dataset) follow();

for (const form of document.querySelectorAll('[data-clock]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    form.querySelector('button').disabled = true;
    await fetch('/_local/clock', { method: 'POST', body: JSON.stringify({ advance: Number(form.elements.advance.value) }) });
    location.reload();
  });
}
`;
