// Stands in for the native part that ends an extension host whose parent is gone and which does not end by itself.
exports.start = (/** @type {number} */ parent) => {
  let isGone = false;
  const look = () => {
    // It does not let itself be ended by `process.exit`.
    if (isGone) process.kill(process.pid, 'SIGKILL');
    try {
      process.kill(parent, 0);
    } catch {
      isGone = true;
    }
  };
  setInterval(look, 5_000).unref();
};
exports.exit = (/** @type {number} */ code) => process.exit(code);
