// Packs what is in a .vsix tighter. The content stays the same byte for byte, and so does its form: deflate, as every zip has.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { cache } from './paths.mjs';

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const sizes = { local: 30, central: 46, end: 22 };
const deflated = 8;
/** Sizes stand in the headers, not behind the data. */
const withoutDescriptor = ~8;
const iterations = 5;

/**
 * Rewrites a zip file as vsce makes it: one disk, no zip64, no encryption.
 *
 * @param {string} file
 */
export async function shrink(file) {
  const zip = await readFile(file);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const count = zip.readUInt16LE(end + 10);
  const parts = [];
  const directory = [];
  let written = 0;
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    if (zip.readUInt32LE(at) !== signatures.central) throw new Error(`${file} is not the zip that was expected.`);
    const length = sizes.central + [28, 30, 32].reduce((sum, place) => sum + zip.readUInt16LE(at + place), 0);
    const central = Buffer.from(zip.subarray(at, at + length));
    const from = central.readUInt32LE(42);
    const name = zip.readUInt16LE(from + 26);
    const begin = from + sizes.local + name + zip.readUInt16LE(from + 28);
    const old = zip.subarray(begin, begin + central.readUInt32LE(20));
    const data = central.readUInt16LE(10) === deflated ? await smaller(old) : old;

    const local = Buffer.from(zip.subarray(from, from + sizes.local + name));
    for (const [header, flags, fields] of /** @type {const} */ ([
      [local, 6, 14],
      [central, 8, 16],
    ])) {
      header.writeUInt16LE(header.readUInt16LE(flags) & withoutDescriptor, flags);
      header.writeUInt32LE(central.readUInt32LE(16), fields);
      header.writeUInt32LE(data.length, fields + 4);
      header.writeUInt32LE(central.readUInt32LE(24), fields + 8);
    }
    local.writeUInt16LE(0, 28);
    central.writeUInt32LE(written, 42);
    parts.push(local, data);
    directory.push(central);
    written += local.length + data.length;
    at += length;
  }
  const last = Buffer.from(zip.subarray(end, end + sizes.end));
  last.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  last.writeUInt32LE(written, 16);
  last.writeUInt16LE(0, 20);
  await writeFile(file, Buffer.concat([...parts, ...directory, last]));
}

/**
 * The same content in fewer bytes. It takes seconds, so what came of it is kept by content.
 *
 * @param {Buffer} old
 */
async function smaller(old) {
  const kept = join(cache, 'deflated', createHash('sha256').update(old).digest('hex'));
  if (existsSync(kept)) return readFile(kept);
  const { default: zopfli } = await import('@gfx/zopfli');
  const made = Buffer.from(await zopfli.deflateAsync(inflateRawSync(old), { numiterations: iterations }));
  const best = made.length < old.length ? made : old;
  await mkdir(join(cache, 'deflated'), { recursive: true });
  await writeFile(`${kept}-${process.pid}`, best);
  await rename(`${kept}-${process.pid}`, kept);
  return best;
}
