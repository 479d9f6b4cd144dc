/**
 * A mistake in the configuration, not in the program: the synth prints its message, one sentence, and ends with a
 * non-zero exit and no stack trace.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
