import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, put, putEvent, type RunningFixture, runFixture, type Step } from './local-cloud-run.ts';

let shop: RunningFixture;

beforeAll(async () => {
  shop = await runFixture();
});
afterAll(() => shop.stop());

/** Event ids of each batch that the function got, in order. */
async function batches(): Promise<readonly (readonly string[])[]> {
  const lines: readonly { line: string }[] = await shop.desk('logs');
  return lines.flatMap(({ line }) => (line.startsWith('records ') ? [line.slice('records '.length).split(',')] : []));
}

/** How often a record was delivered. */
async function deliveries(id: string): Promise<number> {
  return (await batches()).filter((batch) => batch.includes(id)).length;
}

async function deadLetters(): Promise<readonly { queue: string; body: { requestContext: { condition: string } } }[]> {
  return shop.desk('dead-letters');
}

/** One partition key, so that the records share a lane, and one transaction, so that they share a batch. */
function writeTogether(...events: readonly (readonly [id: string, data: string])[]): Step {
  const TransactItems = events.map(([id, data]) => ({
    Put: {
      TableName: 'shop-dev-directory',
      Item: { pk: { S: 'USER#lane' }, sk: { S: id }, event: { M: { id: { S: id }, data: { S: data } } } },
    },
  }));
  return ['dynamodb', 'TransactWriteItems', { TransactItems }];
}

describe('event source mappings', () => {
  test('deliver what the filter lets through, soon', async () => {
    await shop.steps(put('USER#quiet'), putEvent('USER#loud', 'loud'));
    const started = performance.now();
    await eventually(async () => ((await deliveries('loud')) === 1 ? true : undefined));
    expect(performance.now() - started).toBeLessThan(2_000);
    expect((await batches()).flat()).not.toContain('quiet');
  });

  test('keep the order of a partition key', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `ordered-${String(n).padStart(2, '0')}`);
    for (const id of ids) await shop.steps(putEvent('USER#ordered', id));
    await eventually(async () => ((await batches()).flat().includes(ids.at(-1) ?? '') ? true : undefined));
    expect((await batches()).flat().filter((id) => id.startsWith('ordered-'))).toEqual(ids);
  });

  test('go on after the failed record that a function reports, and give it up alone', async () => {
    const before = (await deadLetters()).length;
    await shop.steps(writeTogether(['p1', 'good'], ['p2', 'bad'], ['p3', 'good']));
    await eventually(async () => ((await deadLetters()).length > before ? true : undefined));
    await eventually(async () => ((await deliveries('p1')) > 0 && (await deliveries('p3')) > 0 ? true : undefined));
    const letter = (await deadLetters()).at(-1);
    expect(letter).toMatchObject({
      queue: 'shop-dev-letters',
      body: {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
        DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining('shop-dev-directory/stream/') },
      },
    });
  });

  test('halve a batch that throws until the poison stands alone; the others are done', async () => {
    const before = (await deadLetters()).length;
    await shop.steps(writeTogether(['t1', 'good'], ['t2', 'good'], ['t3', 'throw'], ['t4', 'good']));
    await eventually(async () => ((await deadLetters()).length > before ? true : undefined));
    const last = await eventually(async () =>
      (await batches()).find((batch) => batch.length === 1 && batch[0] === 't4'),
    );
    expect(last).toEqual(['t4']);
    expect((await deadLetters()).length).toBe(before + 1);
    // In halves and quarters at first, then on its own: once, and two retries.
    expect((await batches()).filter((batch) => batch.join() === 't3').length).toBe(3);
  });

  test('do not hold up other keys behind a poisoned one', async () => {
    await shop.steps(putEvent('USER#lane', 'stuck', 'throw'), putEvent('USER#elsewhere', 'free'));
    await eventually(async () => ((await deliveries('free')) === 1 ? true : undefined));
  });

  test('give up records that are too old', async () => {
    const down = await shop.addFault({
      kind: 'error',
      service: 'lambda',
      function: 'probe',
      error: { code: 'Down', status: 429 },
    });
    await fetch(`${shop.url}/_local/functions/patient`, {
      method: 'POST',
      body: JSON.stringify({ steps: [[putEvent('USER#old', 'old')]] }),
    });
    await eventually(async () => ((await shop.desk(`faults/${down}`)).hits > 1 ? true : undefined));
    await shop.desk('clock', { advance: 4_000 });
    const letter = await eventually(async () =>
      (await deadLetters()).find(({ body }) => body.requestContext.condition === 'RecordAgeExceeded'),
    );
    await fetch(`${shop.url}/_local/faults/${down}`, { method: 'DELETE' });
    expect(letter.queue).toBe('shop-dev-letters');
    expect(await deliveries('old')).toBe(0);
  });
});

