// What people download, and how much of it is other people's.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root, vsix } from '../../../scripts/paths.mjs';
import type { Bench, Figure } from '../support/figure.ts';

const mostKilobytes = 300;
const mostPackages = 8;

export async function size({ selfCheck }: Bench): Promise<Figure[]> {
  if (selfCheck) return [];
  const kilobytes = (await stat(vsix)).size / 1024;
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { dependencies?: object };
  const packages = Object.keys(manifest.dependencies ?? {}).length;
  return [
    {
      what: '.vsix',
      floor: '',
      casebook: `${kilobytes.toFixed(0)} KB`,
      budget: `<= ${mostKilobytes} KB`,
      ok: kilobytes <= mostKilobytes,
    },
    {
      what: 'packages needed at run time',
      floor: '',
      casebook: String(packages),
      budget: `<= ${mostPackages}`,
      ok: packages <= mostPackages,
    },
  ];
}
