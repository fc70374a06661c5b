import * as vscode from 'vscode';
import {
  maxPolicyLength,
  policyFiles,
  readPolicy,
  tooLargePolicy,
  type Policy,
  type PolicyFault,
} from '../policy/policy.ts';
import type { Strings } from '../strings/strings.ts';
import { debounced, DisposableStore, type Disposable } from './disposables.ts';
import type { Log } from './log.ts';
import { notify } from './notify.ts';
import { safeText } from './safeText.ts';

/** A save can be a deletion and a creation; what lies between is not looked at. */
const quietMs = 100;

/** The policy that a team shares in its workspace. */
export interface TeamPolicy extends Disposable {
  /** The last good policy, or undefined where there is none or the workspace is not trusted. */
  inForce(): Policy | undefined;
}

interface Sources {
  readonly log: Log;
  strings(): Promise<Strings>;
  /** The policy in force became another. */
  changed(): void;
}

/** A policy file, as last read. */
interface Found {
  readonly uri: vscode.Uri;
  /** The last good one of this file. */
  readonly policy: Policy | undefined;
  readonly faults: readonly (PolicyFault & { readonly range: vscode.Range })[];
}

/** The key or word at the place of a fault. */
function rangeOf({ line, column }: PolicyFault, lines: readonly string[]): vscode.Range {
  const rest = lines[line - 1]?.slice(column - 1) ?? '';
  const length = /^(?:"(?:[^"\\]|\\.)*"|[\w.+-]+|.)/u.exec(rest)?.[0].length ?? 0;
  return new vscode.Range(line - 1, column - 1, line - 1, column - 1 + length);
}

/** The text of a file, `tooLarge`, or undefined where there is no such file. Throws when it cannot be read. */
async function textOf(uri: vscode.Uri): Promise<string | { readonly tooLarge: true } | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return undefined;
    if (size > maxPolicyLength) return { tooLarge: true };
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

class WatchedPolicy implements TeamPolicy {
  readonly #sources: Sources;
  readonly #owned = new DisposableStore();
  readonly #diagnostics = this.#owned.add(vscode.languages.createDiagnosticCollection('casebook'));
  #watchers = new DisposableStore();
  #found: readonly Found[] = [];
  #readings: Promise<void> = Promise.resolve();
  /** Whether anyone can have asked for the policy already. */
  #started = false;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#owned.add({ dispose: () => this.#watchers.dispose() });
    const again = (): void => {
      this.#watch();
      void this.read();
    };
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(again));
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(again));
    this.#watch();
  }

  inForce(): Policy | undefined {
    return this.#found.find(({ policy }) => policy !== undefined)?.policy;
  }

  /** Reads the files again, one reading after the other, and tells what changed. */
  read(): Promise<void> {
    this.#readings = this.#readings
      .then(() => this.#readAll())
      .catch((error: unknown) => this.#sources.log.error('policy', error));
    return this.#readings;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  get #folders(): readonly vscode.WorkspaceFolder[] {
    return vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  }

  #watch(): void {
    this.#watchers.dispose();
    this.#watchers = new DisposableStore();
    const soon = this.#watchers.add(debounced(quietMs, () => void this.read()));
    for (const folder of this.#folders) {
      for (const name of policyFiles) {
        const watcher = this.#watchers.add(
          vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name)),
        );
        for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
          this.#watchers.add(event(() => soon()));
        }
      }
    }
  }

  async #readAll(): Promise<void> {
    const before = this.#found;
    const was = JSON.stringify(this.inForce());
    const found = await Promise.all(this.#folders.map(folder => this.#readFolder(folder)));
    this.#found = found.filter(one => one !== undefined);
    const faults = this.#found.reduce((sum, one) => sum + one.faults.length, 0);
    this.#sources.log.info('policy', { files: this.#found.length, faults });
    this.#tell(before).catch((error: unknown) => this.#sources.log.error('policy', error));
    if (this.#started && JSON.stringify(this.inForce()) !== was) this.#sources.changed();
    this.#started = true;
  }

  /** The first file of a folder that is there. One that cannot be read stays as it was. */
  async #readFolder(folder: vscode.WorkspaceFolder): Promise<Found | undefined> {
    for (const name of policyFiles) {
      const uri = vscode.Uri.joinPath(folder.uri, name);
      const before = this.#before(uri, this.#found);
      try {
        const text = await textOf(uri);
        if (text === undefined) continue;
        const read = typeof text === 'string' ? readPolicy(text) : tooLargePolicy;
        if (read.ok) return { uri, policy: read.policy, faults: [] };
        const lines = typeof text === 'string' ? text.split(/\r\n|\r|\n/) : [];
        const faults = read.faults.map(fault => ({ ...fault, range: rangeOf(fault, lines) }));
        return { uri, policy: before?.policy, faults };
      } catch (error) {
        this.#sources.log.error('policy', error);
        if (before !== undefined) return before;
      }
    }
    return undefined;
  }

  #before(uri: vscode.Uri, found: readonly Found[]): Found | undefined {
    return found.find(one => one.uri.toString() === uri.toString());
  }

  /** Marks every fault in its file; says once for each change of a file that it cannot be used. */
  async #tell(before: readonly Found[]): Promise<void> {
    const found = this.#found;
    const strings = await this.#sources.strings();
    if (found !== this.#found) return;
    this.#diagnostics.clear();
    for (const { uri, policy, faults } of found) {
      this.#diagnostics.set(
        uri,
        faults.map(({ code, facts, range }) => {
          const text = strings.lookup(`policy.fault.${code}`, { facts: facts.join(', ') }) ?? code;
          return Object.assign(new vscode.Diagnostic(range, text), { source: 'Casebook', code });
        }),
      );
      const [first] = faults;
      if (first === undefined || JSON.stringify(this.#before(uri, before)?.faults) === JSON.stringify(faults)) continue;
      void this.#warn(strings, uri, first, policy !== undefined);
    }
  }

  async #warn(strings: Strings, uri: vscode.Uri, fault: Found['faults'][number], kept: boolean): Promise<void> {
    // Brackets would be taken out of the message: a link could be made of them.
    const key = fault.key.replaceAll(/\[(\d+)\]/g, '.$1') || strings.t('policy.wholeFile');
    const place = { file: vscode.workspace.asRelativePath(uri), line: fault.line, key };
    const text = safeText(strings, kept ? 'policy.unused.kept' : 'policy.unused.settings', place);
    const show = await notify.warn(text, { label: safeText(strings, 'policy.show'), value: true });
    if (show) await vscode.window.showTextDocument(uri, { selection: fault.range });
  }
}

/**
 * Finds and watches the policy file of each folder of a trusted workspace (`policyFiles`, at most `maxPolicyLength`
 * bytes); with several folders the first one that has a good policy decides. Resolves when the files were read once.
 * A file that becomes wrong leaves the last good policy in force; a deleted one leaves none.
 */
export async function openTeamPolicy(sources: Sources): Promise<TeamPolicy> {
  const policy = new WatchedPolicy(sources);
  await policy.read();
  return policy;
}
