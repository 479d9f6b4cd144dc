import { expect, test } from 'vitest';
import { together } from '../../lambdas/shared/domain/together.ts';

test('F1: a call that fails does not leave another under way behind the answer', async () => {
  const done: string[] = [];
  const slow = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => void done.push('write'));
  await expect(together([slow, Promise.reject(new Error('refused'))])).rejects.toThrow('refused');
  expect(done).toEqual(['write']);
});

test('what the calls give comes in their order, beside what is no call', async () => {
  expect(await together([Promise.resolve(1), undefined, Promise.resolve('two')])).toEqual([1, undefined, 'two']);
});
