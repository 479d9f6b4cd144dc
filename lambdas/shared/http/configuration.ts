import { readFileSync } from 'node:fs';
import type { Brand } from '../domain/brand.ts';
import { requireSettings } from './brand-settings.ts';
import type { EdgeKind } from './edge.ts';

/** @throws Error where configuration is missing: the function refuses traffic rather than guess (F30, ADM9) */
export function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`environment variable ${name} is not set`);
  return value;
}

/** The brand that the deployment packed beside the function. @throws Error where it or a setting of it is missing (F30) */
export function packedBrand(): Brand {
  return requireSettings(JSON.parse(readFileSync(new URL('./brand.json', import.meta.url), 'utf8')));
}

/** What is in front of the gateway. @throws Error where `EDGE` is neither left out nor known (F30) */
export function edgeKind(env: NodeJS.ProcessEnv): EdgeKind {
  const { EDGE: kind = 'none' } = env;
  if (kind !== 'none' && kind !== 'cloudfront') throw new Error('environment variable EDGE must be none or cloudfront');
  return kind;
}
