import { type Environment, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BrandStage, StageName } from '../brands/brand-definition.ts';
import type { Region } from '../brands/regions.ts';
import type { Brand } from '../lambdas/shared/domain/brand.ts';
import { deploymentName } from './names.ts';
import { stagePolicies } from './stage-policy.ts';

/** One stage of one brand: what every stack is made for. */
export interface Deployment {
  readonly brand: Brand;
  readonly stage: StageName;
  /** Where it lives. */
  readonly place: BrandStage;
}

/**
 * A stack that does one job for one deployment: `northwind-prod-eu-west-1-data`. Brand and stage come first, so that
 * `cdk deploy 'northwind-prod-*'` means one deployment.
 */
export class DeploymentStack extends Stack {
  readonly deployment: Deployment;

  constructor(
    scope: Construct,
    job: string,
    deployment: Deployment,
    props: StackProps & { readonly region?: Region } = {},
  ) {
    const { region = deployment.place.region, ...stackProps } = props;
    const env: Environment = { region, ...(deployment.place.account && { account: deployment.place.account }) };
    super(scope, `${deploymentName(deployment)}-${region}-${job}`, { env, ...stackProps });
    this.deployment = deployment;
    Tags.of(this).add('latchkey:brand', deployment.brand.id);
    Tags.of(this).add('latchkey:stage', deployment.stage);
  }

  /** What differs between dev and prod. */
  get policy() {
    return stagePolicies[this.deployment.stage];
  }
}
