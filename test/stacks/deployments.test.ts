import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import { northwind } from '../../brands/northwind.ts';
import { solmar } from '../../brands/solmar.ts';
import { type SynthesizedDeployment, synthesize } from './assembly.ts';

/** Each run of the app is a process that bundles and synthesizes. */
const PROCESS_TIMEOUT = 300_000;
const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const before = await synthesize([northwind, solmar], 'dev');
const after = await synthesize([northwind, { ...solmar, name: 'Solmar Travel' }], 'dev');

/** Runs the app as a process of its own: arguments as a person gives them, environment as the CDK command sets it. */
async function ciam(args: readonly string[], env: { readonly [name: string]: string } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-ciam-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const options = {
    cwd: ROOT,
    env: { ...process.env, ...env, ...(env.CDK_CONTEXT_JSON && { CDK_OUTDIR: join(folder, 'out') }) },
  };
  try {
    const out = env.CDK_CONTEXT_JSON ? [] : ['--out', join(folder, 'out')];
    const { stdout } = await run(
      process.execPath,
      ['bin/ciam.ts', '--dist', join(folder, 'dist'), ...out, ...args],
      options,
    );
    const manifest = JSON.parse(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8')) as {
      artifacts: { [name: string]: { type: string } };
    };
    const stacks = Object.entries(manifest.artifacts).flatMap(([name, { type }]) =>
      type === 'aws:cloudformation:stack' ? [name] : [],
    );
    return { code: 0, stdout, stderr: '', stacks: stacks.sort() };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr, stacks: [] };
  }
}

const SOLMAR_PROD = ['api', 'data', 'keys', 'messaging'].map((job) => `solmar-prod-us-east-1-${job}`);

test(
  'arguments select one stage of one brand, and the summary is one line',
  async () => {
    const { stacks, stdout } = await ciam(['--brand', 'solmar', '--stage', 'prod']);
    expect(stacks).toEqual(SOLMAR_PROD);
    expect(stdout).toMatch(/^4 stacks of solmar-prod in .*out \(\d+\.\d s\)\n$/);
  },
  PROCESS_TIMEOUT,
);

test(
  'the context of the CDK command selects the same',
  async () => {
    const { stacks } = await ciam([], { CDK_CONTEXT_JSON: JSON.stringify({ brand: 'solmar', stage: 'prod' }) });
    expect(stacks).toEqual(SOLMAR_PROD);
  },
  PROCESS_TIMEOUT,
);

test.each([
  [['--brand', 'acme'], 'brand "acme" does not exist; must be one of northwind, solmar\n'],
  [['--stage', 'test'], 'stage "test" does not exist; must be one of dev, prod\n'],
  [['--brnad', 'solmar'], "Unknown option '--brnad'\n"],
])(
  '%j is refused in one sentence',
  async (args, says) => {
    const { code, stderr } = await ciam(args);
    expect(stderr).toBe(says);
    expect(code).toBe(1);
  },
  PROCESS_TIMEOUT,
);

test('every folder of lambdas/ with a capability is in the list', () => {
  const folders = readdirSync(join(ROOT, 'lambdas'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name);
  expect(capabilities.map(({ name }) => name).sort()).toEqual(folders.sort());
});

/** The code of each function: the hash of its asset. */
function codeOf(deployment: SynthesizedDeployment | undefined): { readonly [name: string]: string } {
  const functions = deployment?.stack('api').of('AWS::Lambda::Function') ?? [];
  return Object.fromEntries(
    functions.flatMap(({ Properties }) =>
      Properties.FunctionName ? [[Properties.FunctionName, Properties.Code.S3Key]] : [],
    ),
  );
}

test('two runs give the same templates, and a change in one brand leaves the assets of the other as they were', () => {
  const pair = (name: string) => [before, after].map(({ deployments }) => deployments.find((it) => it.name === name));
  const [oldNorthwind, newNorthwind] = pair('northwind-dev');
  expect(newNorthwind?.stacks.map(({ text }) => text)).toEqual(oldNorthwind?.stacks.map(({ text }) => text));
  const [oldSolmar, newSolmar] = pair('solmar-dev').map(codeOf);
  expect(Object.keys(oldSolmar ?? {})).toHaveLength(capabilities.length);
  for (const [fn, code] of Object.entries(oldSolmar ?? {})) expect(newSolmar?.[fn], fn).not.toBe(code);
});

test('a function has only its entry, the chunks that it reaches, and its brand', () => {
  const { folder } = before;
  for (const asset of readdirSync(folder).filter((name) => name.startsWith('asset.'))) {
    const files = readdirSync(join(folder, asset));
    if (!files.includes('brand.json')) continue;
    const reached = new Set(['index.mjs', 'brand.json']);
    for (const file of reached) {
      if (!file.endsWith('.mjs')) continue;
      for (const [, chunk] of readFileSync(join(folder, asset, file), 'utf8').matchAll(
        /["']\.\/([\w-]+\.(?:mjs|bin))["']/g,
      )) {
        if (chunk !== undefined) reached.add(chunk);
      }
    }
    expect(files.sort()).toEqual([...reached].sort());
    const brand = JSON.parse(readFileSync(join(folder, asset, 'brand.json'), 'utf8')) as { id: string };
    expect(['northwind', 'solmar']).toContain(brand.id);
  }
});
