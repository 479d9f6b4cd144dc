import { Duration, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  type CfnRoute,
  type CfnStage,
  CorsHttpMethod,
  DomainName,
  EndpointType,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { StageDomain } from '../../brands/brand-definition.ts';
import type { Capability, Route } from '../../lambdas/shared/domain/capability.ts';
import type { DeploymentStack } from '../deployment.ts';
import { deploymentName } from '../names.ts';
import type { StagePolicy } from '../stage-policy.ts';
import type { CapabilityFunction } from './capability-function.ts';

/** Request headers that browsers may send: the token, its kind of proof, JSON, and retries that count once. */
const REQUEST_HEADERS = ['authorization', 'content-type', 'dpop', 'idempotency-key'];
/** Reply headers that a script may read: when to come back, what was wrong with the token, what the next proof needs. */
const REPLY_HEADERS = ['retry-after', 'www-authenticate', 'dpop-nonce'];

/**
 * The HTTP API in front of all functions. TLS 1.2 is the least that API Gateway speaks for an HTTP API, and it has no
 * plain HTTP at all (CHECKS INF4).
 */
export class HttpFront extends Construct {
  /** Origin of the API, without a trailing slash: the issuer. */
  readonly origin: string;
  readonly api: HttpApi;
  private readonly stage: CfnStage;
  private readonly routeSettings: Record<string, unknown> = {};
  /** A route's own throttle replaces that of the stage, so that it must not be above it. */
  private readonly ceiling: StagePolicy['throttle'];

  constructor(scope: DeploymentStack, id: string, capabilities: readonly Capability[]) {
    super(scope, id);
    const { deployment, policy } = scope;
    const { domain } = deployment.place;
    const origins = [...new Set(deployment.brand.clients.flatMap((client) => client.origins))];
    this.ceiling = policy.throttle;
    this.api = new HttpApi(this, 'Api', {
      apiName: deploymentName(deployment),
      description: `Customer identity of ${deployment.brand.name}`,
      createDefaultStage: false,
      // With a name of its own, the API must not be reachable beside it.
      disableExecuteApiEndpoint: domain !== undefined,
      ...(origins.length > 0 && {
        corsPreflight: {
          allowOrigins: origins,
          allowMethods: corsMethods(capabilities),
          allowHeaders: REQUEST_HEADERS,
          exposeHeaders: REPLY_HEADERS,
          allowCredentials: true,
          maxAge: Duration.hours(1),
        },
      }),
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: policy.logRetention,
      removalPolicy: policy.removal,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: policy.throttle,
      detailedMetricsEnabled: true,
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: accessLogFormat() },
    });
    this.stage = stage.node.defaultChild as CfnStage;
    this.stage.routeSettings = this.routeSettings;
    this.origin = domain === undefined ? this.api.apiEndpoint : `https://${domain.name}`;
    if (domain !== undefined) this.serveUnder(domain, stage);
  }

  /** Gives a function its routes, and each route its own throttle where it declares one (CHECKS RL3, the global limit). */
  serve(fn: CapabilityFunction, routes: readonly Route[]): void {
    const integration = new HttpLambdaIntegration(fn.capability.name, fn);
    for (const { method, path, throttle } of routes) {
      const added = this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
      for (const route of added) {
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason:
            'The function itself checks who calls, by the rule in its capability.ts: API Gateway cannot check flows, client secrets or revoked sessions.',
        });
        if (throttle === undefined) continue;
        this.routeSettings[`${method} ${path}`] = {
          DetailedMetricsEnabled: true,
          ThrottlingRateLimit: Math.min(throttle.rate, this.ceiling.rateLimit),
          ThrottlingBurstLimit: Math.min(throttle.burst, this.ceiling.burstLimit),
        };
        // Settings of a route that does not exist yet fail the deployment.
        this.stage.addResourceDependency(route.node.defaultChild as CfnRoute);
      }
    }
  }

  private serveUnder({ name, hostedZoneId, hostedZoneName }: StageDomain, stage: HttpStage): void {
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: hostedZoneName });
    const domainName = new DomainName(this, 'DomainName', {
      domainName: name,
      certificate: new Certificate(this, 'Certificate', {
        domainName: name,
        validation: CertificateValidation.fromDns(zone),
      }),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, 'Mapping', { api: this.api, domainName, stage });
    const target = RecordTarget.fromAlias(
      new ApiGatewayv2DomainProperties(domainName.regionalDomainName, domainName.regionalHostedZoneId),
    );
    const recordName = `${name}.`;
    new ARecord(this, 'Ipv4', { zone, recordName, target });
    new AaaaRecord(this, 'Ipv6', { zone, recordName, target });
  }
}

/** The methods that routes use; OPTIONS is the gateway's own. */
function corsMethods(capabilities: readonly Capability[]): CorsHttpMethod[] {
  const methods = capabilities.flatMap(({ trigger }) =>
    trigger.kind === 'http' ? trigger.routes.map(({ method }) => method) : [],
  );
  return [...new Set(methods)].sort().map((method) => CorsHttpMethod[method]);
}

/** Route keys instead of paths, and no address and no agent: a log that holds nothing about a person (CHECKS LG1). */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: '$context.requestId',
      time: '$context.requestTime',
      routeKey: '$context.routeKey',
      status: '$context.status',
      responseLength: '$context.responseLength',
      latency: '$context.responseLatency',
      integrationLatency: '$context.integrationLatency',
      integrationStatus: '$context.integrationStatus',
      errorType: '$context.error.responseType',
    }),
  );
}
