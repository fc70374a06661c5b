// Snapshots of service health: what others have published, beside the sources of one's own, and what one publishes.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { Desk } from './desk/desk.ts';
import { type Result } from './desk/errors.ts';
import { goesOn, type HealthFailure, type HealthReading } from './desk/healthReading.ts';
import { snapshotLife } from './desk/health.ts';
import { readSnapshot, signSnapshot, type Snapshot, type SnapshotRefusal } from './health/snapshot.ts';
import type { SecretStorage } from './host/secrets.ts';
import type { HealthPublishing, HealthSources, SourceOfHealth } from './host/services.ts';
import type { Instant } from './rules/decision.ts';

export interface SnapshotOptions {
  readonly now: () => Instant;
  readonly secrets: SecretStorage;
  /** The public keys that the team has approved, by name. */
  readonly keys: () => Promise<Readonly<Record<string, string>>>;
  /** The texts of snapshots in the workspace, each with the name of its file; none where it is not trusted. */
  readonly files: () => Promise<readonly { readonly name: string; readonly text: string }[]>;
  readonly desk: () => Promise<Result<Desk>>;
}

interface Found {
  /** The file or the desk it is from. */
  readonly from: string;
  readonly text: string;
  readonly read: Result<Snapshot, SnapshotRefusal>;
}

const secretName = 'casebook.healthKey';
const month = 30 * 24 * 60 * 60_000;
/** How many posts of an issue are published, the newest; fewer where it would be too much. */
const postsKept = [50, 10, 3, 1, 0];

const failureOf = ({ code }: SnapshotRefusal): HealthFailure => ({
  code: code === 'notASnapshot' ? 'notASource' : code,
});

export class SharedHealth implements HealthPublishing {
  readonly #options: SnapshotOptions;
  readonly #listeners = new Set<() => void>();
  #found: readonly Found[] = [];
  /** The keys under which it was read. */
  #keys = '';
  #told = '';
  #turn: Promise<void> = Promise.resolve();
  #both: { readonly live: HealthSources; readonly all: HealthSources } | undefined;

  constructor(options: SnapshotOptions) {
    this.#options = options;
  }

  /** Looks again at what was published; a desk that cannot be asked tells of nothing. */
  read(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#read()).catch(() => undefined);
    return this.#turn;
  }

  async #read(): Promise<void> {
    const { now, keys: approved, files, desk: open } = this.#options;
    const [keys, inFiles, desk] = await Promise.all([approved(), files(), open()]);
    const kept = desk.ok ? await desk.value.healthSnapshots() : desk;
    const atDesk = kept.ok ? kept.value.map(({ desk: name = '', text }) => ({ name, text })) : [];
    // A signature that held holds; only what is over by now is found out each time.
    const before = JSON.stringify(keys) === this.#keys ? this.#found : [];
    const known = new Map(before.flatMap(({ text, read }) => (read.ok ? [[text, read] as const] : [])));
    this.#keys = JSON.stringify(keys);
    this.#found = [...inFiles, ...atDesk].map(({ name: from, text }) => ({
      ...{ from, text, read: known.get(text) ?? readSnapshot(text, keys, now()) },
    }));
    this.tick();
  }

  /** Time has passed: what is over by now is not shown any more. */
  tick(): void {
    const told = JSON.stringify(
      this.all([]).map(({ id, state, seenBy }) => [id, state.failure, state.reading?.asOf, seenBy]),
    );
    if (told === this.#told) return;
    this.#told = told;
    for (const listener of this.#listeners) listener();
  }

  /**
   * What others have seen, the latest of each source; nothing of those in `live`, which are read here. What cannot be
   * believed is a source that says why, and shows nothing.
   */
  all(live: readonly string[]): readonly SourceOfHealth[] {
    const latest = new Map<string, Snapshot>();
    const refused: SourceOfHealth[] = [];
    const refuse = (from: string, failure: HealthFailure): number =>
      refused.push({ id: `snapshot:${refused.length} ${from}`, label: from, state: { failure, due: 0 } });
    for (const { from, read } of this.#found) {
      if (!read.ok) refuse(from, failureOf(read.error));
      else if (read.value.expires <= this.#options.now()) refuse(from, { code: 'expired' });
      else {
        const { source, asOf } = read.value.reading;
        const known = latest.get(source);
        if (!live.includes(source) && (known === undefined || known.reading.asOf < asOf))
          latest.set(source, read.value);
      }
    }
    const good = Array.from(latest.values(), ({ by, publishedAt, expires, label, reading }): SourceOfHealth => ({
      ...{ id: `snapshot:${reading.source}`, label: label || reading.source },
      ...{ state: { reading, due: expires }, seenBy: { by, publishedAt } },
    }));
    return [...good, ...refused];
  }

  /** The sources of one's own with these beside them; the same answer while `live` is the same. */
  beside(live: HealthSources): HealthSources {
    if (this.#both?.live === live) return this.#both.all;
    const all: HealthSources = {
      all: () => {
        const own = live.all();
        return [...own, ...this.all(own.flatMap(({ id, state }) => (state.reading ? [id] : [])))];
      },
      onDidChange: listener => {
        const told = (): void => listener();
        this.#listeners.add(told);
        const stop = live.onDidChange(told);
        return () => {
          this.#listeners.delete(told);
          stop();
        };
      },
      look: () => live.look(),
      refresh: async () => {
        await Promise.all([live.refresh(), this.read()]);
      },
      issue: (...asked) => live.issue(...asked),
      link: (...asked) => live.link(...asked),
    };
    this.#both = { live, all };
    return all;
  }

  async publicKey(): Promise<string> {
    const open = createPublicKey(await this.#privateKey());
    return open.export({ type: 'spki', format: 'der' }).toString('base64');
  }

  async sign(
    { label, state: { reading } }: SourceOfHealth,
    { by, key }: { by: string; key: string },
    longest: number,
  ): Promise<string | undefined> {
    if (reading === undefined) return undefined;
    const privateKey = await this.#privateKey();
    const now = this.#options.now();
    for (const posts of postsKept) {
      const text = signSnapshot(newest(reading, posts, now), { by, label, key, privateKey, life: snapshotLife }, now);
      if (text !== undefined && text.length <= longest) return text;
    }
    return undefined;
  }

  /** The person's key, in PEM. Only SecretStorage has it. */
  async #privateKey(): Promise<string> {
    const { secrets } = this.#options;
    const kept = await secrets.get(secretName);
    if (kept !== undefined && isKey(kept)) return kept;
    const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await secrets.store(secretName, made);
    return made;
  }
}

function isKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

/** What goes on and what ended in the last month, with the newest posts; announcements only where there is room for posts. */
function newest(reading: HealthReading, posts: number, now: Instant): HealthReading {
  return {
    ...reading,
    issues: reading.issues
      .filter(one => goesOn(one) || (one.updatedAt ?? now) > now - month)
      .map(one => ({ ...one, posts: posts === 0 ? [] : one.posts.slice(-posts) })),
    notices: posts === 0 ? [] : reading.notices,
  };
}
