import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import mailchecker from 'mailchecker';
import { packDomains } from '../lambdas/shared/domain/disposable-domain.ts';

/** Name of the list in a function's asset. */
export const disposableDomains = 'disposable-domains.bin';

/** Writes the list of throwaway domains (mailchecker) in the form that a function searches: 280 KB instead of a megabyte. */
export async function writeDisposableDomains(folder: string): Promise<void> {
  await writeFile(join(folder, disposableDomains), packDomains(mailchecker.blacklist()));
}
