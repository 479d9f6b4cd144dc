const alignments = [0, 1, 2] as const;

/** Base64 of a text wherever it stands in a longer one: the digits that its neighbours cannot change. */
function base64Cores(text: string): readonly string[] {
  return alignments.map((shift) => {
    const digits = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
      .toString('base64')
      .replace(/=+$/, '');
    return digits.slice(shift === 0 ? 0 : shift + 1, -1);
  });
}

/** The shapes in which a secret could have slipped into a log, an event or an item: as it is or encoded. */
export function disguises(secret: string): readonly string[] {
  const plain = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), secret.normalize('NFKC')];
  const hex = Buffer.from(secret).toString('hex');
  const base64 = base64Cores(secret).flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')]);
  // A short code's base64 is short enough to turn up by chance.
  const encoded = secret.length < 8 ? [] : [hex, ...base64];
  return [...new Set([...plain, ...encoded])];
}

/** Whether a text holds the secret in any disguise. A run of digits counts only where no other digit adjoins it. */
export function betrays(text: string, secret: string): boolean {
  if (/^\d+$/.test(secret)) return new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(text);
  const folded = text.toLowerCase();
  return disguises(secret).some((shape) => folded.includes(shape.toLowerCase()));
}
