import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { pageScript } from '../../lambdas/shared/pages/page-script.ts';
import { passkeyScript } from '../../lambdas/shared/pages/passkey-script.ts';

/** The script as it is, or brought down to what an engine of that year reads. */
const writtenFor = async (script: string, target: string) => (await transform(script, { target })).code;

describe('WEB7: the scripts of pages', () => {
  test.each([
    ['of every page', pageScript],
    ['of passkeys', passkeyScript],
  ])('WEB7: the one %s has no syntax that an old browser stumbles over', async (_, script) => {
    expect(await writtenFor(script, 'es2016')).toBe(await writtenFor(script, 'esnext'));
  });
});
