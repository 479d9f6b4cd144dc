import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formParameters } from '../../lambdas/shared/http/parameters.ts';
import { readEvent } from '../../lambdas/shared/http/request.ts';

const parse = (body: string) => formParameters({ ...readEvent({ body }, 0), body: undefined });

describe('parameters of a protocol endpoint', () => {
  test('OP2: a name that comes twice with a value is repeated, once and whatever it is; empty ones are not there', () => {
    const name = fc.constantFrom('scope', 'state', '__proto__', 'constructor', 'a b');
    const pairs = fc.array(fc.tuple(name, fc.constantFrom('', 'x', 'y')));
    fc.assert(
      fc.property(pairs, (given) => {
        const { values, repeated } = parse(String(new URLSearchParams(given)));
        const named = given.filter(([, value]) => value !== '').map(([each]) => each);
        expect(Object.keys(values).toSorted()).toEqual([...new Set(named)].toSorted());
        const twice = new Set(named.filter((each) => named.filter((other) => other === each).length > 1));
        expect(repeated.toSorted()).toEqual([...twice].toSorted());
      }),
    );
  });
});
