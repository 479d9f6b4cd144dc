import type { Block, MailContent } from './compose-mail.ts';

function lines(block: Block): string {
  switch (block.part) {
    case 'code':
      return `${block.label}:\n\n${block.code}`;
    case 'button':
      return `${block.label}:\n${block.url}`;
    default:
      return block.text;
  }
}

/** The plain text of a mail: the same sentences in the same order. */
export function mailText({ title, blocks, footer }: MailContent): string {
  return `${[title, ...blocks.map(lines), `-- \n${footer.join('\n')}`].join('\n\n')}\n`;
}
