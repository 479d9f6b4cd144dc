import type { Brand } from '../domain/brand.ts';
import type { MailTexts } from '../messages/mail-texts.ts';
import type { Text } from './text.ts';

/**
 * Says a text in a language. A code stands first, where a locked screen shows it least, and again in the last line, by
 * which a browser offers it on this host alone: a look-alike site is not offered the code (WebOTP, "origin-bound
 * one-time codes").
 * @param issuer the origin whose pages ask for the code (VC8)
 */
export function renderText(text: Text, { name }: Pick<Brand, 'name'>, issuer: string, { say }: MailTexts): string {
  switch (text.kind) {
    case 'text-code':
      return bound(say('text.code', { code: text.code, brand: name }), text.code, issuer);
    case 'text-verify':
      return bound(say('text.verify', { code: text.code, brand: name }), text.code, issuer);
    case 'text-recovery':
      return say('text.recovery', { brand: name, url: text.cancelUrl });
  }
}

function bound(sentence: string, code: string, issuer: string): string {
  return `${sentence}\n\n@${new URL(issuer).hostname} #${code}`;
}
