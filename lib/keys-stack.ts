import { Duration } from 'aws-cdk-lib';
import { Key, type KeyProps } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { tableKeyPolicy, vaultKeyPolicy } from './constructs/key-policies.ts';
import { type Deployment, DeploymentStack } from './deployment.ts';
import { deploymentName } from './names.ts';

/**
 * The two customer-managed keys of a deployment, in its primary region. They are multi-region keys: a copy of a table
 * in another region must stay readable there when this region is gone. A stack of their own, since their replicas must
 * exist before a table can have a copy, and they before their replicas.
 */
export class KeysStack extends DeploymentStack {
  /** Wraps the key rings; every use names its ring as encryption context. */
  readonly vaultKey: Key;
  /** Encrypts the tables at rest. */
  readonly tableKey: Key;

  constructor(scope: Construct, deployment: Deployment) {
    super(scope, 'keys', deployment, { description: `Latchkey ${deploymentName(deployment)}: KMS keys` });
    this.terminationProtection = this.policy.protect;
    const shared: KeyProps = {
      multiRegion: true,
      enableKeyRotation: true,
      removalPolicy: this.policy.removal,
      // The longest respite there is: a deleted vault key is the erasure of every customer.
      pendingWindow: Duration.days(this.policy.protect ? 30 : 7),
    };
    this.vaultKey = new Key(this, 'VaultKey', {
      ...shared,
      description: `Wraps the key rings of ${deploymentName(deployment)}`,
      policy: vaultKeyPolicy(),
    });
    this.tableKey = new Key(this, 'TableKey', {
      ...shared,
      description: `Encrypts the tables of ${deploymentName(deployment)} at rest`,
      policy: tableKeyPolicy(deployment.place.region),
    });
  }
}
