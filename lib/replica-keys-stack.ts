import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { CfnReplicaKey, type Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Region } from '../brands/regions.ts';
import { tableKeyPolicy, vaultKeyPolicy } from './constructs/key-policies.ts';
import { type Deployment, DeploymentStack } from './deployment.ts';
import type { KeysStack } from './keys-stack.ts';
import { deploymentName } from './names.ts';

/** The replicas of both keys in one other region. Deployed after {@link KeysStack} and before the tables. */
export class ReplicaKeysStack extends DeploymentStack {
  constructor(scope: Construct, deployment: Deployment, region: Region, primary: KeysStack) {
    super(scope, 'keys', deployment, {
      region,
      description: `Latchkey ${deploymentName(deployment)}: KMS keys of the copy in ${region}`,
    });
    this.terminationProtection = this.policy.protect;
    this.replicate('VaultKey', primary.vaultKey, vaultKeyPolicy());
    this.replicate('TableKey', primary.tableKey, tableKeyPolicy(region));
  }

  private replicate(id: string, key: Key, keyPolicy: PolicyDocument): void {
    const replica = new CfnReplicaKey(this, id, {
      primaryKeyArn: key.keyArn,
      description: `Replica of the ${id} of ${deploymentName(this.deployment)}`,
      keyPolicy,
      pendingWindowInDays: this.policy.protect ? 30 : 7,
    });
    replica.applyRemovalPolicy(this.policy.removal);
  }
}
