// Runs in the page after paint.js: how long a tree view takes to show itself.

/**
 * Resolves to the milliseconds from the next click to the first paint of a row of a tree view.
 * @param {string} view title
 * @param {number} level of the row: 1 is the top of the tree
 * @returns {Promise<number>}
 */
globalThis.benchFirstRow = async (view, level) => {
  const list = `.part.sidebar .monaco-list[aria-label^="${view}"]`;
  const row = `${list} .monaco-list-row[aria-level="${level}"] .label-name`;
  const clicked = await globalThis.benchInput('click');
  const painted = await globalThis.benchPaint(() => Boolean(document.querySelector(row)?.textContent));
  return painted - clicked;
};
