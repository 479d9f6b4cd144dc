import { expect, test } from 'vitest';
import { kept } from '../../lambdas/shared/vault/kept.ts';
import { rejection } from './sample-keys.ts';

/** A source whose answers the test gives one by one, and a clock that it moves. */
function world(maxAge: number, grace = 0) {
  const state = { seconds: 1_000_000, loads: 0, fails: false };
  const load = async () => {
    state.loads++;
    const at = state.loads;
    await new Promise(setImmediate);
    if (state.fails) throw new Error(`load ${at} failed`);
    return at;
  };
  return { state, get: kept(load, () => state.seconds * 1000, maxAge, grace) };
}

test('F23: fifty at once wait for one load', async () => {
  const { state, get } = world(60);
  expect(new Set(await Promise.all(Array.from({ length: 50 }, () => get())))).toEqual(new Set([1]));
  expect(state.loads).toBe(1);
});

test('it is loaded anew when it is old, once, and not before', async () => {
  const { state, get } = world(60);
  await get();
  state.seconds += 59;
  expect(await get()).toBe(1);
  state.seconds += 1;
  expect(await Promise.all([get(), get()])).toEqual([2, 2]);
  expect(state.loads).toBe(2);
});

test('F21: while loading fails the old value serves on, and not a second longer than its grace', async () => {
  const { state, get } = world(60, 600);
  await get();
  state.fails = true;
  state.seconds += 60;
  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  state.seconds += 599;
  expect(await get()).toBe(1);
  state.seconds += 1;
  expect(String(await rejection(get()))).toMatch(/failed/);
  state.fails = false;
  expect(await get()).toBeGreaterThan(1);
});

test('F30: what was never loaded is not made up: the failure shows, and the next call tries again', async () => {
  const { state, get } = world(60, 600);
  state.fails = true;
  const both = await Promise.all([rejection(get()), rejection(get())]);
  expect(both[0]).toBe(both[1]);
  expect(state.loads).toBe(1);
  state.fails = false;
  expect(await get()).toBe(2);
});

test('F20: a fresh value is loaded at most once in `youngest` seconds, so that unknown key ids cannot flood the source', async () => {
  const { state, get } = world(300, 600);
  await get();
  for (let at = 0; at < 100; at++) expect(await get({ youngest: 60 })).toBe(1);
  state.seconds += 60;
  expect(await Promise.all([get({ youngest: 60 }), get({ youngest: 60 }), get()])).toEqual([2, 2, 1]);
  for (let at = 0; at < 100; at++) expect(await get({ youngest: 60 })).toBe(2);
  expect(state.loads).toBe(2);
});

test('F21: where a fresh value cannot be had the held one serves', async () => {
  const { state, get } = world(300, 0);
  await get();
  state.seconds += 100;
  state.fails = true;
  expect(await get({ youngest: 60 })).toBe(1);
});

test('F18: after a failed reload the old value serves at once for a while, then loading is tried again', async () => {
  const { state, get } = world(60, 600);
  await get();
  state.seconds += 100;
  state.fails = true;
  const before = state.loads;
  await get();
  state.seconds += 4;
  await get();
  expect(state.loads).toBe(before + 1);
  state.seconds += 2;
  await get();
  expect(state.loads).toBe(before + 2);
});

test('F30: with no grace an old value does not serve', async () => {
  const { state, get } = world(60);
  await get();
  state.seconds += 61;
  state.fails = true;
  expect(String(await rejection(get()))).toMatch(/failed/);
});
