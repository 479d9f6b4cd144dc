import { z } from 'zod';
import type { Deployment, Resource } from '../assembly/deployment.ts';
import { functionNameOf } from '../assembly/identities.ts';
import { invokePermissions } from '../assembly/invoke-permissions.ts';
import { refuse } from '../refusal.ts';

const Cors = z.object({
  AllowOrigins: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowHeaders: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  AllowCredentials: z.boolean().default(false),
  MaxAge: z.number().optional(),
});
const Throttle = z.object({ ThrottlingRateLimit: z.number().optional(), ThrottlingBurstLimit: z.number().optional() });
const ApiProperties = z.object({ ProtocolType: z.literal('HTTP'), CorsConfiguration: Cors.optional() });
const RouteProperties = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.literal('NONE').optional(),
});
const IntegrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.number().default(30_000),
});
const StageProperties = z.object({
  StageName: z.literal('$default'),
  DefaultRouteSettings: Throttle.optional(),
  RouteSettings: z.record(z.string(), Throttle).default({}),
});

export type CorsConfiguration = z.infer<typeof Cors>;

/** Requests per second and requests at once. */
export interface ThrottleSetting {
  readonly rate: number;
  readonly burst: number;
}

export interface ApiRoute {
  /** `POST /v1/registrations/{flow}/resend` */
  readonly key: string;
  readonly functionName: string;
  /** Integration timeout in ms. */
  readonly timeout: number;
  /** The route's own throttle, which replaces that of the stage. */
  readonly throttle: ThrottleSetting | undefined;
}

export interface ApiDefinition {
  readonly cors: CorsConfiguration | undefined;
  readonly routes: readonly ApiRoute[];
  /** Default throttle, each route on its own. */
  readonly throttle: ThrottleSetting | undefined;
}

/** The HTTP API that the templates declare. */
export function readApi(deployment: Deployment): ApiDefinition {
  const [api, second] = deployment.ofType('AWS::ApiGatewayV2::Api');
  if (api === undefined || second !== undefined) return refuse('The local cloud serves exactly one HTTP API.');
  const stage = deployment.ofType('AWS::ApiGatewayV2::Stage')[0]?.read(StageProperties);
  const integrations = new Map(
    deployment.ofType('AWS::ApiGatewayV2::Integration').map((entry) => [entry.logicalId, entry]),
  );
  const requirePermission = invokePermissions(deployment, 'apigateway.amazonaws.com');
  return {
    cors: api.read(ApiProperties).CorsConfiguration,
    throttle: setting(stage?.DefaultRouteSettings),
    routes: deployment.ofType('AWS::ApiGatewayV2::Route').map((resource) => {
      const { RouteKey, Target } = resource.read(RouteProperties);
      const { IntegrationUri, TimeoutInMillis } = integrationOf(resource, Target, integrations).read(
        IntegrationProperties,
      );
      const functionName = functionNameOf(IntegrationUri);
      requirePermission(RouteKey, functionName);
      return {
        key: RouteKey,
        functionName,
        timeout: TimeoutInMillis,
        throttle: setting(stage?.RouteSettings[RouteKey]),
      };
    }),
  };
}

function integrationOf(route: Resource, target: string, integrations: ReadonlyMap<string, Resource>): Resource {
  return (
    integrations.get(target.replace(/^integrations\//, '')) ?? refuse(`Route ${route.logicalId} has no integration.`)
  );
}

function setting(throttle: z.infer<typeof Throttle> | undefined): ThrottleSetting | undefined {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = throttle ?? {};
  return rate === undefined || burst === undefined ? undefined : { rate, burst };
}
