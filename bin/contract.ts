import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeEventContracts } from './contract-events.ts';
import { openapi } from './openapi.ts';

/** Writes `contract/`: what others rely on. `npm run contract`; a test fails while it is not up to date. */
const root = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

await writeFile(join(root, 'contract/openapi.json'), `${JSON.stringify(openapi(version), null, 2)}\n`);
await writeEventContracts(join(root, 'contract/events'));
