/** Providers at which dots in the local part do not count; the second name is one of the first. */
const undotted: ReadonlyMap<string, string> = new Map([
  ['gmail.com', 'gmail.com'],
  ['googlemail.com', 'gmail.com'],
]);

/**
 * The mailbox that an address most likely ends up in: without a sub-address (RFC 5233), and by the rules of the biggest
 * provider. For counters alone: who asks for mails to `ann+1@`, `ann+2@` and so on fills one mailbox (RL3). Two people of
 * one name share limits then, at worst. Never for identity: what a provider makes of an address is its own affair (REG7).
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const [name = ''] = address.slice(0, at).split('+');
  const merged = undotted.get(domain);
  const local = merged ? name.replaceAll('.', '') : name;
  return local === '' ? address : `${local}@${merged ?? domain}`;
}
