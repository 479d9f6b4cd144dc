/** `npm run dev`: as `npm start`, and runs the new code whenever a source file changes, on the same data. */
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runSession, type Session } from './session.ts';
import { urlTable } from './url-table.ts';

const WATCHED = ['lambdas', 'brands', 'lib', 'bin'];
/** Editors write a file in several steps; quiet for so long (ms) is a change. */
const QUIET = 150;

await runSession((session) => {
  console.log(urlTable(session));
  const reload = reloader(session);
  for (const folder of WATCHED) {
    const path = fileURLToPath(new URL(`../${folder}`, import.meta.url));
    watch(path, { recursive: true }, (_, file) => {
      if (file === null || /\.(ts|tsx|json)$/.test(file)) reload(`${folder}/${file ?? ''}`);
    });
  }
});

/** What functions may do and what triggers them is in the template, and so are brands: these need a synth. */
function isCodeAlone(file: string): boolean {
  return file.startsWith('lambdas/') && !file.endsWith('/capability.ts');
}

/** One reload at a time; a change during a reload begins another one. A reload that fails leaves the old code running. */
function reloader(session: Session): (file: string) => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  async function reload(): Promise<void> {
    if (running || changed.size === 0) return;
    running = true;
    const files = [...changed];
    changed.clear();
    const what = files.length === 1 ? files[0] : `${files.length} files`;
    const started = performance.now();
    try {
      await (files.every(isCodeAlone) ? session.renewCode() : session.reload());
      console.log(`  ${what} changed: reloaded in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    } catch (error) {
      console.error(`  ${what} changed, but: ${error instanceof Error ? error.message : String(error)}`);
    }
    running = false;
    await reload();
  }
  return (file) => {
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), QUIET);
  };
}
