import { Aws } from 'aws-cdk-lib';
import { AccountRootPrincipal, AnyPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Region } from '../../brands/regions.ts';

/** IAM of the account decides: without this statement nobody, not even an administrator, could ever use or mend a key. */
function accountDecides(): PolicyStatement {
  return new PolicyStatement({
    sid: 'AccountDecides',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:*'],
    resources: ['*'],
  });
}

/** Policy of the key that wraps the key rings: only what roles are granted by name and encryption context. */
export function vaultKeyPolicy(): PolicyDocument {
  return new PolicyDocument({ statements: [accountDecides()] });
}

/**
 * Policy of the key that encrypts the tables at rest: DynamoDB may use it for whoever may use the table, and nobody
 * may use it directly. It is the policy of the key that AWS manages, on a key of our own, and it spares every function
 * a permission on this key ("Encryption at rest: using your KMS keys", DynamoDB developer guide).
 */
export function tableKeyPolicy(region: Region): PolicyDocument {
  return new PolicyDocument({
    statements: [
      accountDecides(),
      new PolicyStatement({
        sid: 'ThroughDynamoDbOnly',
        principals: [new AnyPrincipal()],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': Aws.ACCOUNT_ID,
            'kms:ViaService': `dynamodb.${region}.${Aws.URL_SUFFIX}`,
          },
        },
      }),
    ],
  });
}
