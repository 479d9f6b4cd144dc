import {
  AttributeType,
  Billing,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { TableName } from '../lambdas/shared/domain/capability.ts';
import { type Deployment, DeploymentStack } from './deployment.ts';
import type { KeysStack } from './keys-stack.ts';
import { deploymentName, tableName } from './names.ts';

/** The tables by the names that capabilities use. */
export type Tables = { readonly [T in TableName]: TableV2 };

/**
 * What must survive: the three tables of DESIGN section 3. Stacks of functions come and go without touching it. Their
 * names are fixed: CloudFormation cannot replace a table that has one, so that no change can swap a full table for an
 * empty one.
 */
export class DataStack extends DeploymentStack {
  readonly tables: Tables;

  constructor(scope: Construct, deployment: Deployment, keys: KeysStack) {
    super(scope, 'data', deployment, { description: `Latchkey ${deploymentName(deployment)}: tables` });
    this.terminationProtection = this.policy.protect;

    const units = this.policy.tableUnits;
    const shared = {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(units === undefined ? {} : { maxReadRequestUnits: units, maxWriteRequestUnits: units }),
      deletionProtection: this.policy.protect,
      removalPolicy: this.policy.removal,
    } as const satisfies TablePropsV2;
    const local = { ...shared, encryption: TableEncryptionV2.customerManagedKey(keys.tableKey) };
    const replicated = {
      ...shared,
      encryption: TableEncryptionV2.customerManagedKey(keys.tableKey, this.replicaKeyArns(keys)),
      replicas: deployment.place.replicas.map((region) => ({ region })),
    };

    this.tables = {
      Directory: new TableV2(this, 'Directory', {
        ...replicated,
        tableName: tableName(deployment, 'Directory'),
        dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      }),
      // Not replicated: codes, rotations and counters are safe only where one region writes them (CHECKS F26), and a
      // fail-over asks everybody to sign in again. Not recovered: everything in it ends within days, and yesterday's
      // sessions must not come back to life (F27).
      Sessions: new TableV2(this, 'Sessions', {
        ...local,
        tableName: tableName(deployment, 'Sessions'),
        dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
        timeToLiveAttribute: 'ttl',
      }),
      // No point-in-time recovery on purpose: deleting a person's data key is their erasure (DESIGN section 3), and a
      // recovery would undo it for 35 days. Deletion protection and the brand's copies in other regions guard against
      // loss instead.
      Vault: new TableV2(this, 'Vault', {
        ...replicated,
        tableName: tableName(deployment, 'Vault'),
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      }),
    };
  }

  /** A replica of a multi-region key has the key id of its primary, so that its ARN is known without asking its stack. */
  private replicaKeyArns({ tableKey }: KeysStack): { [region: string]: string } {
    return Object.fromEntries(
      this.deployment.place.replicas.map((region) => [
        region,
        this.formatArn({ service: 'kms', region, resource: 'key', resourceName: tableKey.keyId }),
      ]),
    );
  }
}
