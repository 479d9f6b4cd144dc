/** One column: its heading, and how a row fills it. Numbers stand right, words left. */
export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => string | number;
}

/** Renders rows as a Markdown table whose columns also line up in a terminal. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const shaped = columns.map(({ heading, cell }) => {
    const values = rows.map(cell);
    const numeric = values.length > 0 && values.every((value) => typeof value === 'number' || value === '–');
    const texts = values.map(String);
    const width = Math.max(3, heading.length, ...texts.map((text) => text.length));
    const pad = (text: string) => (numeric ? text.padStart(width) : text.padEnd(width));
    return {
      head: pad(heading),
      rule: numeric ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
      cells: texts.map(pad),
    };
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(shaped.map(({ head }) => head)),
    line(shaped.map(({ rule }) => rule)),
    ...rows.map((_, row) => line(shaped.map(({ cells }) => cells[row] ?? ''))),
  ].join('\n');
}
