import { parseArgs } from 'node:util';
import type { BrandDefinition } from '../brands/brand-definition.ts';
import { brands } from '../brands/brands.ts';
import { refuse } from './refusal.ts';

/** What a person at the terminal asked for. */
export interface Wishes {
  readonly definition: BrandDefinition;
  readonly port: number;
  /** Port of the example application, where one was asked for. */
  readonly example: number | undefined;
  /** Forget all data of this brand first. */
  readonly fresh: boolean;
  readonly https: boolean;
  /** A file with clients and people of a test harness. */
  readonly fixture: string | undefined;
}

const DEFAULT_PORT = 8787;
const OPTIONS = {
  fresh: { type: 'boolean', default: false },
  https: { type: 'boolean', default: false },
  fixture: { type: 'string' },
} as const;

/** Reads `BRAND`, `PORT`, `EXAMPLE_PORT` and the options after `--`; refuses what it does not understand. */
export function wishes(): Wishes {
  const name = process.env.BRAND ?? 'northwind';
  const definition = brands.find(({ id }) => id === name);
  const ids = brands.map(({ id }) => id).join(', ');
  if (definition === undefined) return refuse(`BRAND "${name}" does not exist: it must be one of ${ids}.`);
  return {
    definition,
    port: portOf('PORT') ?? DEFAULT_PORT,
    example: portOf('EXAMPLE_PORT'),
    ...options(),
  };
}

function portOf(variable: 'PORT' | 'EXAMPLE_PORT'): number | undefined {
  const text = process.env[variable];
  if (text === undefined) return undefined;
  const port = Number(text);
  const isPort = Number.isInteger(port) && port >= 1 && port <= 65_535;
  return isPort ? port : refuse(`${variable} "${text}" is not a port number.`);
}

function options(): Pick<Wishes, 'fresh' | 'https' | 'fixture'> {
  try {
    const { fresh, https, fixture } = parseArgs({ options: OPTIONS }).values;
    return { fresh, https, fixture };
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    return refuse(`${what}. The options are --fresh, --https and --fixture FILE, as in npm start -- --fresh.`);
  }
}
