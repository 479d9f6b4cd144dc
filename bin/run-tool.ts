import { ConfigurationError } from '../brands/configuration-error.ts';

/**
 * Runs a command of `bin/`. What the person at the keyboard got wrong (a setting, an argument) is one sentence on
 * standard error and exit code 1; anything else is a bug and keeps its stack trace.
 */
export async function runTool(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Error) || !(error instanceof ConfigurationError || isArgumentError(error))) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** An error of `parseArgs` about what was typed. */
function isArgumentError(error: Error): boolean {
  return 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
