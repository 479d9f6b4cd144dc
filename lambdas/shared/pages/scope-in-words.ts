import type { View } from './view.ts';

const known = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'] as const;

/** A scope in words. */
export function scopeInWords({ say }: View, scope: string): string {
  const standard = known.find((each) => each === scope);
  return standard ? say(`scope.${standard}`) : say('scope.other', { scope });
}
