import { expect, test } from 'vitest';
import { brandOfStage } from '../../brands/brand-of-stage.ts';
import { northwind } from '../../brands/northwind.ts';
import { solmar } from '../../brands/solmar.ts';

test('functions see neither regions nor reasons', () => {
  const seen = brandOfStage(solmar, 'prod');
  expect(Object.keys(seen)).not.toContain('stages');
  expect(Object.keys(seen.passwords).sort()).toEqual(['breaches', 'forbidden', 'maxLength', 'minLength']);
});

test('a stage adds addresses to a client and replaces sender and limits', () => {
  const definition = {
    ...northwind,
    stages: {
      ...northwind.stages,
      dev: {
        ...northwind.stages.dev,
        limits: { triesPerIp: { max: 9, window: 9 } },
        clients: {
          'northwind-web': {
            ...northwind.stages.dev.clients?.['northwind-web'],
            onwardOrigins: ['http://localhost:5173'],
          },
        },
      },
    },
  };
  const dev = brandOfStage(definition, 'dev');
  const web = dev.clients.find(({ id }) => id === 'northwind-web');
  expect(web?.redirectUris).toEqual(['https://www.northwind.example/signed-in', 'http://localhost:3000/callback']);
  expect(web?.origins).toEqual(['https://www.northwind.example', 'http://localhost:3000', 'http://localhost:8787']);
  expect(web?.onwardOrigins).toEqual(['http://localhost:5173']);
  expect(dev.sender).toMatchObject({ name: 'Northwind', from: 'no-reply@mail.dev.northwind.example' });
  expect(dev.limits).toEqual({ ...northwind.limits, triesPerIp: { max: 9, window: 9 } });
});

test('prod has no address of a developer machine', () => {
  for (const definition of [northwind, solmar]) {
    expect(JSON.stringify(brandOfStage(definition, 'prod'))).not.toMatch(/localhost|127\.0\.0\.1|http:/);
  }
});
