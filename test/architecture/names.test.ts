import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import { contracts } from '../../bin/contracts.ts';
import { root, sourcesOf } from './sources.ts';

const all = sourcesOf('bin', 'brands', 'lib', 'lambdas', 'local', 'bench', 'test');

describe('names and shapes (DESIGN section 2)', () => {
  it('has no drawers: no utils, helpers, common, misc', () => {
    const drawers = all.filter(({ path }) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.tsx?$)/.test(path));
    expect(drawers.map(({ path }) => path)).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const odd = all.filter(({ path }) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.test)?\.tsx?$/.test(path));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  it('has eight shared rooms and no drawer', () => {
    const rooms = readdirSync(join(root, 'lambdas/shared'));
    expect(rooms.toSorted()).toEqual(['domain', 'http', 'mail', 'messages', 'oidc', 'pages', 'store', 'vault']);
  });

  it('lists every capability folder', () => {
    const folders = readdirSync(join(root, 'lambdas'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
      .map(({ name }) => name);
    expect(capabilities.map(({ name }) => name).toSorted()).toEqual(folders.toSorted());
  });

  it('holds routes and contract to each other both ways', () => {
    for (const { name, trigger } of capabilities) {
      const routes = trigger.kind === 'http' ? trigger.routes.map(({ method, path }) => `${method} ${path}`) : [];
      expect(Object.keys(contracts[name] ?? {}).toSorted(), name).toEqual(routes.toSorted());
    }
  });

  it('documents each exported function and interface of lambdas', () => {
    const bare = sourcesOf('lambdas')
      .filter(({ path }) => !/\/(handler|contract|capability)\.ts$/.test(path))
      .flatMap(({ path, text }) => {
        const lines = text.split('\n');
        return lines
          .map((line, at) => ({ line, before: lines[at - 1] ?? '' }))
          .filter(({ line }) => /^export (async )?function /.test(line))
          .filter(({ before }) => !before.trimEnd().endsWith('*/'))
          .map(({ line }) => `${path}: ${line}`);
      });
    expect(bare).toEqual([]);
  });

  it('has no stub, skip, any or suppressed type', () => {
    // Written apart, so that this file does not find itself.
    const marks = [
      ['TO', 'DO'],
      ['FIX', 'ME'],
      ['@ts-', 'ignore'],
      ['@ts-', 'expect-error'],
      ['.sk', 'ip('],
      ['.on', 'ly('],
    ];
    const found = all.flatMap(({ path, text }) =>
      marks
        .map((mark) => mark.join(''))
        .filter((mark) => text.includes(mark))
        .map((mark) => `${path}: ${mark}`),
    );
    expect(found).toEqual([]);
  });
});
