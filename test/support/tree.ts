// Reads a tree view of the workbench as plain data. Rows outside of the visible area do not exist in the document.
import type { Locator } from 'playwright-core';

/** The part of a row's element that is read; the tests are compiled without the types of a browser. */
interface RowElement {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { textContent: string | null } | null;
}

export interface TreeRow {
  label: string;
  description: string;
  children: TreeRow[];
}

export async function readTree(view: Locator): Promise<TreeRow[]> {
  const rows = await view.locator('.monaco-list-row').evaluateAll((elements: RowElement[]) => {
    const text = (row: RowElement, selector: string) => row.querySelector(selector)?.textContent ?? '';
    return elements
      .sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
      .map(row => ({
        level: Number(row.getAttribute('aria-level')),
        label: text(row, '.label-name'),
        description: text(row, '.label-description'),
      }));
  });

  const top: TreeRow[] = [];
  const open: TreeRow[][] = [top];
  for (const { level, label, description } of rows) {
    const row: TreeRow = { label, description, children: [] };
    open.length = level;
    open.at(-1)?.push(row);
    open[level] = row.children;
  }
  return top;
}
