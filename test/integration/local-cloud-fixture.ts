import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small cloud assembly as the CDK would write it: a data stack and an API stack that imports from it. */
export interface Fixture {
  readonly directory: string;
  remove(): void;
}

/**
 * The one function of the fixture, which does what its event says: `steps` is a list of waves, each a list of SDK
 * calls. It is an ordinary handler: it knows nothing of the local cloud.
 */
const PROBE = `
import * as dynamodb from '${import.meta.resolve('@aws-sdk/client-dynamodb')}';
import * as kms from '${import.meta.resolve('@aws-sdk/client-kms')}';
import * as ses from '${import.meta.resolve('@aws-sdk/client-ses')}';
import * as events from '${import.meta.resolve('@aws-sdk/client-eventbridge')}';
const options = { maxAttempts: Number(process.env.ATTEMPTS ?? 1) };
const services = {
  dynamodb: [dynamodb, new dynamodb.DynamoDBClient(options)],
  kms: [kms, new kms.KMSClient(options)],
  ses: [ses, new ses.SESClient(options)],
  events: [events, new events.EventBridgeClient(options)],
};
const bytes = (value) => JSON.parse(JSON.stringify(value), (_, v) => (v?.$bytes === undefined ? v : Buffer.from(v.$bytes, 'base64')));
async function call([service, name, input]) {
  const [sdk, client] = services[service];
  try {
    const { $metadata, ...output } = await client.send(new sdk[name + 'Command'](bytes(input)));
    return JSON.parse(JSON.stringify(output, (_, v) => (v?.type === 'Buffer' ? Buffer.from(v.data).toString('base64') : v instanceof Uint8Array ? Buffer.from(v).toString('base64') : v)));
  } catch (error) {
    return { error: error.name, message: error.message, reasons: error.CancellationReasons };
  }
}
export const handler = async (event, context) => {
  if (event.Records) {
    const sequence = (record) => record.dynamodb.SequenceNumber;
    const bad = event.Records.filter((record) => record.dynamodb.NewImage.event.M.data?.S === 'bad');
    console.log('records ' + event.Records.map((record) => record.dynamodb.NewImage.event.M.id.S).join(','));
    if (event.Records.some((record) => record.dynamodb.NewImage.event.M.data?.S === 'throw')) throw new Error('poison');
    return { batchItemFailures: bad.map((record) => ({ itemIdentifier: sequence(record) })) };
  }
  if (event.source) {
    console.log(event.source + ' ' + event['detail-type'] + ' ' + event.time);
    return;
  }
  const text = event.body === undefined ? '{}' : event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body;
  const script = event.requestContext ? (text.startsWith('{') ? JSON.parse(text) : {}) : event;
  if (script.log) console.log(script.log);
  if (script.throw) throw new TypeError(script.throw);
  const results = [];
  for (const wave of script.steps ?? []) results.push(await Promise.all(wave.map(call)));
  if (script.sleep) await new Promise((resolve) => setTimeout(resolve, script.sleep));
  if ('reply' in script) return script.reply;
  return { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({
    results, event, now: Date.now(), date: new Date().toISOString(), remaining: context.getRemainingTimeInMillis(), environment: process.env }) };
};
`;

type Json = Readonly<Record<string, unknown>>;

const getAtt = (logicalId: string, attribute: string) => ({ 'Fn::GetAtt': [logicalId, attribute] });
const imported = (name: string) => ({ 'Fn::ImportValue': `shop-dev-eu-west-1-data:${name}` });

function table(logicalId: string, more: Json = {}): Json {
  return {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      TableName: { 'Fn::Join': ['-', ['shop', 'dev', logicalId.toLowerCase()]] },
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      Replicas: [{ Region: 'eu-west-1', SSESpecification: { KMSMasterKeyId: getAtt('TableKey', 'Arn') } }],
      ...more,
    },
  };
}

