// What a page shows to eyes and to a screen reader, read out of its document. Functions for the browser are given as text:
// tests are compiled without its types.
import type { Frame } from 'playwright-core';

const ofPage = `(() => {
  const seen = [];
  const hidden = element => element.closest('script, style, [hidden]') !== null || element.getClientRects().length === 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const shown = parentElement.closest('option') ?? parentElement;
    if (data.trim() !== '' && !hidden(shown.closest('select') ?? shown)) seen.push(data.trim());
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (hidden(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'label']) {
      const value = element.getAttribute(name);
      if (value) seen.push(value);
    }
  }
  return seen;
})()`;

/** Every text and every name on a page that is shown now. */
export const textsSeen = (frame: Frame): Promise<readonly string[]> => frame.evaluate(ofPage);

const cut = `(() => {
  const found = [];
  for (const element of document.body.querySelectorAll('*')) {
    const text = (element.textContent ?? '').trim();
    if (text === '' || element.matches('script, style, option, textarea')) continue;
    const { overflowX, clip, position } = getComputedStyle(element);
    // What only a screen reader sees is cut on purpose.
    if (position === 'absolute' && (clip !== 'auto' || element.clientWidth <= 1)) continue;
    if (overflowX !== 'visible' && overflowX !== 'auto' && overflowX !== 'scroll' && element.scrollWidth > element.clientWidth + 1) found.push(element.tagName + '.' + element.className + ': ' + text.slice(0, 80));
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth + 1) found.push('the page is ' + scrollWidth + ' wide in ' + clientWidth);
  return found;
})()`;

/** Elements that cut their text off at the side, and a page that is wider than its window. */
export const textsCut = (frame: Frame): Promise<readonly string[]> => frame.evaluate(cut);
