import type { Figure } from './figure.ts';

const head = ['what', 'floor', 'Casebook', 'ratio', 'budget', 'ok'];

/** The figures as a Markdown table whose columns line up. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, floor, casebook, ratio, budget, ok }) => [
    ...[what, floor, casebook, ratio === undefined ? '' : `${ratio.toFixed(2)} x`, budget ?? ''],
    ok === undefined ? '' : ok ? 'yes' : 'NO',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
