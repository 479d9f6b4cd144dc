import Bowser from 'bowser';

/** What a person recognises a device by; each part only where the header says something that is known. */
export interface DeviceParts {
  readonly browser?: string;
  readonly system?: string;
}

/** Reads a User-Agent header. */
export function deviceParts(userAgent: string): DeviceParts {
  if (!userAgent) return {};
  const { browser, os } = Bowser.parse(userAgent);
  return { ...(browser.name && { browser: browser.name }), ...(os.name && { system: os.name }) };
}

/** `Firefox on macOS`. Empty where the header says nothing that is known. */
export function describeDevice(userAgent: string): string {
  const { browser, system } = deviceParts(userAgent);
  return [browser, system].filter(Boolean).join(' on ');
}
