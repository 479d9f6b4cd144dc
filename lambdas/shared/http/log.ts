/** One line of JSON: whatever a user typed is encoded inside it (LG2). Fields hold ids, codes and keyed hashes only (LG1). */
export function log(
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, unknown>>,
): void {
  const line = { time: new Date().toISOString(), level, message, ...fields };
  try {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } catch {
    // A line that cannot be written is lost; the answer to a person is not (F29).
  }
}

/** A line that an operator looks at when there are many of it. */
export const warn = (message: string, fields: Readonly<Record<string, unknown>>): void => log('warn', message, fields);

const frame = /^ {4}at .*(:\d+:\d+|<anonymous>|native|index \d+)\)?$/;

/** The places of a stack. The message before them is cut off as a whole: a line of it can look like a place (LG1). */
function placesOf({ stack = '', message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  const trace = start < 0 ? stack : stack.slice(start + message.length);
  return trace.split('\n').filter((line) => frame.test(line));
}

/** What a log may say of a failure: kind and place. Messages of libraries can carry input, so they stay out. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  const at = placesOf(error).slice(0, 6);
  return { error: error.name, at: at.map((place) => place.trim()), ...cause };
}
