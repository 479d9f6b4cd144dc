import { z } from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';

/** What the templates set up for texts. */
export interface TextSetup {
  /** `arn:aws:sms-voice:REGION:ACCOUNT:` before the resource. */
  readonly arnPrefix: string;
  hasConfigurationSet(name: string): boolean;
  /** Id of the protect configuration of the set. */
  protectConfigurationOf(configurationSet: string): string | undefined;
  /** Whether the protect configuration of the set blocks texts to a country. Without one nothing is blocked. */
  blocks(configurationSet: string, country: string): boolean;
}

const SetProperties = z.object({ ProtectConfigurationId: z.string().optional() });
const ProtectProperties = z.object({
  CountryRuleSet: z
    .object({ SMS: z.array(z.object({ CountryCode: z.string(), ProtectStatus: z.string() })).default([]) })
    .optional(),
});

export function readTextSetup(deployment: Deployment): TextSetup {
  const { region, account } = deployment.place;
  const sets = new Map(
    deployment
      .ofType('AWS::SMSVOICE::ConfigurationSet')
      .map((resource) => [resource.ref, resource.read(SetProperties).ProtectConfigurationId] as const),
  );
  const blocked = new Map(
    deployment.ofType('AWS::SMSVOICE::ProtectConfiguration').map((resource) => {
      const rules = resource.read(ProtectProperties).CountryRuleSet?.SMS ?? [];
      const countries = rules.filter((rule) => rule.ProtectStatus === 'BLOCK').map((rule) => rule.CountryCode);
      return [resource.ref, new Set(countries)] as const;
    }),
  );
  return {
    arnPrefix: `arn:aws:sms-voice:${region}:${account}:`,
    hasConfigurationSet: (name) => sets.has(name),
    protectConfigurationOf: (configurationSet) => sets.get(configurationSet),
    blocks: (configurationSet, country) => blocked.get(sets.get(configurationSet) ?? '')?.has(country) ?? false,
  };
}
