import type { Brand } from '../domain/brand.ts';
import type { DeviceParts } from '../domain/describe-device.ts';
import type { MailTexts } from '../messages/mail-texts.ts';
import { placeInWords } from '../messages/place-in-words.ts';
import type { CodeMail, Mail, SignInMail } from './mail.ts';

/** A part of a mail, before it is text or HTML. */
export type Block =
  | { readonly part: 'paragraph' | 'quiet'; readonly text: string }
  | { readonly part: 'code'; readonly label: string; readonly code: string }
  | { readonly part: 'button'; readonly label: string; readonly url: string };

/** What a mail says, in order. */
export interface MailContent {
  readonly subject: string;
  /** What an inbox shows beside the subject. Never the code: it would stand on a locked screen. */
  readonly preheader: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly footer: readonly string[];
}

const paragraph = (text: string): Block => ({ part: 'paragraph', text });
const quiet = (text: string): Block => ({ part: 'quiet', text });

/** Longest name that a greeting repeats; more is somebody writing a message, not a name. */
const maxName = 64;

/** A name as it may stand in a line of text: one line, no control or direction characters. */
function oneLine(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxName);
}

function greeting(name: string | undefined, { say }: MailTexts): Block {
  const safe = name === undefined ? '' : oneLine(name);
  return paragraph(safe ? say('greeting.name', { name: safe }) : say('greeting'));
}

/** An address keeps its own direction inside a right-to-left sentence (Unicode isolates, UAX #9). */
function isolated(address: string, { direction }: MailTexts): string {
  return direction === 'rtl' ? `\u2066${address}\u2069` : address;
}

function codeBlocks({ code, minutes }: CodeMail, brand: string, { say }: MailTexts): readonly Block[] {
  const validity =
    minutes < 120 ? say('code.minutes', { minutes }) : say('code.hours', { hours: Math.floor(minutes / 60) });
  return [{ part: 'code', label: say('code.label'), code }, paragraph(validity), quiet(say('code.private', { brand }))];
}

/** What happened to the factors of an account, and what to do if it was somebody else. */
function noticeBlocks(name: string | undefined, lead: string, texts: MailTexts): readonly Block[] {
  const { say } = texts;
  return [
    greeting(name, texts),
    paragraph(lead),
    paragraph(say('factor-notice.ignore')),
    paragraph(say('factor-notice.act')),
  ];
}

/** A link beside the code, where there is one. */
function linkBlocks({ linkUrl }: CodeMail, { say }: MailTexts): readonly Block[] {
  if (linkUrl === undefined) return [];
  return [paragraph(say('sign-in-code.link')), { part: 'button', label: say('sign-in-code.button'), url: linkUrl }];
}

/** `Firefox on macOS`, in the reader’s order. */
function deviceInWords({ browser, system }: DeviceParts, { say }: MailTexts): string {
  if (browser && system) return say('device.both', { browser, system });
  return browser ?? system ?? say('device.unknown');
}

function signInBlocks(mail: SignInMail, brand: string, texts: MailTexts): readonly Block[] {
  const { say, locale } = texts;
  const place = placeInWords(mail.place, locale);
  return [
    greeting(mail.name, texts),
    paragraph(say(`${mail.kind}.lead`, { brand })),
    paragraph(say('sign-in.when', { at: mail.at })),
    paragraph(say('sign-in.device', { device: isolated(deviceInWords(mail.device, texts), texts) })),
    ...(place ? [paragraph(say('sign-in.place', { place }))] : []),
    paragraph(say(`${mail.kind}.ignore`)),
    paragraph(say(`${mail.kind}.act`)),
    { part: 'button', label: say(`${mail.kind}.button`), url: mail.notMeUrl },
  ];
}

