import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { refuse } from '../refusal.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
});
const Template = z.object({
  Resources: z.record(z.string(), Resource).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
});
const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});
const Assets = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/** One synthesized stack: its template as CloudFormation would get it, and where its file assets lie on disk. */
export interface Stack {
  readonly name: string;
  readonly region: string;
  readonly template: z.infer<typeof Template>;
  /** S3 object key -> absolute path of the asset's file or folder. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Every stack of a cloud assembly (`cdk.out`), those of nested assemblies (stages) included. */
export function readAssembly(directory: string): readonly Stack[] {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) refuse(`${directory} holds no cloud assembly (manifest.json is missing): synthesize first.`);
  const { artifacts } = read(file, Manifest);
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (artifact.type === 'cdk:cloud-assembly') {
      return readAssembly(join(directory, String(artifact.properties.directoryName)));
    }
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const templateFile = String(artifact.properties.templateFile);
    return [
      {
        name: String(artifact.properties.stackName ?? id),
        region: artifact.environment?.split('/').at(-1) ?? 'unknown-region',
        template: read(join(directory, templateFile), Template),
        assets: readAssets(directory, templateFile.replace(/\.template\.json$/, '.assets.json')),
      },
    ];
  });
}

function readAssets(directory: string, manifest: string): ReadonlyMap<string, string> {
  const file = join(directory, manifest);
  if (!existsSync(file)) return new Map();
  const { files } = read(file, Assets);
  return new Map(
    Object.values(files).flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, resolve(directory, source.path)] as const),
    ),
  );
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : refuse(`${file} is not what the CDK writes: ${z.prettifyError(parsed.error)}.`);
}
