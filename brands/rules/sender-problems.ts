import { type Problem, quoted, type Rule } from './problem.ts';

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const ADDRESS = /^[\w.+-]{1,64}@([a-z0-9.-]+)$/i;

/** True for one mail address. */
export function isAddress(value: string): boolean {
  return ADDRESS.test(value);
}

/** True for a fully qualified lower-case host name. */
export function isDomain(value: string): boolean {
  return DOMAIN.test(value);
}

/** True if `domain` is `parent` or below it. */
export function isWithin(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}

/** A verified domain and an address inside it: SES refuses, and DMARC fails, anything else. */
export function* senderAddressProblems(
  prefix: string,
  sender: { readonly domain: string; readonly from: string },
): Generator<Problem> {
  if (!isDomain(sender.domain)) {
    yield { key: `${prefix}.domain`, says: `${quoted(sender.domain)} must be a domain name like mail.example.com` };
  }
  const host = ADDRESS.exec(sender.from)?.[1];
  if (host === undefined || !isWithin(host, sender.domain)) {
    yield {
      key: `${prefix}.from`,
      says: `${quoted(sender.from)} must be an address inside ${prefix}.domain ${quoted(sender.domain)}`,
    };
  }
}

/** Who mails come from. Names go into headers, so that they may hold no line break and no delimiter (CHECKS REG10). */
export const senderProblems: Rule = function* ({ sender }) {
  yield* senderAddressProblems('sender', sender);
  if (!/^[^\p{Cc}"<>]{1,64}$/u.test(sender.name)) {
    yield {
      key: 'sender.name',
      says: `${quoted(sender.name)} must be 1 to 64 characters without quotes, angle brackets and line breaks`,
    };
  }
  if (sender.replyTo !== undefined && !isAddress(sender.replyTo)) {
    yield { key: 'sender.replyTo', says: `${quoted(sender.replyTo)} must be one mail address` };
  }
};
