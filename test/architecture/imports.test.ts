import { describe, expect, it } from 'vitest';
import { type Source, sourcesOf } from './sources.ts';

const lambdas = sourcesOf('lambdas');

/** `lambdas/login/handler.ts` -> `login`; `lambdas/shared/store/read.ts` -> `shared/store`. */
function roomOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  return first === 'shared' ? `shared/${second}` : first;
}

function valueImports(source: Source): readonly string[] {
  return source.imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target);
}

function ownImports(source: Source): readonly string[] {
  return source.imports.map(({ target }) => target).filter((target) => target.startsWith('lambdas/'));
}

describe('imports go one way (DESIGN section 2)', () => {
  it('capability.ts imports types only', () => {
    const declared = lambdas.filter(({ path }) => path.endsWith('/capability.ts') && !path.includes('/shared/'));
    expect(declared.length).toBeGreaterThan(10);
    for (const source of declared) expect(valueImports(source), source.path).toEqual([]);
  });

  it('no capability imports another', () => {
    for (const source of lambdas) {
      const room = roomOf(source.path);
      const foreign = ownImports(source).filter(
        (target) => roomOf(target) !== room && !roomOf(target).startsWith('shared/'),
      );
      expect(foreign, source.path).toEqual([]);
    }
  });

  it('only store, vault and mail import the AWS SDK', () => {
    const allowed = new Set(['shared/store', 'shared/vault', 'shared/mail']);
    const sdk = /^@(aws-sdk|smithy)\//;
    for (const source of lambdas.filter(({ path }) => !allowed.has(roomOf(path)))) {
      expect(
        source.imports.map(({ target }) => target).filter((target) => sdk.test(target)),
        source.path,
      ).toEqual([]);
    }
  });

  it('use cases and pages take their stores, keys and events as arguments', () => {
    const allowed = new Set(['shared/domain', 'shared/oidc', 'shared/messages', 'shared/pages', 'shared/mail']);
    // The composition root of a capability: its handler, its contract, and the endpoints that the handler mounts.
    const wiring = /\/(handler|contract|capability|[a-z-]+-endpoints)\.tsx?$/;
    const useCases = lambdas.filter(({ path }) => !path.startsWith('lambdas/shared/') && !wiring.test(path));
    expect(useCases.length).toBeGreaterThan(20);
    for (const source of useCases) {
      const outside = valueImports(source)
        .filter((target) => target.startsWith('lambdas/'))
        .filter((target) => roomOf(target) !== roomOf(source.path) && !allowed.has(roomOf(target)));
      expect(outside, source.path).toEqual([]);
    }
  });

  it('RL3: what anybody may begin asks for work: a flow begins without for somebody who is signed in alone', () => {
    const openly = 'lambdas/shared/domain/begin-open-flow.ts';
    const here = 'lambdas/shared/domain/begin-flow.ts';
    const begin = /(?<!function )\b(beginFlow|store\.startFlow)\(/;
    const begins = lambdas.filter(({ path, text }) => path !== openly && path !== here && begin.test(text));
    expect(begins.length).toBeGreaterThan(2);
    for (const { path, text } of begins) expect(/: OwnAccount\b/.test(text), path).toBe(true);
  });

  it('the domain knows no other room but by type', () => {
    for (const source of lambdas.filter(({ path }) => roomOf(path) === 'shared/domain')) {
      const outside = valueImports(source).filter(
        (target) => target.startsWith('lambdas/') && roomOf(target) !== 'shared/domain',
      );
      expect(outside, source.path).toEqual([]);
    }
  });

  it('only the HTTP room, the reading of streams and handlers see AWS events', () => {
    for (const source of lambdas) {
      const sees = source.imports.some(({ target }) => target === 'aws-lambda');
      const may = roomOf(source.path) === 'shared/http' || /\/(handler|stream-changes)\.ts$/.test(source.path);
      expect(sees && !may, source.path).toBe(false);
    }
  });

  it('TK10: secrets are compared in one place, in constant time, and nowhere else', () => {
    const early = /(===|!==)[^?;]*\.(mac|digest)\(|\.(mac|digest)\([^?;]*(===|!==)|\.equals\(/;
    const secrets =
      /\b(expected|genuine|macOf|tokenOf|tokenFor)\b\)? (===|!==)|(===|!==) (expected\b(?!\.)|macOf|tokenOf|tokenFor)/;
    for (const { path, text } of lambdas) {
      const isThePlace = path === 'lambdas/shared/domain/same-secret.ts';
      expect(text.includes('timingSafeEqual'), path).toBe(isThePlace);
      const found = text.split('\n').filter((line) => early.test(line) || secrets.test(line));
      expect(found, path).toEqual([]);
    }
  });

  it('lib imports capabilities and brands, and nothing else of ours', () => {
    for (const source of sourcesOf('lib')) {
      const outside = valueImports(source)
        .filter((target) => !target.startsWith('lib/') && /^(lambdas|bin|local|test|bench)\//.test(target))
        .filter((target) => !target.endsWith('/capability.ts'));
      expect(outside, source.path).toEqual([]);
    }
  });

  it('nothing that is deployed imports the local cloud, the tests or the bench', () => {
    for (const source of sourcesOf('lambdas', 'lib', 'brands', 'bin')) {
      const outside = source.imports.filter(({ target }) => /^(local|test|bench)\//.test(target));
      expect(outside, source.path).toEqual([]);
    }
  });
});
