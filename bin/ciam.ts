import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { App } from 'aws-cdk-lib';
import { ConfigurationError } from '../brands/configuration-error.ts';
import { bundle } from './bundle.ts';
import { select } from './select.ts';
import { makeApp } from './synth.ts';

/**
 * The CDK app: bundles the functions once, reads `brands/`, makes the stacks. Three ways to run it:
 *
 *     npm run synth                                             every brand and stage into cdk.out
 *     node bin/ciam.ts --brand northwind --stage dev --out DIR  one of them, without the CDK command
 *     cdk deploy -c brand=northwind -c stage=prod 'northwind-prod-*'
 *
 * A mistake in the configuration is one sentence on standard error and exit code 1.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { brand: { type: 'string' }, stage: { type: 'string' }, out: { type: 'string' } },
  });
  // The CDK command hands its -c values over in the environment, where App finds them.
  const context = (key: string): string | undefined => new App({ analyticsReporting: false }).node.tryGetContext(key);
  const cliOutdir = process.env.CDK_OUTDIR;
  // Brands are checked as they load, so that they load where their mistakes are caught.
  const { brands } = await import('../brands/brands.ts');
  const selected = select(brands, {
    brand: values.brand ?? context('brand'),
    stage: values.stage ?? context('stage'),
  });
  const started = performance.now();
  const app = await makeApp({
    selected,
    bundle: await bundle(),
    ...(cliOutdir === undefined && { outdir: resolve(values.out ?? 'cdk.out') }),
  });
  const { stacks, directory } = app.synth();
  if (cliOutdir === undefined) {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const names = selected.map(({ brand, stage }) => `${brand.id}-${stage}`).join(', ');
    console.log(`${stacks.length} stacks of ${names} in ${directory} (${seconds} s)`);
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
