import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { betrays } from './traces.ts';

/** Everything that a brand's cloud kept or wrote, as text, by the place it lies in. */
export type Residue = Readonly<Record<'logs' | 'events' | 'tables' | 'deadLetters', string>>;

/** Collects what would outlive a request in AWS: every log line, bus event, item and dead letter. */
export async function residueOf(origin: string, dataFolder: string): Promise<Residue> {
  const logFolder = join(dataFolder, 'logs');
  const logs = readdirSync(logFolder).map((file) => readFileSync(join(logFolder, file), 'utf8'));
  const desk = async (path: string) => (await fetch(`${origin}/_local/${path}?format=json`)).text();
  const [events, tables, deadLetters] = await Promise.all([desk('events'), desk('tables'), desk('dead-letters')]);
  return { logs: logs.join('\n'), events: ofOurs(events), tables, deadLetters: lettersOfOurs(deadLetters) };
}

/** The events of our making: SES names addresses on the account's default bus, which nobody keeps. */
function ofOurs(events: string): string {
  const all = JSON.parse(events) as readonly { readonly event: { readonly source: string } }[];
  return JSON.stringify(all.filter(({ event }) => event.source !== 'aws.ses'));
}

/** Dead letters but those that hold an event of SES as it came: whoever mends what failed needs the address in it. */
function lettersOfOurs(deadLetters: string): string {
  const all = JSON.parse(deadLetters) as readonly { readonly body: { readonly requestPayload?: unknown } }[];
  return JSON.stringify(all.filter(({ body }) => Object(body.requestPayload).source !== 'aws.ses'));
}

/** Where a secret lies, in whatever disguise. */
export function placesOf(residue: Residue, secret: string): readonly string[] {
  return Object.entries(residue)
    .filter(([, text]) => betrays(text, secret))
    .map(([place]) => place);
}

/** What no place may hold, whoever wrote it: the shapes that the tests' own secrets have. */
const forbidden: Readonly<Record<string, RegExp>> = {
  'an e-mail address': /[\w.+'-]+@[\w-]+(\.[\w-]+)*\.(example|com|museum)\b/i,
  'a network address of a visitor': /(?<![\d.])10\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/,
  'a browser': /Mozilla|Gecko/,
  'a phone number': /\+(34|55|971)\d{8,11}\b/,
  // Header and payload: one keyed hash in a quarter of a million begins as a header does.
  'a token': /\beyJ[\w-]{10,}\.eyJ/,
  'a password': /herons at dawn|otters in the rain|barges go by|otters asleep|crows at noon|bears in a boat/,
};

/** What of the forbidden lies where, with what stands around it. */
export function leaksIn(residue: Residue): readonly string[] {
  return Object.entries(residue).flatMap(([place, text]) =>
    Object.entries(forbidden).flatMap(([what, pattern]) => {
      const at = text.search(pattern);
      return at < 0 ? [] : [`${what} in ${place}: …${text.slice(Math.max(0, at - 80), at + 120)}…`];
    }),
  );
}
