import { log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { dueRecoveries, remindOfRecovery } from '../shared/store/recovery-store.ts';
import { remindOfRecoveries } from './remind-of-recoveries.ts';

const { clock, random, tables } = startRuntime();
const store = bind(tables, { dueRecoveries, remindOfRecovery });

export async function handler(): Promise<void> {
  log('info', 'recoveries', { told: await remindOfRecoveries({ random, store }, clock()) });
}
