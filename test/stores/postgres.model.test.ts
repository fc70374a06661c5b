import { randomUUID } from 'node:crypto';
import type { Place } from './ledgerModel.ts';
import { describeLedger } from './ledgerModel.ts';
import { openTenant } from './postgresBench.ts';

const openPlace = (): Promise<Place> => {
  const tenant = randomUUID();
  return Promise.resolve({
    open: async () => (await openTenant({ tenant })).store,
    close: () => Promise.resolve(),
  });
};

describeLedger('A ledger in two copies on one PostgreSQL', openPlace, 30);
