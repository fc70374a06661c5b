// Stands in for the native logger of the web VS Code, which needs a compiler to install. Without it no log is written and
// output channels stay empty.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const names = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #file;
  #level = 2;
  #bare = false;

  /** @param {string} file */
  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    names.forEach((name, level) => {
      Reflect.set(this, name, (/** @type {string} */ text) => this.#write(level, name, text));
    });
  }

  /** @param {number} level @param {string} name @param {string} text */
  #write(level, name, text) {
    if (level < this.#level) return;
    const head = `${new Date().toISOString().replace('T', ' ').replace('Z', '')} [${name === 'warn' ? 'warning' : name}] `;
    appendFileSync(this.#file, this.#bare ? text : `${head}${text}\n`);
  }

  /** @param {number} level */
  setLevel(level) {
    this.#level = level;
  }

  clearFormatters() {
    this.#bare = true;
  }

  getLevel = () => this.#level;
  setPattern() {}
  flush() {}
  drop() {}
}

exports.setLevel = () => {};
exports.setFlushOn = () => {};
/** @param {string} _name @param {string} file */
exports.createRotatingLogger = async (_name, file) => new Logger(file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
