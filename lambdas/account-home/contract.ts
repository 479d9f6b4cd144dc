import type { Contract } from '../shared/http/contract.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

export const contract = {
  'GET /account': pageShown('Page: the person’s own account.'),
  'POST /account/profile': pageForm('Changes the name.', ['name']),
  'POST /account/purposes': pageForm('Gives or withdraws a consent.', ['purpose', 'granted']),
  'POST /account/applications': pageForm('Disconnects an application: its tokens are dead.', ['client']),
  'POST /account/sessions': pageForm('Ends a session.', ['session']),
  'POST /account/sign-out': pageForm('Signs this browser out.', []),
  'POST /account/sign-out-everywhere': pageForm('Ends every session, this one too.', []),
} as const satisfies Contract;