function key(...statements: readonly Json[]): Json {
  const account = {
    Effect: 'Allow',
    Action: 'kms:*',
    Resource: '*',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
    Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
  };
  return {
    Type: 'AWS::KMS::Key',
    Properties: { MultiRegion: true, KeyPolicy: { Version: '2012-10-17', Statement: [account, ...statements] } },
  };
}

const throughDynamodb: Json = {
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: '*',
  Principal: { AWS: '*' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
  Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'dynamodb.${AWS::Region}.${AWS::URLSuffix}' } } },
};

const exported = (name: string, Value: unknown) =>
  [`Export${name}`, { Value, Export: { Name: `shop-dev-eu-west-1-data:${name}` } }] as const;

const dataTemplate: Json = {
  Resources: {
    TableKey: key(throughDynamodb),
    VaultKey: key(),
    DirectoryA1B2: table('Directory', { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
    LockedC3D4: table('Locked', {
      Replicas: [{ Region: 'eu-west-1', SSESpecification: { KMSMasterKeyId: getAtt('VaultKey', 'Arn') } }],
    }),
    Letters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'shop-dev-letters' } },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop-dev' } },
    Set: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'shop-dev' } },
    Feedback: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: { Ref: 'Set' },
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['bounce', 'complaint'],
          EventBridgeDestination: { EventBusArn: 'arn:aws:events:eu-west-1:000000000000:event-bus/default' },
        },
      },
    },
    Identity: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'shop.example' } },
  },
  Outputs: Object.fromEntries([
    exported('Directory', getAtt('DirectoryA1B2', 'Arn')),
    exported('DirectoryName', { Ref: 'DirectoryA1B2' }),
    exported('DirectoryStream', getAtt('DirectoryA1B2', 'StreamArn')),
    exported('Locked', getAtt('LockedC3D4', 'Arn')),
    exported('VaultKey', getAtt('VaultKey', 'Arn')),
    exported('Letters', getAtt('Letters', 'Arn')),
    exported('Bus', getAtt('Bus', 'Arn')),
  ]),
};

const statements: readonly Json[] = [
  {
    Effect: 'Allow',
    Action: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    ],
    Resource: imported('Directory'),
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['USER#*', 'RING#one'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  },
  {
    Effect: 'Allow',
    Action: 'dynamodb:BatchWriteItem',
    Resource: imported('Directory'),
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['USER#*'] } },
  },
  { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: imported('Locked') },
  {
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: imported('VaultKey'),
    Condition: { StringEquals: { 'kms:EncryptionContext:ring': 'signing' } },
  },
  {
    Effect: 'Allow',
    Action: 'ses:SendEmail',
    Resource: [
      'arn:aws:ses:eu-west-1:000000000000:identity/shop.example',
      'arn:aws:ses:eu-west-1:000000000000:configuration-set/shop-dev',
    ],
    Condition: { StringEquals: { 'ses:FromAddress': 'no-reply@shop.example' } },
  },
  { Effect: 'Allow', Action: 'events:PutEvents', Resource: imported('Bus') },
  { Effect: 'Allow', Action: 'dynamodb:*Stream*', Resource: imported('DirectoryStream') },
  {
    Effect: 'Allow',
    Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    Resource: imported('DirectoryStream'),
  },
  { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: imported('Letters') },
];

function probe(name: string, more: Json = {}): Json {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: `shop-dev-${name}`,
      Code: { S3Bucket: 'assets', S3Key: 'probe.zip' },
      Handler: 'index.handler',
      Role: getAtt('Role', 'Arn'),
      Runtime: 'nodejs24.x',
      MemorySize: 256,
      Timeout: 2,
      Environment: {
        Variables: {
          ISSUER: getAtt('Api', 'ApiEndpoint'),
          DIRECTORY_TABLE: imported('DirectoryName'),
          VAULT_KEY_ARN: imported('VaultKey'),
        },
      },
      ...more,
    },
  };
}

function route(name: string, routeKey: string, functionId: string): readonly (readonly [string, Json])[] {
  return [
    [
      `${name}Integration`,
      {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'Api' },
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: getAtt(functionId, 'Arn'),
          PayloadFormatVersion: '2.0',
        },
      },
    ],
    [
      `${name}Route`,
      {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteKey: routeKey,
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: `${name}Integration` }]] },
        },
      },
    ],
  ];
}

