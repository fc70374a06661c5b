import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { showSize } from '../../src/host/size.ts';

describe('a size', () => {
  const sizes: [bytes: number, shown: string][] = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [16, '16 bytes'],
    [1023, '1,023 bytes'],
    [1024, '1 kB'],
    [1536, '1.5 kB'],
    [26_214_400, '25 MB'],
  ];
  for (const [bytes, shown] of sizes) it(`of ${bytes} is ${shown}`, () => assert.equal(showSize(bytes, 'en'), shown));
});
