// axe-core inside a page with a strict content security policy: evaluated as text, since no script element may be added.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

export interface Violation {
  rule: string;
  impact: string;
  help: string;
  elements: string[];
}

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules of WCAG 2.2 that axe-core leaves off unless they are asked for. */
const more = { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } };
const options = JSON.stringify({ resultTypes: ['violations'], rules: more });

/** What axe-core finds wrong in a frame, best practices included. An empty list is not yet an accessible page. */
export async function axe(frame: Frame | Page): Promise<Violation[]> {
  if (!(await frame.evaluate('"axe" in globalThis'))) await frame.evaluate(await source);
  const results = await frame.evaluate<AxeResults>(`axe.run(${options})`);
  return results.violations.map(({ id, impact, help, nodes }) => ({
    rule: id,
    impact: impact ?? 'unknown',
    help,
    elements: nodes.map(node => node.html),
  }));
}
