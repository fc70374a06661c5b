import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from './bench.ts';
import type { Place } from './ledgerModel.ts';
import { describeLedger } from './ledgerModel.ts';

const openFolder = async (): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-'));
  return {
    open: async () => (await openStore(folder)).store,
    close: () => rm(folder, { recursive: true, force: true }),
  };
};

describeLedger('A ledger in two windows on one file', openFolder, 60);
