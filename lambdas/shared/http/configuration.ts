import { readFileSync } from 'node:fs';
import type { Brand } from '../domain/brand.ts';
import { requireSettings } from './brand-settings.ts';

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
