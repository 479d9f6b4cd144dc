/**
 * Makes calls side by side and answers when every one of them is over. Where one fails, `Promise.all` answers at once and
 * leaves the others under way: a write that is still being retried would then take place after its 503, in a function that
 * AWS has frozen meanwhile, and the client's own retry would look like a replay (F1, RT1).
 * @throws what the first of the failed calls threw
 */
export async function together<const Calls extends readonly unknown[]>(
  calls: Calls,
): Promise<{ -readonly [At in keyof Calls]: Awaited<Calls[At]> }> {
  const outcomes = await Promise.allSettled(calls);
  const values = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  return values as { -readonly [At in keyof Calls]: Awaited<Calls[At]> };
}
