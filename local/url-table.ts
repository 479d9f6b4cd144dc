import { brands } from '../brands/brands.ts';
import type { Session } from './session.ts';

/** What a person does first, as a short table. */
export function urlTable({ brand, url }: Pick<Session, 'brand' | 'url'>): string {
  const client = brands.find(({ id }) => id === brand)?.clients.find(({ firstParty }) => firstParty)?.id;
  const body = `{"client_id":"${client}","email":"anna@example.com","password":"a long and lovely sentence"}`;
  return `
  ${brand} runs at ${url}

  Sign up     curl ${url}/v1/registrations -H 'content-type: application/json' -d '${body}'
  Inbox       ${url}/_local/inbox
  Clients     ${url}/_local/clients
  Reference   ${url}/_local/reference
  All pages   ${url}/_local/

  Ctrl-C stops it; the data stays in .local/${brand} (npm start -- --fresh forgets it).
`;
}
