/** One line of JSON: whatever a user typed is encoded inside it (LG2). Fields hold ids, codes and keyed hashes only (LG1). */
export function log(
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, unknown>>,
): void {
  const line = { time: new Date().toISOString(), level, message, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What a log may say of a failure: kind and place. Messages of libraries can carry input, so they stay out. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { error: error.name, at: frames.slice(0, 6).map((frame) => frame.trim()), ...cause };
}
