import type { Brand } from '../domain/brand.ts';
import type { MailTexts } from '../messages/mail-texts.ts';
import type { Block, MailContent } from './compose-mail.ts';
import { type Html, html } from './html.ts';
import { type MailStyle, mailStyle } from './mail-style.ts';

function block(part: Block, style: MailStyle): Html {
  switch (part.part) {
    case 'paragraph':
      return html`<p class="ink" style="${style.paragraph}">${part.text}</p>`;
    case 'quiet':
      return html`<p class="quiet" style="${style.quiet}">${part.text}</p>`;
    case 'code':
      // The spacing is the style's: copied or read aloud, the code is six digits and nothing else.
      return html`<div class="tint" style="${style.codeBox}">
<div class="quiet" style="${style.codeLabel}">${part.label}</div>
<div class="ink" dir="ltr" style="${style.code}">${part.code}</div>
</div>`;
    case 'button':
      return html`<p style="${style.buttonLine}"><a href="${part.url}" style="${style.button}">${part.label}</a></p>`;
  }
}

/** Logo where the brand has one, else its initial on its colour: a mark that needs no picture to be loaded. */
function header({ name, look }: Brand, style: MailStyle): Html {
  const initial = [...name][0] ?? '';
  return look.logo
    ? html`<img src="${look.logo}" alt="${name}" height="40" class="ink" style="${style.logo}">`
    : html`<span aria-hidden="true" style="${style.mark}">${initial}</span><span class="ink" style="${style.name}">${name}</span>`;
}

/**
 * The HTML of a mail: styles inline because some clients drop the rest, a style block for dark mode only, no picture,
 * font or link but the brand's own, and words in the language's direction.
 */
export function mailHtml(content: MailContent, brand: Brand, texts: MailTexts): string {
  const style = mailStyle(brand.look, texts);
  const page = html`<!doctype html>
<html lang="${texts.locale}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${content.subject}</title>
<style>${style.sheet}</style>
</head>
<body class="page" style="${style.body}">
<div style="${style.preheader}">${content.preheader}</div>
<div class="page" role="article" lang="${texts.locale}" dir="${texts.direction}" aria-label="${content.subject}" style="${style.page}">
<div style="${style.column}">
<div style="${style.header}">${header(brand, style)}</div>
<div class="card" style="${style.card}">
<h1 class="ink" style="${style.title}">${content.title}</h1>
${content.blocks.map((part) => block(part, style))}
</div>
<div style="${style.footer}">
${content.footer.map((line) => html`<p class="quiet" style="${style.footerLine}">${line}</p>`)}
</div>
</div>
</div>
</body>
</html>
`;
  return page.html;
}
