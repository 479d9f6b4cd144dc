import { type Activity, activityItemKey } from '../shared/domain/activity.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

/** Lines that are shown at most. */
export const mostLines = 50;

/** A line as its owner sees it. */
export interface ActivityLine extends Pick<Activity, 'at' | 'outcome' | 'reasons' | 'clientId'> {
  readonly device: SessionDevice;
}

/** Opens the lines of a person. */
export function viewActivity(
  sealing: Pick<SealingRing, 'openEphemeral'>,
  lines: readonly Activity[],
): readonly ActivityLine[] {
  return lines.map(({ userId, id, at, outcome, reasons, clientId, sealed }) => {
    const device = sealing.openEphemeral(activityItemKey(userId, id), sealed) as SessionDevice;
    return { at, outcome, reasons, clientId, device };
  });
}
