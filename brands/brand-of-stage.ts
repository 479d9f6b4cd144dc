import type { Brand } from '../lambdas/shared/domain/brand.ts';
import type { BrandDefinition, StageName } from './brand-definition.ts';

/**
 * What the functions of one stage see of the brand: its `brand.json`. Regions, accounts and reasons stay behind, so
 * that moving a brand does not change the assets of its functions.
 */
export function brandOfStage(definition: BrandDefinition, stageName: StageName): Brand {
  const { passwords, stages, ...brand } = definition;
  const { singleFactorReason: _, ...policy } = passwords;
  const stage = stages[stageName];
  return {
    ...brand,
    sender: { ...brand.sender, ...stage.sender },
    passwords: policy,
    limits: { ...brand.limits, ...stage.limits },
    abuse: { ...brand.abuse, ...stage.abuse },
    clients: brand.clients.map((client) => {
      const added = stage.clients?.[client.id];
      const keys = [...(client.jwks?.keys ?? []), ...(added?.jwks?.keys ?? [])];
      return {
        ...client,
        redirectUris: [...client.redirectUris, ...(added?.redirectUris ?? [])],
        origins: [...client.origins, ...(added?.origins ?? [])],
        ...(keys.length > 0 && { jwks: { keys } }),
        ...(added?.postLogoutRedirectUris && {
          postLogoutRedirectUris: [...(client.postLogoutRedirectUris ?? []), ...added.postLogoutRedirectUris],
        }),
        ...(added?.onwardOrigins && {
          onwardOrigins: [...(client.onwardOrigins ?? []), ...added.onwardOrigins],
        }),
      };
    }),
  };
}
