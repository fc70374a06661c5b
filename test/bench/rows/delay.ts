import type { Editor } from '../support/editor.ts';
import type { Bench, Figure } from '../support/figure.ts';

export function delay(_bench: Bench, _editor: Editor): Promise<Figure[]> {
  return Promise.resolve([]);
}