function permission(functionId: string, Principal = 'apigateway.amazonaws.com'): Json {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt(functionId, 'Arn'),
      Principal,
    },
  };
}

const apiTemplate: Json = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [{ PolicyName: 'inline', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
      },
    },
    Probe: probe('probe'),
    Patient: probe('patient', {
      LoggingConfig: { LogFormat: 'JSON' },
      ReservedConcurrentExecutions: 2,
      Environment: { Variables: { ATTEMPTS: '3' } },
    }),
    ProbePermission: permission('Probe'),
    PatientPermission: permission('Patient'),
    PatientFromRules: permission('Patient', 'events.amazonaws.com'),
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'shop',
        ProtocolType: 'HTTP',
        CorsConfiguration: {
          AllowOrigins: ['https://shop.example'],
          AllowMethods: ['GET', 'POST'],
          AllowHeaders: ['Content-Type', 'Authorization'],
          ExposeHeaders: ['Retry-After'],
          AllowCredentials: true,
          MaxAge: 600,
        },
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'Api' },
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 1000 },
        RouteSettings: { 'GET /scarce': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } },
      },
    },
    ...Object.fromEntries([
      ...route('Run', 'POST /run', 'Probe'),
      ...route('Item', 'GET /items/{id}', 'Probe'),
      ...route('Any', 'ANY /files/{path+}', 'Probe'),
      ...route('Scarce', 'GET /scarce', 'Probe'),
      ...route('Patient', 'POST /patient', 'Patient'),
    ]),
    Source: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: imported('DirectoryStream'),
        FunctionName: { Ref: 'Probe' },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        MaximumRetryAttempts: 2,
        MaximumRecordAgeInSeconds: 3600,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: {
          Filters: [
            {
              Pattern: JSON.stringify({ dynamodb: { NewImage: { event: { M: { id: { S: [{ exists: true }] } } } } } }),
            },
          ],
        },
        DestinationConfig: { OnFailure: { Destination: imported('Letters') } },
      },
    },
    MailRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'shop-dev-mail',
        State: 'ENABLED',
        EventPattern: {
          source: ['aws.ses'],
          detail: { eventType: ['Bounce', 'Complaint'], mail: { tags: { 'ses:configuration-set': ['shop-dev'] } } },
        },
        Targets: [{ Id: 'Target', Arn: getAtt('Patient', 'Arn') }],
      },
    },
    HourlyRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'shop-dev-hourly',
        State: 'ENABLED',
        ScheduleExpression: 'rate(1 hour)',
        Targets: [{ Id: 'Target', Arn: getAtt('Patient', 'Arn') }],
      },
    },
    After: { Type: 'Custom::Trigger', Properties: { HandlerArn: getAtt('Patient', 'Arn') } },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  },
};

/** Writes the assembly into a new temporary folder; `change` may alter the API template. */
export function writeFixture(change: (resources: Record<string, unknown>) => void = () => undefined): Fixture {
  const directory = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  mkdirSync(join(directory, 'asset.probe'));
  writeFileSync(join(directory, 'asset.probe', 'index.mjs'), PROBE);
  const stack = (job: string) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/eu-west-1',
    properties: { templateFile: `${job}.template.json`, stackName: `shop-dev-eu-west-1-${job}` },
  });
  const write = (name: string, value: unknown) => writeFileSync(join(directory, name), JSON.stringify(value));
  const api = structuredClone(apiTemplate);
  change(api.Resources as Record<string, unknown>);
  write('manifest.json', { version: '1', artifacts: { data: stack('data'), api: stack('api') } });
  write('data.template.json', dataTemplate);
  write('api.template.json', api);
  write('api.assets.json', {
    files: { probe: { source: { path: 'asset.probe' }, destinations: { current: { objectKey: 'probe.zip' } } } },
  });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