function body(mail: Mail, brand: string, texts: MailTexts): readonly Block[] {
  const { say } = texts;
  switch (mail.kind) {
    case 'verify':
    case 'sign-in-code':
    case 'recovery':
    case 'factor-recovery':
    case 'email-change-new':
      return [
        paragraph(say(`${mail.kind}.lead`, { brand })),
        ...codeBlocks(mail, brand, texts),
        ...linkBlocks(mail, texts),
        quiet(say(`${mail.kind}.ignore`)),
      ];
    case 'already-registered':
    case 'recovery-unknown':
      return [
        paragraph(say('greeting')),
        paragraph(say(`${mail.kind}.lead`, { brand })),
        paragraph(say(`${mail.kind}.act`)),
        quiet(say(`${mail.kind}.ignore`)),
      ];
    case 'new-sign-in':
    case 'sign-in-stopped':
      return signInBlocks(mail, brand, texts);
    case 'password-changed':
      return [
        greeting(mail.name, texts),
        paragraph(say('password-changed.lead', { brand, at: mail.at })),
        paragraph(say('password-changed.ignore')),
        paragraph(say('password-changed.act')),
      ];
    case 'factor-recovery-waiting':
      return [
        greeting(mail.name, texts),
        paragraph(say('factor-recovery-waiting.lead', { brand, at: mail.at })),
        paragraph(say('factor-recovery-waiting.ignore')),
        paragraph(say('factor-recovery-waiting.act')),
        { part: 'button', label: say('factor-recovery-waiting.button'), url: mail.cancelUrl },
      ];
    case 'factor-recovery-stopped':
    case 'factors-recovered':
      return [
        greeting(mail.name, texts),
        paragraph(say(`${mail.kind}.lead`, { brand, at: mail.at })),
        paragraph(say(`${mail.kind}.ignore`)),
        paragraph(say(`${mail.kind}.act`)),
      ];
    case 'email-changed':
      return [
        greeting(mail.name, texts),
        paragraph(say('email-changed.lead', { brand, at: mail.at, address: isolated(mail.address, texts) })),
        paragraph(say('email-changed.ignore')),
        paragraph(say('email-changed.act')),
      ];
    case 'factor-added':
    case 'factor-removed': {
      const factor = say(`factor.${mail.factor}`);
      return noticeBlocks(mail.name, say(`${mail.kind}.lead`, { brand, at: mail.at, factor }), texts);
    }
    case 'code-channel-changed':
      return noticeBlocks(mail.name, say(`code-channel-changed.lead.${mail.channel}`, { brand, at: mail.at }), texts);
    case 'recovery-codes-made':
      return noticeBlocks(mail.name, say('recovery-codes-made.lead', { brand, at: mail.at }), texts);
    case 'recovery-code-used':
      return noticeBlocks(mail.name, say('recovery-code-used.lead', { brand, at: mail.at, left: mail.left }), texts);
    case 'email-change-old':
      return [
        greeting(mail.name, texts),
        paragraph(say('email-change-old.lead', { brand, at: mail.at, address: isolated(mail.address, texts) })),
        paragraph(say('email-change-old.ignore')),
        paragraph(say('email-change-old.act')),
        { part: 'button', label: say('email-change-old.button'), url: mail.cancelUrl },
      ];
  }
}

/** Says a mail in a language: the one place where a kind of mail becomes sentences. */
export function composeMail(mail: Mail, brand: Brand, texts: MailTexts): MailContent {
  const { say } = texts;
  const concernsAccount = 'at' in mail;
  const { replyTo } = brand.sender;
  return {
    subject: say(`${mail.kind}.subject`, { brand: brand.name }),
    preheader: say(`${mail.kind}.preheader`),
    title: say(`${mail.kind}.title`, { brand: brand.name }),
    blocks: body(mail, brand.name, texts),
    footer: [
      say(concernsAccount ? 'footer.account' : 'footer.reason', { brand: brand.name }),
      ...(replyTo ? [say('footer.contact', { contact: isolated(replyTo, texts) })] : []),
    ],
  };
}
