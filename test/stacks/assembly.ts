import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { afterAll } from 'vitest';
import { bundle } from '../../bin/bundle.ts';
import { select } from '../../bin/select.ts';
import { addDeployments, newApp } from '../../bin/synth.ts';
import type { BrandDefinition, BrandStage, StageName } from '../../brands/brand-definition.ts';
import { brandOfStage } from '../../brands/brand-of-stage.ts';
import { brands } from '../../brands/brands.ts';
import type { Brand } from '../../lambdas/shared/domain/brand.ts';
import { deploymentName } from '../../lib/names.ts';

/** A resource of a template: JSON of whatever shape, so that a wrong path in a check fails it. */
export type Resource = ReturnType<Template['findResources']>[string] & { readonly id: string };

/** What one stack came out as. */
interface SynthesizedStack {
  /** `northwind-prod-eu-west-1-data`. */
  readonly name: string;
  readonly job: 'keys' | 'data' | 'messaging' | 'api';
  readonly region: string;
  readonly text: string;
  readonly terminationProtection: boolean;
  of(type: string): readonly Resource[];
}

/** What one stage of one brand came out as. */
export interface SynthesizedDeployment {
  readonly name: string;
  readonly brand: Brand;
  readonly stage: StageName;
  readonly place: BrandStage;
  readonly stacks: readonly SynthesizedStack[];
  /** The stack of the job in the primary region. */
  stack(job: SynthesizedStack['job']): SynthesizedStack;
  /** Resources of a type in all its stacks. */
  of(type: string): readonly Resource[];
}

/** A whole cloud assembly in a temporary folder, read back from its files. */
export interface Assembly {
  readonly folder: string;
  readonly deployments: readonly SynthesizedDeployment[];
}

/**
 * Bundles and synthesizes as `npm run synth` does, with the rules of cdk-nag, into a temporary folder that lives as long
 * as the tests of the file that calls this at its top.
 */
export async function synthesize(list: readonly BrandDefinition[] = brands, stage?: StageName): Promise<Assembly> {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-stacks-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'cdk.out');
  const app = newApp(folder);
  const selected = select(list, { stage });
  await addDeployments(app, selected, await bundle(undefined, join(root, 'bundle')), join(root, 'assets'));
  const { stacks } = app.synth();
  return {
    folder,
    deployments: selected.map(({ brand: definition, stage }) => {
      const brand = brandOfStage(definition, stage);
      const name = deploymentName({ brand, stage });
      const own = stacks.filter(({ stackName }) => stackName.startsWith(`${name}-`)).map(readStack);
      const place = definition.stages[stage];
      return {
        name,
        brand,
        stage,
        place,
        stacks: own,
        stack: (job) => {
          const found = own.find((stack) => stack.job === job && stack.region === place.region);
          if (found === undefined) throw new Error(`${name} has no ${job} stack`);
          return found;
        },
        of: (type) => own.flatMap((stack) => stack.of(type)),
      };
    }),
  };
}

function readStack(stack: CloudFormationStackArtifact): SynthesizedStack {
  const text = readFileSync(stack.templateFullPath, 'utf8');
  const template = Template.fromJSON(JSON.parse(text));
  return {
    name: stack.stackName,
    job: stack.stackName.slice(stack.stackName.lastIndexOf('-') + 1) as SynthesizedStack['job'],
    region: stack.environment.region,
    text,
    terminationProtection: stack.terminationProtection ?? false,
    of: (type) => Object.entries(template.findResources(type)).map(([id, resource]) => ({ ...resource, id })),
  };
}
