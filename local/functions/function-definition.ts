import { basename } from 'node:path';
import { z } from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { functionNameOf } from '../assembly/identities.ts';
import { refuse } from '../refusal.ts';

const FunctionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  ReservedConcurrentExecutions: z.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
  LoggingConfig: z.object({ LogFormat: z.string().optional() }).optional(),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
});
const InvokeConfigProperties = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().default(2),
  MaximumEventAgeInSeconds: z.number().default(21_600),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

/** A Lambda function of the deployment. */
export interface FunctionDefinition {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly roleName: string;
  /** Folder of its code. */
  readonly code: string;
  /** `index.handler` */
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
  readonly reserved: number | undefined;
  readonly logsAsJson: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly asynchronous: AsynchronousPolicy;
}

/** What happens to events that another service hands over without waiting. */
export interface AsynchronousPolicy {
  readonly retries: number;
  /** Seconds. */
  readonly maxAge: number;
  /** ARN of the queue for events that were given up. */
  readonly onFailure: string | undefined;
}

/** What `update-function-configuration` and `update-function-code` change. */
export interface Overrides {
  /** Variables to set; null unsets one. */
  readonly environment?: Readonly<Record<string, string | null>>;
  /** Another folder of code. */
  readonly code?: string;
}

/** A definition with changes. */
export function overridden(definition: FunctionDefinition, { environment = {}, code }: Overrides): FunctionDefinition {
  const variables = Object.entries({ ...definition.environment, ...environment });
  const set = variables.filter((entry): entry is [string, string] => entry[1] !== null);
  return { ...definition, environment: Object.fromEntries(set), code: code ?? definition.code };
}

/** The Node functions that the templates declare; custom-resource providers of the CDK are not run. */
export function readFunctions(deployment: Deployment): readonly FunctionDefinition[] {
  const policies = new Map(
    deployment.ofType('AWS::Lambda::EventInvokeConfig').map((resource) => {
      const { FunctionName, ...policy } = resource.read(InvokeConfigProperties);
      return [functionNameOf(FunctionName), policy] as const;
    }),
  );
  return deployment
    .ofType('AWS::Lambda::Function')
    .filter(({ logicalId }) => !logicalId.includes('CustomResourceProvider'))
    .map((resource) => {
      const properties = resource.read(FunctionProperties);
      if (!properties.Runtime.startsWith('nodejs'))
        refuse(`${resource.ref} runs on ${properties.Runtime}: only Node runs locally.`);
      const code = resource.stack.assets.get(properties.Code.S3Key);
      if (code === undefined)
        return refuse(`The code of ${resource.ref} (${properties.Code.S3Key}) is not among the assets.`);
      const policy = policies.get(resource.ref);
      return {
        name: resource.ref,
        logicalId: resource.logicalId,
        arn: resource.arn,
        roleName: basename(properties.Role),
        code,
        handler: properties.Handler,
        timeout: properties.Timeout,
        memory: properties.MemorySize,
        reserved: properties.ReservedConcurrentExecutions,
        logsAsJson: properties.LoggingConfig?.LogFormat === 'JSON',
        environment: properties.Environment?.Variables ?? {},
        asynchronous: {
          retries: policy?.MaximumRetryAttempts ?? 2,
          maxAge: policy?.MaximumEventAgeInSeconds ?? 21_600,
          onFailure: policy?.DestinationConfig?.OnFailure?.Destination ?? properties.DeadLetterConfig?.TargetArn,
        },
      };
    });
}
