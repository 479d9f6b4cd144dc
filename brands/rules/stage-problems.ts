import { type BrandDefinition, type BrandStage, type StageName, stageNames } from '../brand-definition.ts';
import { keyProblems } from './client-key-problems.ts';
import { addressProblems } from './client-problems.ts';
import { boundsOfLimits } from './limit-problems.ts';
import { duplicates, type Problem, quoted, type Rule } from './problem.ts';
import { isAddress, isDomain, isWithin, senderAddressProblems } from './sender-problems.ts';

/** Where each stage lives and what it changes. */
export const stageProblems: Rule = function* (brand) {
  for (const name of stageNames) {
    const stage = brand.stages[name];
    const key = `stages.${name}`;
    yield* placeProblems(key, name, stage);
    yield* domainProblems(key, stage);
    if (stage.sender !== undefined) yield* senderAddressProblems(`${key}.sender`, stage.sender);
    if (stage.limits !== undefined) yield* boundsOfLimits(`${key}.limits`, stage.limits);
    yield* additionProblems(key, name, brand);
  }
};

function* placeProblems(key: string, name: StageName, stage: BrandStage): Generator<Problem> {
  if (name === 'dev' && stage.replicas.length > 0) {
    yield { key: `${key}.replicas`, says: 'must be empty: only prod is copied to other regions' };
  }
  // Whoever reaches the API around the edge would say where they are.
  if (name === 'prod' && stage.edge === 'cloudfront') {
    yield {
      key: `${key}.edge`,
      says: '"cloudfront" must be "none": prod has no edge yet that the API can be reached through alone',
    };
  }
  for (const [i, replica] of stage.replicas.entries()) {
    if (replica === stage.region) {
      yield {
        key: `${key}.replicas[${i}]`,
        says: `${quoted(replica)} must differ from ${key}.region, which is the primary`,
      };
    }
  }
  yield* duplicates(stage.replicas, (i) => `${key}.replicas[${i}]`);
  if (stage.alarmsTo !== undefined && !isAddress(stage.alarmsTo)) {
    yield { key: `${key}.alarmsTo`, says: `${quoted(stage.alarmsTo)} must be one mail address` };
  }
  if (stage.account !== undefined && !/^\d{12}$/.test(stage.account)) {
    yield { key: `${key}.account`, says: `${quoted(stage.account)} must be the twelve digits of an AWS account` };
  }
}

function* domainProblems(key: string, { domain }: BrandStage): Generator<Problem> {
  if (domain === undefined) return;
  if (!/^Z[A-Z0-9]{1,31}$/.test(domain.hostedZoneId)) {
    yield {
      key: `${key}.domain.hostedZoneId`,
      says: `${quoted(domain.hostedZoneId)} must be a Route 53 zone id: Z and capitals or digits`,
    };
  }
  if (!isDomain(domain.name) || !isWithin(domain.name, domain.hostedZoneName)) {
    yield {
      key: `${key}.domain.name`,
      says: `${quoted(domain.name)} must be a host name inside ${key}.domain.hostedZoneName ${quoted(domain.hostedZoneName)}`,
    };
  }
}

function* additionProblems(key: string, name: StageName, brand: BrandDefinition): Generator<Problem> {
  for (const [clientId, addition] of Object.entries(brand.stages[name].clients ?? {})) {
    const prefix = `${key}.clients[${quoted(clientId)}]`;
    const client = brand.clients.find(({ id }) => id === clientId);
    if (client === undefined) {
      yield { key: prefix, says: `is not a client; must be one of ${brand.clients.map(({ id }) => id).join(', ')}` };
      continue;
    }
    yield* addressProblems(prefix, addition, client, name === 'dev' ? 'here' : 'in stages.dev.clients');
    if (addition.jwks !== undefined && client.authentication !== 'private_key_jwt') {
      yield { key: `${prefix}.jwks`, says: `must be left out where authentication is ${client.authentication}` };
    }
    yield* keyProblems(`${prefix}.jwks`, addition.jwks?.keys ?? [], client.jwks?.keys);
    for (const list of ['redirectUris', 'postLogoutRedirectUris', 'origins', 'onwardOrigins'] as const) {
      for (const [i, value] of (addition[list] ?? []).entries()) {
        if (client[list]?.includes(value)) {
          yield {
            key: `${prefix}.${list}[${i}]`,
            says: `${quoted(value)} is already one of the client's own; each may occur once`,
          };
        }
      }
    }
  }
}
