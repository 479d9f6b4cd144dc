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

/** One reload at a time; a change during a reload begins another one. A reload that fails leaves the old code running. */
function reloader(session: Session): (file: string) => void {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  const run = async (file: string): Promise<void> => {
    if (running) return schedule(file);
    running = true;
    const started = performance.now();
    try {
      await session.reload();
      console.log(`  ${file} changed: reloaded in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    } catch (error) {
      console.error(`  ${file} changed, but: ${error instanceof Error ? error.message : String(error)}`);
    }
    running = false;
  };
  const schedule = (file: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(file), QUIET);
  };
  return schedule;
}
