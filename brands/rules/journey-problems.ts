import { onwardOrigins } from '../../lambdas/shared/domain/clients.ts';
import { stageNames } from '../brand-definition.ts';
import { brandOfStage } from '../brand-of-stage.ts';
import type { Rule } from './problem.ts';

/** Characters; the gateway answers with 10,240 bytes of headers at most, of which a page has some 1,000 besides. */
const most = 4000;

/** Where the journeys of a client may lead to stands in a header of each of its pages; addresses were judged before. */
export const journeyProblems: Rule = function* (definition) {
  for (const stage of stageNames) {
    for (const [i, client] of brandOfStage(definition, stage).clients.entries()) {
      const { length } = onwardOrigins(client).join(' ');
      if (length > most) {
        const says = `has addresses at origins of ${length} characters together in ${stage}; must be at most ${most}, since pages name them in a header`;
        yield { key: `clients[${i}]`, says };
      }
    }
  }
};
