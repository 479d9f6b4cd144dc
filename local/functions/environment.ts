import type { FunctionDefinition } from './function-definition.ts';

/** Endpoint variables of the SDKs: every service goes through the one proxy. */
const SERVICES = ['DYNAMODB', 'KMS', 'SES', 'EVENTBRIDGE', 'SQS', 'PINPOINT_SMS_VOICE_V2'];

/** The range API of Have I Been Pwned, where the template names it: served by the proxy too. */
function breachesAt(proxy: string, { environment }: FunctionDefinition): Readonly<Record<string, string>> {
  return environment.PWNED_ENDPOINT?.startsWith('https:') ? { PWNED_ENDPOINT: proxy } : {};
}

/**
 * The whole environment of a worker: the template's variables and what Lambda itself sets. Nothing of the developer's
 * shell gets in.
 */
export function environmentOf(
  definition: FunctionDefinition,
  worker: { readonly accessKey: string; readonly region: string; readonly proxy: string },
): Readonly<Record<string, string>> {
  const endpoints = Object.fromEntries(SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, worker.proxy]));
  return {
    ...definition.environment,
    ...endpoints,
    ...breachesAt(worker.proxy, definition),
    AWS_REGION: worker.region,
    AWS_DEFAULT_REGION: worker.region,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memory),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    _HANDLER: definition.handler,
    LAMBDA_TASK_ROOT: definition.code,
    AWS_ACCESS_KEY_ID: worker.accessKey,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    TZ: ':UTC',
  };
}
