import { inspect } from 'node:util';

const LEVELS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/**
 * Lambda's JSON log format (`LoggingConfig.LogFormat: JSON`): every console call becomes one line
 * `{ timestamp, level, requestId, message }`, whatever line breaks its arguments hold.
 */
export function writeConsoleAsJson(requestId: () => string | undefined): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...parts: readonly unknown[]) => {
      const line = { timestamp: new Date().toISOString(), level, requestId: requestId(), ...messageOf(parts) };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    });
  }
}

function messageOf(parts: readonly unknown[]): object {
  const [only] = parts;
  if (parts.length === 1 && only instanceof Error) {
    return { errorType: only.name, errorMessage: only.message, stackTrace: only.stack?.split('\n') ?? [] };
  }
  if (parts.length === 1 && only !== null && typeof only === 'object') return { message: only };
  return { message: parts.map((part) => (typeof part === 'string' ? part : inspect(part))).join(' ') };
}
