import { relative } from 'node:path';
import { brands } from '../brands/brands.ts';
import type { Session } from './session.ts';

/** What a person does first, as a short table. */
export function urlTable({ brand, url, example, certificate }: Session): string {
  const client = brands.find(({ id }) => id === brand)?.clients.find(({ firstParty }) => firstParty)?.id;
  const body = `{"client_id":"${client}","email":"anna@example.com","password":"a long and lovely sentence"}`;
  const trusted = certificate && `\n  Trust       ${relative(process.cwd(), certificate.file)}, as in curl --cacert`;
  return `
  ${brand} runs at ${url}

  Sign up     ${url}/sign-up
  Inbox       ${url}/_local/inbox
  Example     ${example} signs in by redirect
  Account     ${url}/account
  API         curl ${url}/v1/registrations -H 'content-type: application/json' -d '${body}'
  Clients     ${url}/_local/clients (also the token for POST /oauth2/register)
  Reference   ${url}/_local/reference
  All pages   ${url}/_local/${trusted ?? ''}

  Ctrl-C stops it; the data stays in .local/${brand} (npm start -- --fresh forgets it).
`;
}
