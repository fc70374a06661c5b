// Stands in for the native part that ends an extension host whose parent is gone; our leash does that.
exports.start = () => {};
exports.exit = (/** @type {number} */ code) => process.exit(code);
