import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

const text = (max: number) => z.optional(z.string().check(z.maxLength(max)));

export const contract = {
  'POST /oauth2/device_authorization': {
    summary: 'RFC 8628 device authorization: codes for a device that has no browser.',
    encoding: 'form',
    body: z.object({
      scope: text(1000),
      client_id: text(200),
      client_secret: text(200),
      client_assertion: text(4096),
      client_assertion_type: text(100),
    }),
    reply: {
      status: 200,
      schema: z.object({
        device_code: z.string(),
        user_code: z.string(),
        verification_uri: z.string(),
        verification_uri_complete: z.string(),
        expires_in: z.int(),
        interval: z.int(),
      }),
    },
  },
  'GET /device': pageShown('Page: the code that a device shows.'),
  'POST /device': pageForm('Takes the code; sign-in comes next where nobody is signed in.', ['user_code']),
  'GET /device/confirm': pageShown('Page: which application asks, on a device with which code.'),
  'POST /device/confirm': pageForm('Lets the device in, or turns it away.', ['decision', 'person']),
} as const satisfies Contract;
