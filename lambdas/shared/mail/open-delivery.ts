import type { Brand } from '../domain/brand.ts';
import { senderFor } from '../domain/sms-policy.ts';
import { mailTexts } from '../messages/mail-texts.ts';
import type { AddressedMail } from './mail.ts';
import { renderMail } from './render-mail.ts';
import { renderText } from './render-text.ts';
import { openMail, type SendOutcome } from './send-mail.ts';
import { openTexts } from './send-text.ts';
import type { AddressedText } from './text.ts';

/** The country of a number that was taken: it was read when it was taken, so it can be read again. */
async function countryOf(number: string): Promise<string> {
  const { default: parse } = await import('libphonenumber-js/mobile');
  return parse(number)?.country ?? '';
}

/**
 * Opens both channels of a brand: renders and sends one mail or one text. A text whose country the brand no longer
 * names is rejected here, before it costs anything.
 *
 * @param sets configuration sets; `texts` where the brand sends any
 */
export function openDelivery(brand: Brand, issuer: string, sets: { readonly mail: string; readonly texts?: string }) {
  const { sms } = brand.authentication;
  const sendMail = openMail(brand, sets.mail);
  const sendText = sms && sets.texts ? openTexts(brand.id, sms, sets.texts) : undefined;
  return async (addressed: AddressedMail | AddressedText): Promise<SendOutcome> => {
    const texts = await mailTexts(brand, addressed.locale);
    if ('mail' in addressed) {
      return sendMail(addressed.to, addressed.mail.kind, renderMail(addressed.mail, brand, texts));
    }
    const sender = senderFor(sms, await countryOf(addressed.to));
    if (!sendText || !sender) return { outcome: 'rejected', reason: 'country' };
    const body = renderText(addressed.text, brand, issuer, texts);
    return sendText(addressed.to, sender, addressed.text.kind, body);
  };
}