describe('the virtual clock', () => {
  test('moves time in every function, in both notations', async () => {
    const before = (await shop.run({})).body;
    const { now } = await shop.desk('clock', { advance: 1_800 });
    const after = (await shop.run({})).body;
    expect(after.now - before.now).toBeGreaterThanOrEqual(1_800_000);
    expect(after.now - before.now).toBeLessThan(1_830_000);
    expect(Date.parse(after.date) - after.now).toBeLessThan(1_000);
    expect(Math.abs(Date.parse(now) - after.now)).toBeLessThan(5_000);
    expect(after.event.requestContext.timeEpoch - before.event.requestContext.timeEpoch).toBeGreaterThanOrEqual(
      1_800_000,
    );
  });

  test('runs schedules as often as they fell due, each at its own time', async () => {
    const runs = async () => {
      const lines: readonly { function: string; line: string }[] = await shop.desk('logs');
      return lines.flatMap(({ line }) => /aws\.events Scheduled Event ([\dT:Z-]+)/.exec(line)?.[1] ?? []);
    };
    const before = (await runs()).length;
    await shop.desk('clock', { advance: 3 * 3_600 });
    const times = await eventually(async () => {
      const all = (await runs()).slice(before);
      return all.length >= 3 ? all : undefined;
    });
    expect(times.length).toBe(3);
    const gaps = times.slice(1).map((time, index) => Date.parse(time) - Date.parse(times[index] ?? ''));
    expect(gaps).toEqual([3_600_000, 3_600_000]);
  });
});

describe('events', () => {
  test('the deployment runs its triggers once', async () => {
    const calls: readonly { cause: string; function: string }[] = await shop.desk('calls');
    expect(calls.filter(({ cause }) => cause === 'deployment').map((call) => call.function)).toEqual([
      'shop-dev-patient',
    ]);
  });

  test('a bounce comes back through the configuration set to the function of the rule', async () => {
    const send = (ConfigurationSetName: string | undefined, to: string): Step => [
      'ses',
      'SendEmail',
      {
        Source: 'no-reply@shop.example',
        Destination: { ToAddresses: [to] },
        Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
        ConfigurationSetName,
      },
    ];
    await shop.steps(
      send('shop-dev', 'bounce+1@simulator.amazonses.com'),
      send('shop-dev', 'complaint@simulator.amazonses.com'),
      send('shop-dev', 'success@simulator.amazonses.com'),
      send(undefined, 'bounce+2@simulator.amazonses.com'),
    );
    const events: readonly { bus: string; targets: readonly string[]; event: Record<string, unknown> }[] =
      await shop.desk('events');
    const ofSes = events.filter(({ event }) => event.source === 'aws.ses').toReversed();
    expect(ofSes.map(({ event }) => event['detail-type'])).toEqual(['Email Bounced', 'Email Complaint Received']);
    expect(ofSes[0]).toMatchObject({
      bus: 'default',
      targets: ['shop-dev-patient'],
      event: {
        detail: {
          eventType: 'Bounce',
          bounce: {
            bounceType: 'Permanent',
            bouncedRecipients: [{ emailAddress: 'bounce+1@simulator.amazonses.com' }],
          },
          mail: { destination: ['bounce+1@simulator.amazonses.com'], tags: { 'ses:configuration-set': ['shop-dev'] } },
        },
      },
    });
    await eventually(async () => {
      const lines: readonly { line: string }[] = await shop.desk('logs');
      return lines.some(({ line }) => line.includes('aws.ses Email Complaint Received')) ? true : undefined;
    });
  });

  test('an event that no try could handle is given up', async () => {
    const id = await shop.addFault({ kind: 'error', service: 'lambda', function: 'patient', error: { code: 'Down' } });
    const detail = { eventType: 'Bounce', mail: { tags: { 'ses:configuration-set': ['shop-dev'] } } };
    await shop.desk('events', { source: 'aws.ses', 'detail-type': 'Email Bounced', detail });
    expect(await shop.desk(`faults/${id}`)).toMatchObject({ hits: 3 });
    await fetch(`${shop.url}/_local/faults/${id}`, { method: 'DELETE' });
  });
});
