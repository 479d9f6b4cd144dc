import type { Contract } from '../shared/http/contract.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

export const contract = {
  'GET /account': pageShown('Page: the person’s own account, and the way to each part of it.'),
  'GET /account/profile': pageShown('Page: what the person is called.'),
  'POST /account/profile': pageForm('Changes the name.', ['name']),
  'GET /account/consents': pageShown('Page: what the person agreed to.'),
  'POST /account/consents': pageForm('Gives or withdraws a consent.', ['purpose', 'granted']),
  'GET /account/applications': pageShown('Page: the applications that the person lets in.'),
  'POST /account/applications': pageForm('Disconnects an application: its tokens are dead.', ['client']),
  'GET /account/sessions': pageShown('Page: browsers and applications in which the person is signed in.'),
  'POST /account/sessions': pageForm('Ends a session.', ['session']),
  'POST /account/sign-out': pageForm('Signs this browser out.', []),
  'POST /account/sign-out-everywhere': pageForm('Ends every session, this one too.', []),
} as const satisfies Contract;
