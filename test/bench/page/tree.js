// Runs in the page after paint.js: how long a tree view takes to show itself.

/**
 * Resolves to the milliseconds to the first paint of a row of a tree view: from the next click, and from when the editor
 * has made the list that is empty yet and asks for rows. What lies between the two is the editor's: it lays out the
 * views of the container, however many they are.
 * @param {string} view title
 * @param {number} level of the row: 1 is the top of the tree
 * @returns {Promise<{ clicked: number, asked: number }>}
 */
globalThis.benchFirstRow = async (view, level) => {
  const list = `.part.sidebar .monaco-list[aria-label^="${view}"]`;
  const row = `${list} .monaco-list-row[aria-level="${level}"] .label-name`;
  const clicked = await globalThis.benchInput('click');
  const asking = globalThis.benchAppears(list);
  const painted = await globalThis.benchPaint(() => Boolean(document.querySelector(row)?.textContent));
  return { clicked: painted - clicked, asked: painted - (await asking) };
};

/**
 * Resolves to the time when an element is in the page, as soon as the task has ended that put it there.
 * @param {string} selector
 * @returns {Promise<number>}
 */
globalThis.benchAppears = selector =>
  new Promise(resolve => {
    const look = () => {
      if (!document.querySelector(selector)) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });
