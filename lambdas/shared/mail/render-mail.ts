import type { Brand } from '../domain/brand.ts';
import type { MailTexts } from '../messages/mail-texts.ts';
import { composeMail } from './compose-mail.ts';
import type { Mail, RenderedMail } from './mail.ts';
import { mailHtml } from './mail-html.ts';
import { mailText } from './mail-text.ts';

/** Renders a mail as text and HTML in the brand's look and a language. Pure: the same mail renders the same again (F12). */
export function renderMail(mail: Mail, brand: Brand, texts: MailTexts): RenderedMail {
  const content = composeMail(mail, brand, texts);
  return { subject: content.subject, text: mailText(content), html: mailHtml(content, brand, texts) };
}
