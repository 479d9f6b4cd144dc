import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import type { SynthesizedDeployment } from './assembly.ts';
import { deployedFunctions } from './functions.ts';

/** What stands first in the path of a route: the API, the protocol, and the hosted pages. */
const PUBLIC_ROOTS = [
  'v1',
  'oauth2',
  '.well-known',
  'email-change',
  'sign-up',
  'sign-in',
  'recover',
  'consent',
  'purposes',
  'choose-account',
  'account',
  'device',
];

/** API Gateway gives up on an HTTP integration after this. */
const GATEWAY_TIMEOUT = 30;
/** The paths of the local cloud; `ui_locales` is something else. */
const LOCAL_CLOUD = /(?<![a-z])_local(?![a-z])/i;
const ENVIRONMENT = [
  'DEAD_LETTER_QUEUE_URL',
  'DIRECTORY_TABLE',
  'EDGE',
  'EVENT_BUS_NAME',
  'ISSUER',
  'MAIL_CONFIGURATION_SET',
  'SESSIONS_TABLE',
  'TEXT_CONFIGURATION_SET',
  'VAULT_KEY_ARN',
  'VAULT_TABLE',
  'PWNED_ENDPOINT',
];

/** What of a deployment can be reached, and how it fails (CHECKS INF4, INF6, INF8). */
export function surfaceChecks(deployment: SynthesizedDeployment): void {
  const { stage, place, brand } = deployment;
  const api = deployment.stack('api');
  const functions = deployedFunctions(deployment);
  const httpApi = api.of('AWS::ApiGatewayV2::Api')[0]?.Properties;
  const gatewayStage = api.of('AWS::ApiGatewayV2::Stage')[0]?.Properties;

  test('INF4: TLS 1.2 or better on the only way in; no plain HTTP', () => {
    expect(httpApi.ProtocolType).toBe('HTTP');
    const names = api.of('AWS::ApiGatewayV2::DomainName');
    expect(httpApi.DisableExecuteApiEndpoint).toBe(place.domain !== undefined);
    expect(names.map(({ Properties }) => Properties.DomainName)).toEqual(
      place.domain === undefined ? [] : [place.domain.name],
    );
    for (const { Properties } of names) {
      for (const { SecurityPolicy } of Properties.DomainNameConfigurations) expect(SecurityPolicy).toBe('TLS_1_2');
    }
    const [configurationSet] = deployment.of('AWS::SES::ConfigurationSet');
    expect(configurationSet?.Properties.DeliveryOptions.TlsPolicy).toBe('REQUIRE');
  });

  test('INF4: browsers may call from the exact origins of the clients, in prod from https alone', () => {
    const { CorsConfiguration: cors } = httpApi;
    expect(cors.AllowOrigins.toSorted()).toEqual([...new Set(brand.clients.flatMap(({ origins }) => origins))].sort());
    expect(JSON.stringify(cors)).not.toContain('*');
    expect(cors.AllowCredentials).toBe(true);
    expect(cors.AllowHeaders).toEqual(['authorization', 'content-type', 'dpop', 'idempotency-key']);
    expect(cors.ExposeHeaders).toEqual(['retry-after', 'www-authenticate', 'dpop-nonce']);
    if (stage === 'prod') for (const origin of cors.AllowOrigins) expect(origin).toMatch(/^https:/);
  });

  test('F24: what the gateway refuses by itself carries CORS headers; its body is its own, which an HTTP API cannot change', () => {
    // Native CORS is added to every reply, those of the gateway too; gateway responses exist in REST APIs alone.
    expect(httpApi.ProtocolType).toBe('HTTP');
    expect(httpApi.CorsConfiguration.ExposeHeaders).toContain('retry-after');
    expect(api.of('AWS::ApiGateway::GatewayResponse')).toEqual([]);
  });

  test('INF6: the routes are those of the capabilities, throttled one by one and all together, logged without paths and addresses', () => {
    const declared = capabilities.flatMap(({ trigger }) => (trigger.kind === 'http' ? trigger.routes : []));
    const routeKeys = api.of('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
    expect(routeKeys.sort()).toEqual(declared.map(({ method, path }) => `${method} ${path}`).sort());
    const { ThrottlingRateLimit: ceiling } = gatewayStage.DefaultRouteSettings;
    expect(ceiling).toBeGreaterThan(0);
    for (const { method, path, throttle } of declared) {
      const own = gatewayStage.RouteSettings[`${method} ${path}`];
      if (throttle === undefined) expect(own).toBeUndefined();
      else expect(own.ThrottlingRateLimit).toBe(Math.min(throttle.rate, ceiling));
    }
    const format = gatewayStage.AccessLogSettings.Format;
    expect(format).toContain('$context.routeKey');
    expect(format).not.toMatch(/\$context\.(path|identity|httpMethod|authorizer|requestOverride)|query|header/i);
  });

  test('INF6: Node 24 on arm64, traced, its own log, a timeout below that of the gateway', () => {
    for (const { capability, fn } of functions) {
      expect(fn.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize: capability.memory,
        Timeout: capability.timeout,
        TracingConfig: { Mode: 'Active' },
      });
      expect(fn.Properties.Timeout).toBeLessThan(GATEWAY_TIMEOUT);
      expect(fn.Properties.LoggingConfig.LogGroup).toBeDefined();
    }
  });

  test('INF6: sign-in and tokens keep concurrency of their own in prod', () => {
    for (const { capability, fn } of functions) {
      expect(fn.Properties.ReservedConcurrentExecutions, capability.name).toBe(
        stage === 'prod' ? capability.reserved : undefined,
      );
    }
    for (const name of ['login', 'token']) {
      expect(capabilities.find((capability) => capability.name === name)?.reserved).toBeGreaterThan(0);
    }
  });

  test('INF6: what no caller waits for ends in a dead-letter queue when it fails', () => {
    const mappings = api.of('AWS::Lambda::EventSourceMapping');
    const asynchronous = api.of('AWS::Lambda::EventInvokeConfig');
    const rules = api.of('AWS::Events::Rule');
    for (const { capability, fn } of functions) {
      const { trigger, name } = capability;
      const queue = new RegExp(`${name.replaceAll('-', '')}deadletters`);
      const own = mappings.filter(({ Properties }) => Properties.FunctionName.Ref === fn.id);
      expect(own).toHaveLength(trigger.kind === 'streams' ? trigger.tables.length : 0);
      for (const { Properties } of own) {
        expect(Properties).toMatchObject({
          BisectBatchOnFunctionError: true,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        });
        expect(JSON.stringify(Properties.DestinationConfig.OnFailure)).toMatch(queue);
        expect(Properties.MaximumRecordAgeInSeconds).toBeGreaterThan(0);
        // Who tries until a record is too old must not be held up by one that never succeeds (F16).
        const buries = trigger.kind === 'streams' && trigger.buries === true;
        expect(Properties.MaximumRetryAttempts === undefined).toBe(buries);
        expect('DEAD_LETTER_QUEUE_URL' in fn.Properties.Environment.Variables).toBe(buries);
        const [{ Pattern }] = Properties.FilterCriteria.Filters;
        expect(JSON.parse(Pattern)).toEqual({
          dynamodb: { NewImage: { event: { M: { id: { S: [{ exists: true }] } } } } },
        });
      }
      if (trigger.kind === 'http' || trigger.kind === 'streams') continue;
      const invoke = asynchronous.find(({ Properties }) => Properties.FunctionName.Ref === fn.id);
      expect(JSON.stringify(invoke?.Properties.DestinationConfig.OnFailure)).toMatch(queue);
      const rule = rules.find(({ Properties }) => Properties.Targets[0].Arn['Fn::GetAtt'][0] === fn.id);
      expect(JSON.stringify(rule?.Properties.Targets[0].DeadLetterConfig)).toMatch(queue);
    }
  });

  test('INF6: the environment holds names and ARNs of what the capability uses, and no secret', () => {
    for (const { capability, fn } of functions) {
      const variables: { [name: string]: unknown } = fn.Properties.Environment.Variables;
      for (const [name, value] of Object.entries(variables)) {
        expect(ENVIRONMENT).toContain(name);
        if (name === 'EDGE') expect(value).toBe(place.edge);
        else if (name === 'PWNED_ENDPOINT') expect(value).toBe('https://api.pwnedpasswords.com');
        else if (name === 'TEXT_CONFIGURATION_SET') expect(value).toBe(`${brand.id}-${stage}`);
        else if (typeof value === 'string') expect([name, value]).toEqual(['ISSUER', `https://${place.domain?.name}`]);
        else expect(Object.keys(value as object)).toEqual([name === 'ISSUER' ? 'Fn::GetAtt' : 'Fn::GetStackOutput']);
      }
      // RL5: headers of an edge are believed only where the stage says that there is one.
      expect('EDGE' in variables).toBe(capability.trigger.kind === 'http' && place.edge === 'cloudfront');
      expect('DIRECTORY_TABLE' in variables).toBe(capability.items.Directory !== undefined);
      expect('VAULT_KEY_ARN' in variables).toBe((capability.opens ?? capability.makes) !== undefined);
      expect('EVENT_BUS_NAME' in variables).toBe(capability.sends === 'events');
      expect('MAIL_CONFIGURATION_SET' in variables).toBe(capability.sends === 'mail');
      const texts = capability.sends === 'mail' && brand.authentication.sms !== undefined;
      expect('TEXT_CONFIGURATION_SET' in variables).toBe(texts);
    }
  });

  test('F13: bounces and complaints of this configuration set, and of no other, reach mail-feedback', () => {
    const [destination] = deployment.of('AWS::SES::ConfigurationSetEventDestination');
    expect(destination?.Properties.EventDestination).toMatchObject({
      Enabled: true,
      MatchingEventTypes: ['bounce', 'complaint'],
    });
    const rule = api
      .of('AWS::Events::Rule')
      .find(({ Properties }) => Properties.EventPattern?.source?.includes('aws.ses'))?.Properties;
    expect(rule?.EventBusName).toBeUndefined();
    expect(rule?.EventPattern.source).toEqual(['aws.ses']);
    expect(rule?.EventPattern.detail.eventType).toEqual(['Bounce', 'Complaint']);
    expect(JSON.stringify(rule?.EventPattern.detail.mail.tags['ses:configuration-set'])).toContain('ConfigurationSet');
  });

  test('F13: what becomes of texts through this protect configuration reaches text-feedback; a brand without listens to none', () => {
    const rule = api
      .of('AWS::Events::Rule')
      .find(({ Properties }) => Properties.EventPattern?.source?.includes('aws.sms-voice'))?.Properties;
    expect(rule?.EventBusName).toBeUndefined();
    expect(rule?.EventPattern['detail-type']).toEqual(['Text Message Delivery Status Updated']);
    if (!brand.authentication.sms) return expect(rule?.State).toBe('DISABLED');
    expect(rule?.State).toBe('ENABLED');
    const [ours, unnamed, ...more] = rule?.EventPattern.detail.$or ?? [];
    expect(JSON.stringify(ours.protectConfiguration.protectConfigurationId)).toContain('Protect');
    expect(unnamed).toEqual({ protectConfiguration: { protectConfigurationId: [{ exists: false }] } });
    expect(more).toEqual([]);
  });

  test('INF8: no route for debugging, testing or seeding', () => {
    for (const stack of deployment.stacks) expect(stack.text).not.toMatch(LOCAL_CLOUD);
    for (const { Properties } of api.of('AWS::ApiGatewayV2::Route')) {
      const [, root] = /^(?:GET|POST|PUT|PATCH|DELETE) \/([^/]+)/.exec(String(Properties.RouteKey)) ?? [];
      expect(PUBLIC_ROOTS).toContain(root);
    }
  });
}

/** No trace of the local cloud in the code of any function (CHECKS INF8). */
export function assetChecks(folder: string): void {
  test('INF8: nothing that is deployed knows of /_local', () => {
    const assets = readdirSync(folder).filter((name) => name.startsWith('asset.'));
    expect(assets.length).toBeGreaterThanOrEqual(capabilities.length);
    for (const asset of assets) {
      for (const file of readdirSync(join(folder, asset), { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const text = readFileSync(join(file.parentPath, file.name), 'utf8');
        expect(LOCAL_CLOUD.test(text), join(asset, file.name)).toBe(false);
      }
    }
  });
}
