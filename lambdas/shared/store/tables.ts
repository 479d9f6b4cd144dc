import { type Dynamodb, openDynamodb } from './dynamodb.ts';

/** The tables as a function sees them; a name is empty where its role has no items there. */
export interface Tables {
  readonly client: Dynamodb;
  readonly directory: string;
  readonly sessions: string;
  readonly vault: string;
}

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Sort key of an item that is alone in its partition. */
export const only = '#';

/**
 * One client per function. A call gives up after 2 s and is tried three times, so that the slowest answer still comes
 * well inside the function's own timeout and the gateway's 30 s (F1, F18).
 */
export function openTables(env: NodeJS.ProcessEnv): Tables {
  return {
    client: openDynamodb(env),
    directory: env.DIRECTORY_TABLE ?? '',
    sessions: env.SESSIONS_TABLE ?? '',
    vault: env.VAULT_TABLE ?? '',
  };
}
