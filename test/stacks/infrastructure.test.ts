import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alarmChecks } from './alarm-checks.ts';
import { synthesize } from './assembly.ts';
import { roleChecks } from './role-checks.ts';
import { storageChecks } from './storage-checks.ts';
import { assetChecks, surfaceChecks } from './surface-checks.ts';

// One synthesis for all checks: it takes longer than they do.
const { deployments, folder } = await synthesize();

describe.each(deployments.map((deployment) => [deployment.name, deployment] as const))('%s', (_, deployment) => {
  roleChecks(deployment);
  storageChecks(deployment);
  surfaceChecks(deployment);
  alarmChecks(deployment);
});

assetChecks(folder);

test('cdk-nag AwsSolutions and the rules of the CDK have neither errors nor warnings', () => {
  // There is a report only if there is something to report; errors have stopped the synthesis before.
  const file = join(folder, 'validation-report.json');
  const report = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { pluginReports: { violations: [] }[] })
    : undefined;
  expect(report?.pluginReports.flatMap(({ violations }) => violations) ?? []).toEqual([]);
});
