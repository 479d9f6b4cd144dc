import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, entries } from './bundle.ts';
import { runTool } from './run-tool.ts';
import { select } from './select.ts';
import { addDeployments, newApp } from './synth.ts';

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
  const started = performance.now();
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { brand: string, stage: string, out: string, dist: string } });
  const { brand, stage, out = 'cdk.out', dist = 'dist' } = values;
  const byCdk = process.env.CDK_OUTDIR !== undefined;
  const app = newApp(byCdk ? undefined : resolve(out));
  const context = (key: string): string | undefined => app.node.tryGetContext(key);
  // Brands are checked as they load, so that they load where their mistakes are caught.
  const { brands } = await import('../brands/brands.ts');
  const selected = select(brands, { brand: brand ?? context('brand'), stage: stage ?? context('stage') });
  await addDeployments(app, selected, await bundle(entries(), resolve(dist, 'bundle')), resolve(dist, 'assets'));
  const { stacks, directory } = app.synth();
  if (byCdk) return;
  const names = selected.map(({ brand: { id }, stage: name }) => `${id}-${name}`).join(', ');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${stacks.length} stacks of ${names} in ${directory} (${seconds} s)`);
}

await runTool(main);
