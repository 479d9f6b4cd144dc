import type { Contract } from '../shared/http/contract.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

export const contract = {
  'GET /consent': pageShown('Page: what a client asks for.'),
  'POST /consent': pageForm('Allows it, or answers the client with access_denied.', ['decision']),
  'GET /purposes': pageShown('Page: terms that have changed.'),
  'POST /purposes': pageForm('Records the answers. Each purpose is a field `purpose.<id>`.', ['decision']),
  'GET /choose-account': pageShown('Page: the account of this browser, or another one.'),
  'POST /choose-account': pageForm('Goes on with the account of this browser.', []),
} as const satisfies Contract;
