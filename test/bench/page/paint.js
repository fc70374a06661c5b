// Runs in every frame of the page before its own scripts: tells when someone did something and when it showed. Times are
// milliseconds since 1970, so that frames can be compared.

/**
 * Resolves to the time of the next click or key press in this frame.
 * @param {'click' | 'keydown'} type
 * @returns {Promise<number>}
 */
globalThis.benchInput = type =>
  new Promise(resolve => {
    const seen = event => resolve(performance.timeOrigin + event.timeStamp);
    addEventListener(type, seen, { capture: true, once: true });
  });

/**
 * Resolves to the time of the first paint that shows what `found` looks for. A frame's callbacks run just before it is
 * painted, a message posted there arrives just after.
 * @param {() => boolean} found
 * @returns {Promise<number>}
 */
globalThis.benchPaint = found =>
  new Promise(resolve => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
    const look = () => (found() ? painted.port2.postMessage(null) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });
