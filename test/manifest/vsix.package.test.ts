import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { describe, it } from 'mocha';

/** The files of a zip archive, read from its central directory. */
function unzip(path: string): Map<string, () => Buffer> {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const files = new Map<string, () => Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, local] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ];
    const [name, extra, comment] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ];
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + size);
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), () =>
      method === 0 ? content : inflateRawSync(content),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}

const files = unzip('casebook.vsix');

describe('casebook.vsix', () => {
  it('holds the files on the checked-in list and no others', () => {
    const listed = readFileSync('test/manifest/vsix-files.txt', 'utf8').trim().split('\n');
    // Chunks carry a hash of their content; their number and names follow from the bundles, which have a test of their own.
    const found = new Set([...files.keys()].map(name => name.replace(/chunks\/.+\.js$/, 'chunks/*.js')));
    assert.deepEqual([...found].sort(), listed.sort());
  });

  it('holds them as they were built, whatever packed them tighter', () => {
    let compared = 0;
    for (const [name, read] of files) {
      const built = name.replace(/^extension\//, '');
      if (!/^(dist|media)\//.test(built) || !existsSync(built)) continue;
      assert.deepEqual(read(), readFileSync(built), name);
      compared++;
    }
    assert.ok(compared > 20, String(compared));
  });

  it('is a zip that any reader takes: each header tells size and checksum of its content', () => {
    const bytes = readFileSync('casebook.vsix');
    for (const [name, read] of files) {
      const at = bytes.indexOf(name) - 30;
      assert.equal(bytes.readUInt32LE(at), 0x04034b50, name);
      const content = read();
      assert.deepEqual(
        [bytes.readUInt32LE(at + 14), bytes.readUInt32LE(at + 22)],
        [crc32(content), content.length],
        name,
      );
    }
  });

  it('stays within 300 KB', () => {
    assert.ok(statSync('casebook.vsix').size <= 300 * 1024, `${statSync('casebook.vsix').size} bytes`);
  });

  it('carries no source map and no path of the machine it was built on', () => {
    for (const [name, read] of files) {
      if (!/\.(c?js|json|css|md|txt)$/i.test(name)) continue;
      const content = read().toString('utf8');
      assert.ok(!content.includes('sourceMappingURL='), name);
      assert.ok(!content.includes(process.cwd()), name);
    }
  });

  it("gets the editor's interface as it is: an import, or a copy for an import, costs milliseconds each", () => {
    let asking = 0;
    for (const [name, read] of files) {
      if (!/\.c?js$/.test(name)) continue;
      const code = read().toString('utf8');
      assert.doesNotMatch(
        code,
        /(?:from|import)\s*"vscode"|\w\((?:require|\w+\(import\.meta\.url\))\("vscode"\)/,
        name,
      );
      if (/=(?:require|\w+\(import\.meta\.url\))\("vscode"\)/.test(code)) asking++;
    }
    assert.ok(asking > 3, String(asking));
  });

  it('evaluates no text as code', () => {
    for (const [name, read] of files) {
      if (/\.c?js$/.test(name))
        assert.doesNotMatch(read().toString('utf8'), /\beval\(|node:child_process|node:net\b/, name);
    }
  });
});
