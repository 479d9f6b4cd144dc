import { z } from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';

/** What the templates set up for sending. */
export interface SendingSetup {
  /** ARN of the identity that covers an address: the address itself or its domain; undefined where none does. */
  identityArn(address: string): string | undefined;
  configurationSetArn(name: string): string;
  hasConfigurationSet(name: string): boolean;
  /** Default configuration set of the identity that covers an address. */
  defaultConfigurationSet(address: string): string | undefined;
  /** Whether a configuration set publishes this kind of event to the default bus. */
  publishes(configurationSet: string, kind: 'BOUNCE' | 'COMPLAINT'): boolean;
}

const IdentityProperties = z.object({
  EmailIdentity: z.string(),
  ConfigurationSetAttributes: z.object({ ConfigurationSetName: z.string().optional() }).optional(),
});
const DestinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }).optional(),
  }),
});

export function readSendingSetup(deployment: Deployment): SendingSetup {
  const { region, account } = deployment.place;
  const identities = new Map(
    deployment.ofType('AWS::SES::EmailIdentity').map((resource) => {
      const { EmailIdentity, ConfigurationSetAttributes } = resource.read(IdentityProperties);
      return [EmailIdentity.toLowerCase(), ConfigurationSetAttributes?.ConfigurationSetName] as const;
    }),
  );
  const sets = new Set(deployment.ofType('AWS::SES::ConfigurationSet').map(({ ref }) => ref));
  const destinations = deployment
    .ofType('AWS::SES::ConfigurationSetEventDestination')
    .map((resource) => resource.read(DestinationProperties));
  const covering = (address: string): string | undefined => {
    const domain = address.split('@')[1] ?? '';
    // A verified domain covers its subdomains too.
    const parents = domain.split('.').map((_, index, labels) => labels.slice(index).join('.'));
    return [address, ...parents].map((name) => name.toLowerCase()).find((name) => identities.has(name));
  };
  return {
    identityArn(address) {
      const identity = covering(address);
      return identity && `arn:aws:ses:${region}:${account}:identity/${identity}`;
    },
    configurationSetArn: (name) => `arn:aws:ses:${region}:${account}:configuration-set/${name}`,
    hasConfigurationSet: (name) => sets.has(name),
    defaultConfigurationSet(address) {
      const identity = covering(address);
      return identity === undefined ? undefined : identities.get(identity);
    },
    publishes: (configurationSet, kind) =>
      destinations.some(
        ({ ConfigurationSetName, EventDestination }) =>
          ConfigurationSetName === configurationSet &&
          EventDestination.Enabled &&
          EventDestination.EventBridgeDestination !== undefined &&
          EventDestination.MatchingEventTypes.some((type) => type.toUpperCase() === kind),
      ),
  };
}
