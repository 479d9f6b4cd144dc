import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import { pageTexts } from '../shared/messages/page-texts.ts';
import { bind } from '../shared/store/bind.ts';
import { cancelFlow, findFlow } from '../shared/store/flow-store.ts';
import { cancelAddressChange, provenFlow } from './cancel-address-change.ts';
import { type CancelPageState, cancelAddressChangePage } from './cancel-address-change-page.tsx';

/** The two endpoints behind the link that stops a change of address. */
export function cancelEndpoints(runtime: Runtime) {
  const { brand, random, clock } = runtime;
  const store = bind(runtime.tables, { cancelFlow, findFlow });

  async function page(request: Request, status: number, state: CancelPageState): Promise<Reply> {
    const locale = negotiateLocale(brand.locales, { acceptLanguage: request.headers['accept-language'] });
    return { status, ...cancelAddressChangePage(brand, locale, await pageTexts(brand, locale), state) };
  }

  return {
    /** Opening the link changes nothing: mail scanners open links too (VC7). */
    'GET /email-change/cancel': async (request: Request): Promise<Reply> => {
      const { flow = '', token = '' } = request.query;
      const proven = provenFlow(await runtime.sealing(), flow, token);
      return proven ? page(request, 200, { show: 'cancel', flow, token }) : page(request, 404, { show: 'over' });
    },

    'POST /email-change/cancel': async (
      request: Request<{ readonly flow: string; readonly token: string }>,
    ): Promise<Reply> => {
      const sealing = await runtime.sealing();
      const proven = provenFlow(sealing, request.body.flow, request.body.token);
      const cancelled = proven && (await cancelAddressChange({ random, sealing, store }, proven, clock()));
      return cancelled ? page(request, 200, { show: 'cancelled' }) : page(request, 410, { show: 'over' });
    },
  };
}
