import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { BrandDefinition, StageName } from '../brands/brand-definition.ts';
import { brandOfStage } from '../brands/brand-of-stage.ts';
import { ApiStack } from '../lib/api-stack.ts';
import { DataStack } from '../lib/data-stack.ts';
import type { Deployment } from '../lib/deployment.ts';
import { KeysStack } from '../lib/keys-stack.ts';
import { MessagingStack } from '../lib/messaging-stack.ts';
import { deploymentName } from '../lib/names.ts';
import { ReplicaKeysStack } from '../lib/replica-keys-stack.ts';
import type { Bundle } from './bundle.ts';
import { capabilities } from './capabilities.ts';
import { packAssets } from './pack-assets.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** One stage of one brand to synthesize. */
export interface Selected {
  readonly brand: BrandDefinition;
  readonly stage: StageName;
}

/**
 * An app without stacks. Its settings come from `cdk.json` whether the CDK command runs it or not, so that both make
 * the same templates.
 *
 * @param outdir folder of the cloud assembly; where the CDK command wants it if there is none.
 */
export function newApp(outdir?: string): App {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const app = new App({ context, analyticsReporting: false, ...(outdir !== undefined && { outdir }) });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** Gives the app the stacks of each deployment, whose functions are packed under `assets` on the way. */
export async function addDeployments(
  app: App,
  selected: readonly Selected[],
  bundle: Bundle,
  assets: string,
): Promise<void> {
  for (const { brand: definition, stage } of selected) {
    const brand = brandOfStage(definition, stage);
    const packed = await packAssets(bundle, brand, join(assets, brand.id, stage));
    addStacks(app, { brand, stage, place: definition.stages[stage] }, packed);
  }
}

/**
 * The stacks of one deployment. Later ones (edge in front of the API, operations beside it) take what they need from
 * these as constructor arguments, like the api stack does.
 */
function addStacks(app: App, deployment: Deployment, assets: ReadonlyMap<string, string>): void {
  const keys = new KeysStack(app, deployment);
  const data = new DataStack(app, deployment, keys);
  for (const region of deployment.place.replicas) {
    // No token of the replicas' stack appears in the tables, so that the order has to be said.
    data.addStackDependency(
      new ReplicaKeysStack(app, deployment, region, keys),
      `${deploymentName(deployment)}: key before copy`,
    );
  }
  const messaging = new MessagingStack(app, deployment, capabilities);
  new ApiStack(app, deployment, capabilities, { keys, data, messaging, assets });
}
