import { contractBreach } from './contract-check.ts';
import { type Answer, type Asked, type BrandId, newVisitor, type Visitor } from './visitor.ts';

/** A visitor each of whose answers is held against `contract/openapi.json`. */
export function checkedVisitor(brand: BrandId = 'northwind', client = `${brand}-web`): Visitor {
  const visitor = newVisitor(brand);
  const ask = async (method: string, path: string, asked?: Asked): Promise<Answer> => {
    const answer = await visitor.ask(method, path, asked);
    const breach = contractBreach(method, path, answer);
    if (breach !== undefined) throw new Error(`Breach of contract: ${breach}`);
    return answer;
  };
  return {
    ...visitor,
    client,
    ask,
    post: (path, json, asked) => ask('POST', path, { ...asked, json }),
    get: (path, asked) => ask('GET', path, asked),
  };
}
