import type { Result } from '../desk/errors.ts';
import { ok } from '../desk/errors.ts';
import type { Store } from '../desk/store.ts';
import type { Feed } from './feed.ts';
import { createFeed } from './feed.ts';
import type { TenantStanding } from './standing.ts';

/** What belongs to one tenant. Nothing in it leads to another. */
export interface Tenant {
  readonly store: Store;
  readonly feed: Feed;
  readonly standing: () => Promise<TenantStanding>;
}
export interface Tenants {
  /** Opens the tenant when it is first asked for; a failure is tried again the next time. */
  get(name: string): Promise<Result<Tenant>>;
  close(): Promise<void>;
}

export interface TenantsOptions {
  readonly open: (name: string) => Promise<Result<Store>>;
  readonly standing: (name: string) => () => Promise<TenantStanding>;
  /** Something no other copy or run has. */
  readonly id: () => string;
}

export function createTenants({ open, standing, id }: TenantsOptions): Tenants {
  const opened = new Map<string, Promise<Result<Tenant>>>();

  async function openTenant(name: string): Promise<Result<Tenant>> {
    const store = await open(name);
    if (!store.ok) return store;
    const feed = createFeed(id());
    store.value.onDidChange(change => feed.push(change));
    return ok({ store: store.value, feed, standing: standing(name) });
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
    close: async () => {
      for (const tenant of await Promise.all(opened.values())) if (tenant.ok) tenant.value.store.close();
    },
  };
}
