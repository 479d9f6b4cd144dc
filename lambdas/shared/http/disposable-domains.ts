import { readFile } from 'node:fs/promises';
import { isDisposable } from '../domain/disposable-domain.ts';

/** The list that `bin/bundle.ts` packs beside functions that ask for it. */
let list: Promise<Buffer> | undefined;

/** Whether an address is of a throwaway mailbox. The list, 280 KB, is read when the first address is asked about. */
export async function usesThrowawayMailbox(address: string): Promise<boolean> {
  list ??= readFile(new URL('./disposable-domains.bin', import.meta.url));
  return isDisposable(await list, address.slice(address.lastIndexOf('@') + 1));
}
