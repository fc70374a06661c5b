import type { Result } from '../desk/errors.ts';
import { ok } from '../desk/errors.ts';
import type { Quota, Room } from '../desk/quota.ts';
import { createRoom } from '../desk/quota.ts';
import type { Store } from '../desk/store.ts';
import type { Feed } from './feed.ts';
import { createFeed } from './feed.ts';
import type { Config } from './config.ts';
import type { TenantStanding } from './standing.ts';

/** What belongs to one tenant. Nothing in it leads to another. */
export interface Tenant {
  readonly store: Store;
  readonly feed: Feed;
  readonly standing: () => Promise<TenantStanding>;
  readonly quota: Quota;
}
export interface Tenants {
  /** Opens the tenant when it is first asked for; a failure is tried again the next time. */
  get(name: string): Promise<Result<Tenant>>;
  /** Bytes in use by all tenants that are open, as far as this process knows. */
  used(): number;
  close(): Promise<void>;
}

export interface TenantsOptions {
  readonly open: (name: string) => Promise<Result<Store>>;
  readonly standing: (name: string) => () => Promise<TenantStanding>;
  /** Something no other copy or run has. */
  readonly id: () => string;
  /** Bytes, as in the configuration. */
  readonly quotas: Pick<Config, 'caseBytes' | 'tenantBytes'>;
  /** Milliseconds that never go back. */
  readonly clock: () => number;
}

export function createTenants({ open, standing, id, quotas, clock }: TenantsOptions): Tenants {
  const opened = new Map<string, Promise<Result<Tenant>>>();
  const rooms: Room[] = [];

  async function openTenant(name: string): Promise<Result<Tenant>> {
    const store = await open(name);
    if (!store.ok) return store;
    const feed = createFeed(id());
    store.value.onDidChange(change => feed.push(change));
    const room = createRoom({ limit: quotas.tenantBytes, used: () => store.value.used(), clock });
    rooms.push(room);
    return ok({ store: store.value, feed, standing: standing(name), quota: { caseBytes: quotas.caseBytes, room } });
  }

  return {
    get: name => {
      const known = opened.get(name);
      if (known) return known;
      const opening = openTenant(name).then(answer => {
        if (!answer.ok) opened.delete(name);
        return answer;
      });
      opened.set(name, opening);
      return opening;
    },
    used: () => rooms.reduce((bytes, room) => bytes + room.used(), 0),
    close: async () => {
      for (const tenant of await Promise.all(opened.values())) if (tenant.ok) tenant.value.store.close();
    },
  };
}
