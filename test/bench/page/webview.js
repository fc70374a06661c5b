// Runs in every frame after paint.js: reports the first useful paint of a webview. That is when its document has loaded
// and stands in the editor (a frame in this one, then named active-frame), its heading has text, and its first field or
// list, where it has one, is there to see.
{
  const shown = elements => elements.length === 0 || elements.some(element => element.getClientRects().length > 0);

  const useful = () => {
    const content = document.getElementById('active-frame')?.contentDocument;
    return (
      Boolean(content?.querySelector('h1')?.textContent.trim()) &&
      shown([...content.querySelectorAll('form :is(input, select, textarea), ol > li')].slice(0, 50))
    );
  };

  if (location.pathname.endsWith('/webview/browser/pre/index.html')) {
    void globalThis.benchPaint(useful).then(globalThis.benchPainted);
  }
}
