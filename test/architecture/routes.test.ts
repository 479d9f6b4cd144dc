import { describe, expect, it } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import { classified, classOf } from './route-classes.ts';
import { sourcesOf } from './sources.ts';

const routes = capabilities.flatMap(({ name, trigger }) =>
  trigger.kind === 'http' ? trigger.routes.map((route) => ({ name, route })) : [],
);
const keyOf = ({ route: { method, path } }: (typeof routes)[number]) => `${method} ${path}`;

describe('LOG2: what each route has to do with sessions', () => {
  it('every route has a class, and every class a route', () => {
    expect(routes.filter(({ route }) => classOf(route) === undefined).map(keyOf)).toEqual([]);
    const known = new Set(routes.map(keyOf));
    expect(classified.filter((key) => !known.has(key))).toEqual([]);
  });

  it('a session begins behind the gate alone', () => {
    const sources = sourcesOf('lambdas');
    const begins = /\b(newBeginning|newSession|newBrowserSession)\(/;
    const found = sources.filter(({ text }) => begins.test(text)).map(({ path }) => path);
    // The gate, what it is made of, and the stronger session that takes a weaker one's place.
    expect(found.toSorted()).toEqual([
      'lambdas/authenticators/elevate.ts',
      'lambdas/shared/domain/beginning.ts',
      'lambdas/shared/domain/let-in.ts',
      'lambdas/shared/domain/session-start.ts',
    ]);
  });

  it('a capability with a route that begins a session goes through the gate', () => {
    const folders = new Set(routes.filter(({ route }) => classOf(route) === 'session').map(({ name }) => name));
    for (const folder of folders) {
      const own = sourcesOf(`lambdas/${folder}`);
      expect([folder, own.some(({ text }) => /\bletIn\(/.test(text))]).toEqual([folder, true]);
    }
  });
});
