import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DraftContent, DraftStore } from '../../src/desk/drafts.ts';
import { createDraftStore, type DraftStoreOptions } from '../../src/outbox/drafts.ts';

export const start = Date.UTC(2026, 10, 22, 9);

export function content(over: Partial<DraftContent> = {}): DraftContent {
  return {
    ...{ profile: 'm365China', category: 'technical', service: '', title: '', text: '', impact: '' },
    ...{ resource: '', contact: '', places: [], files: [] },
    ...over,
  };
}

/** The drafts of a folder as one more window sees them. */
export function drafts(folder: string, options: Partial<DraftStoreOptions> = {}): DraftStore {
  return createDraftStore(folder, { now: () => start, id: randomUUID, ...options });
}

export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-'));
  try {
    await work(join(folder, 'drafts'));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }
}
