import { createHash } from 'node:crypto';

/** Where the deployment lives, as far as names and ARNs tell. */
export interface Place {
  readonly region: string;
  readonly account: string;
  /** Origin of the HTTP API: what `ApiEndpoint` resolves to. */
  readonly apiEndpoint: string;
}

/** What `Ref` and `Fn::GetAtt` of one resource give. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What an identity is made from. */
export interface Named {
  readonly type: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly place: Place;
  /** A property of the resource, resolved; undefined where the template leaves the name to CloudFormation. */
  property(name: string): unknown;
}

type Identify = (resource: Named) => Identity;

/** Physical name: what the template says, else `<stack>-<logical id>`, which is stable between starts. */
function nameOf(resource: Named, property: string): string {
  const given = resource.property(property);
  return typeof given === 'string' ? given : `${resource.stackName}-${resource.logicalId}`.slice(0, 64);
}

function arn(resource: Named, service: string, rest: string): string {
  return `arn:aws:${service}:${resource.place.region}:${resource.place.account}:${rest}`;
}

function keyId(resource: Named): string {
  const digest = createHash('sha256').update(`${resource.stackName}/${resource.logicalId}`).digest('hex').slice(0, 32);
  if (resource.property('MultiRegion') === true) return `mrk-${digest}`;
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A stream's label is its creation time; one fixed label keeps ARNs stable between starts. */
export const STREAM_LABEL = '2020-01-01T00:00:00.000';

const IDENTIFY: ReadonlyMap<string, Identify> = new Map<string, Identify>([
  [
    'AWS::DynamoDB::GlobalTable',
    (resource) => {
      const ref = nameOf(resource, 'TableName');
      const table = arn(resource, 'dynamodb', `table/${ref}`);
      return { ref, attributes: { Arn: table, StreamArn: `${table}/stream/${STREAM_LABEL}`, TableId: ref } };
    },
  ],
  [
    'AWS::KMS::Key',
    (resource) => {
      const ref = keyId(resource);
      return { ref, attributes: { KeyId: ref, Arn: arn(resource, 'kms', `key/${ref}`) } };
    },
  ],
  ['AWS::KMS::Alias', (resource) => ({ ref: nameOf(resource, 'AliasName'), attributes: {} })],
  [
    'AWS::Lambda::Function',
    (resource) => {
      const ref = nameOf(resource, 'FunctionName');
      return { ref, attributes: { Arn: arn(resource, 'lambda', `function:${ref}`) } };
    },
  ],
  [
    'AWS::Lambda::Version',
    (resource) => {
      const ref = arn(resource, 'lambda', `function:${functionNameOf(String(resource.property('FunctionName')))}:1`);
      return { ref, attributes: { Version: '1', FunctionArn: ref } };
    },
  ],
  [
    'AWS::Lambda::Alias',
    (resource) => {
      const name = functionNameOf(String(resource.property('FunctionName')));
      const ref = arn(resource, 'lambda', `function:${name}:${String(resource.property('Name'))}`);
      return { ref, attributes: { AliasArn: ref } };
    },
  ],
  [
    'AWS::IAM::Role',
    (resource) => {
      const ref = nameOf(resource, 'RoleName');
      return { ref, attributes: { Arn: `arn:aws:iam::${resource.place.account}:role/${ref}`, RoleId: ref } };
    },
  ],
  [
    'AWS::ApiGatewayV2::Api',
    ({ place }) => ({ ref: 'local', attributes: { ApiId: 'local', ApiEndpoint: place.apiEndpoint } }),
  ],
  ['AWS::ApiGatewayV2::Stage', (resource) => ({ ref: nameOf(resource, 'StageName'), attributes: {} })],
  [
    'AWS::Events::EventBus',
    (resource) => {
      const ref = nameOf(resource, 'Name');
      return { ref, attributes: { Name: ref, Arn: arn(resource, 'events', `event-bus/${ref}`) } };
    },
  ],
  [
    'AWS::Events::Rule',
    (resource) => {
      const ref = nameOf(resource, 'Name');
      return { ref, attributes: { Arn: arn(resource, 'events', `rule/${ref}`) } };
    },
  ],
  [
    'AWS::SQS::Queue',
    (resource) => {
      const name = nameOf(resource, 'QueueName');
      const url = `https://sqs.${resource.place.region}.amazonaws.com/${resource.place.account}/${name}`;
      return { ref: url, attributes: { QueueName: name, QueueUrl: url, Arn: arn(resource, 'sqs', name) } };
    },
  ],
  ['AWS::SES::ConfigurationSet', (resource) => ({ ref: nameOf(resource, 'Name'), attributes: {} })],
  [
    'AWS::SMSVOICE::ConfigurationSet',
    (resource) => ({ ref: nameOf(resource, 'ConfigurationSetName'), attributes: {} }),
  ],
  [
    'AWS::SMSVOICE::ProtectConfiguration',
    (resource) => ({
      ref: `protect-${resource.logicalId}`,
      attributes: { ProtectConfigurationId: `protect-${resource.logicalId}` },
    }),
  ],
  ['AWS::SES::EmailIdentity', (resource) => ({ ref: nameOf(resource, 'EmailIdentity'), attributes: {} })],
  [
    'AWS::Logs::LogGroup',
    (resource) => {
      const ref = nameOf(resource, 'LogGroupName');
      return { ref, attributes: { Arn: arn(resource, 'logs', `log-group:${ref}:*`) } };
    },
  ],
]);

/** `Ref` and attributes of a resource; types without a rule of their own go by their logical id. */
export function identify(resource: Named): Identity {
  const rule = IDENTIFY.get(resource.type);
  return rule === undefined ? { ref: resource.logicalId, attributes: {} } : rule(resource);
}

/** Function name from a name, an ARN (qualified or not) or the invocation URI that API Gateway uses. */
export function functionNameOf(reference: string): string {
  return /:function:([^:/]+)/.exec(reference)?.[1] ?? reference;
}
