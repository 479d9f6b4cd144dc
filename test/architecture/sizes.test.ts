import { describe, expect, it } from 'vitest';
import { sourcesOf } from './sources.ts';

const code = sourcesOf('bin', 'brands', 'lib', 'lambdas', 'local', 'bench');

/** Locale files are one flat table each. */
const tables = /\/messages\/(mails|problems|pages)\//;

describe('sizes (DESIGN section 2)', () => {
  it('no file is over 300 lines, and the median is about 100', () => {
    const over = code.filter(({ path, lines }) => lines > 300 && !tables.test(path)).map(({ path }) => path);
    expect(over).toEqual([]);
    const sorted = code.map(({ lines }) => lines).toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(110);
  });

  it('a handler is wiring only: 60 lines of code at most', () => {
    for (const { path, text } of code.filter((source) => /^lambdas\/[^/]+\/handler\.ts$/.test(source.path))) {
      const lines = text.split('\n').filter((line) => line.trim() && !/^(import|} from|\s*\*|\s*\/\*\*)/.test(line));
      expect(lines.length, path).toBeLessThanOrEqual(60);
    }
  });
});
