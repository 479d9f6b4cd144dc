import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDeployment } from '../../local/assembly/deployment.ts';
import { readAssembly, type Stack } from '../../local/assembly/read-assembly.ts';

type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown>; readonly Condition?: string }>
>;

function stack(name: string, resources: Resources, more: Partial<Stack['template']> = {}, region = 'eu-west-1'): Stack {
  const Resources = Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [id, { Properties: {}, ...resource }]),
  );
  return {
    name,
    region,
    assets: new Map(),
    template: { Resources, Outputs: {}, Conditions: {}, Mappings: {}, Parameters: {}, ...more },
  };
}

const api: Resources = { Api: { Type: 'AWS::ApiGatewayV2::Api' } };
const Loose = z.looseObject({});

/** The resolved properties of the queue `Q` in the stack of the API. */
function resolved(
  properties: Record<string, unknown>,
  more: Partial<Stack['template']> = {},
  others: readonly Stack[] = [],
) {
  const stacks = [
    ...others,
    stack('shop-dev-eu-west-1-api', { ...api, Q: { Type: 'AWS::SQS::Queue', Properties: properties } }, more),
  ];
  const [queue] = createDeployment(stacks, 'shop-dev', 'http://localhost:8787').ofType('AWS::SQS::Queue');
  return queue?.read(Loose);
}

describe('intrinsic functions', () => {
  test.each([
    ['pseudo parameters', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Partition' }]] }, 'a-aws'],
    [
      'Fn::Sub',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
      { 'Fn::Sub': ['${AWS::URLSuffix} ${Api.ApiEndpoint} ${x} ${!y}', { x: 1 }] },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
      'amazonaws.com http://localhost:8787 1 ${y}',
    ],
    ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Q', 'Arn'] }, 'arn:aws:sqs:eu-west-1:000000000000:shop-dev-eu-west-1-api-Q'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }, 'v'],
    ['Fn::If', { 'Fn::If': ['IsEurope', 'yes', 'no'] }, 'yes'],
  ])('%s', (_, value, expected) => {
    const Conditions = {
      IsEurope: {
        'Fn::And': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }, { 'Fn::Not': [{ Condition: 'Never' }] }],
      },
      Never: { 'Fn::Equals': ['a', 'b'] },
    };
    const Mappings = { M: { 'eu-west-1': { k: 'v' } } };
    expect(resolved({ Value: value }, { Conditions, Mappings })).toEqual({ Value: expected });
  });

  test('AWS::NoValue removes its property and its list entry', () => {
    expect(resolved({ Gone: { Ref: 'AWS::NoValue' }, List: ['a', { Ref: 'AWS::NoValue' }] })).toEqual({ List: ['a'] });
  });

  test('references to other stacks, by export and by output', () => {
    const data = stack(
      'shop-dev-eu-west-1-data',
      { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'things' } } },
      {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
        Outputs: { Name: { Value: { Ref: 'T' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Name' } } } },
      },
    );
    const byExport = { 'Fn::ImportValue': 'shop-dev-eu-west-1-data:Name' };
    const byOutput = {
      'Fn::GetStackOutput': { StackName: 'shop-dev-eu-west-1-data', OutputName: 'Name', Region: 'eu-west-1' },
    };
    expect(resolved({ byExport, byOutput }, {}, [data])).toEqual({ byExport: 'things', byOutput: 'things' });
  });

  test('what is not known is refused by name', () => {
    expect(() => resolved({ Value: { 'Fn::Cidr': [] } })).toThrow(
      /does not know Fn::Cidr, which stack shop-dev-eu-west-1-api uses/,
    );
    expect(() => resolved({ Value: { 'Fn::GetAtt': ['Q', 'Colour'] } })).toThrow(/attribute Colour of Q/);
    expect(() => resolved({ Value: { Ref: 'Nowhere' } })).toThrow(/refers to Nowhere/);
    expect(() => resolved({ Value: { 'Fn::ImportValue': 'lost' } })).toThrow(/No stack exports lost/);
  });
});

describe('the deployment', () => {
  test('is the stacks of one brand and stage in the region of its API', () => {
    const queue = { Q: { Type: 'AWS::SQS::Queue' } };
    const stacks = [
      stack('shop-dev-eu-west-1-api', { ...api, ...queue }),
      stack('shop-dev-eu-central-1-keys', queue, {}, 'eu-central-1'),
      stack('shop-prod-eu-west-1-api', { ...api, ...queue }),
      stack('shopping-dev-eu-west-1-api', { ...api, ...queue }),
    ];
    const deployment = createDeployment(stacks, 'shop-dev', 'http://localhost:1');
    expect(deployment.ofType('AWS::SQS::Queue').map((resource) => resource.stack.name)).toEqual([
      'shop-dev-eu-west-1-api',
    ]);
    expect(() => createDeployment(stacks, 'mall-dev', 'http://localhost:1')).toThrow(/No stack named mall-dev-…/);
  });

  test('refuses a resource type that it does not know, and leaves out what a condition leaves out', () => {
    const unknown = { Cache: { Type: 'AWS::ElastiCache::ServerlessCache' } };
    expect(() => createDeployment([stack('shop-dev-x-api', { ...api, ...unknown })], 'shop-dev', '')).toThrow(
      /shop-dev-x-api has Cache of type AWS::ElastiCache::ServerlessCache, which the local cloud does not know/,
    );
    const conditional = stack(
      'shop-dev-x-api',
      { ...api, Q: { Type: 'AWS::SQS::Queue', Condition: 'Never' } },
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    );
    expect(createDeployment([conditional], 'shop-dev', '').ofType('AWS::SQS::Queue')).toEqual([]);
  });

  test('names the property of a resource that it cannot read', () => {
    const [resource] = createDeployment([stack('shop-dev-x-api', api)], 'shop-dev', '').ofType(
      'AWS::ApiGatewayV2::Api',
    );
    expect(() => resource?.read(z.object({ Name: z.string() }))).toThrow(
      /cannot read Api of shop-dev-x-api[\s\S]*Name/,
    );
  });
});

describe('reading cdk.out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-assembly-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds stacks, also those of nested assemblies, and their assets', () => {
    const nested = join(folder, 'assembly-Stage');
    mkdirSync(nested);
    const write = (path: string, value: unknown) => writeFileSync(path, JSON.stringify(value));
    write(join(folder, 'manifest.json'), {
      artifacts: { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } } },
    });
    write(join(nested, 'manifest.json'), {
      artifacts: {
        Shop: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://1/us-east-1',
          properties: { templateFile: 'Shop.template.json' },
        },
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      },
    });
    write(join(nested, 'Shop.template.json'), { Resources: api });
    write(join(nested, 'Shop.assets.json'), {
      files: { x: { source: { path: '../asset.x' }, destinations: { a: { objectKey: 'x.zip' } } } },
    });
    const [found] = readAssembly(folder);
    expect(found).toMatchObject({ name: 'Shop', region: 'us-east-1' });
    expect(found?.assets.get('x.zip')).toBe(join(folder, 'asset.x'));
  });

  test('a folder without an assembly is a sentence', () => {
    expect(() => readAssembly(join(folder, 'none'))).toThrow(
      /holds no cloud assembly \(manifest.json is missing\): synthesize first\.$/,
    );
  });
});
