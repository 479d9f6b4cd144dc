import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { originOf } from './support/visitor.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The walk-through as the README prints it, against this run's cloud. */
function walkThrough(): string {
  const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(readme) ?? [];
  return script.replace('http://localhost:8787', originOf('northwind'));
}

it('the walk-through of the README works line by line', async () => {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', walkThrough()]);
  // Verification, userinfo, refresh, consents, decision, history, sessions each print an answer.
  const answers = stdout.match(/"sub":"usr_|"refresh_token":|"consents":|"granted":true|"history":|"sessions":/g) ?? [];
  expect(new Set(answers).size).toBe(6);
  expect(stdout).not.toMatch(/urn:latchkey:problem|"error":/);
});

it('the README keeps to 150 lines', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(150);
});
