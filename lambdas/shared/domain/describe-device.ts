import Bowser from 'bowser';

/** `Firefox on macOS`: what a person recognises a device by. Empty where the header says nothing that is known. */
export function describeDevice(userAgent: string): string {
  if (!userAgent) return '';
  const { browser, os } = Bowser.parse(userAgent);
  return [browser.name, os.name].filter(Boolean).join(' on ');
}
