import * as vscode from 'vscode';

const commitForm = /^[0-9a-f]{7,64}$/;

/** The property of something unknown; its methods keep their object. */
function member(of: unknown, name: string): unknown {
  if ((typeof of !== 'object' && typeof of !== 'function') || of === null) return undefined;
  const value: unknown = Reflect.get(of, name);
  return typeof value === 'function' ? value.bind(of) : value;
}

function call(method: unknown, ...values: readonly unknown[]): unknown {
  return typeof method === 'function' ? Reflect.apply(method, undefined, values) : undefined;
}

/**
 * The commit a file's repository stands at, from the built-in Git extension where it is active already. It is neither
 * started for this nor is any program run; what it answers is not ours, so nothing about its form is taken for granted.
 */
export function commitOf(file: vscode.Uri): string | undefined {
  try {
    const git = vscode.extensions.getExtension<unknown>('vscode.git');
    if (git?.isActive !== true) return undefined;
    const repository = call(member(call(member(git.exports, 'getAPI'), 1), 'getRepository'), file);
    const commit = member(member(member(repository, 'state'), 'HEAD'), 'commit');
    return typeof commit === 'string' && commitForm.test(commit) ? commit : undefined;
  } catch {
    return undefined;
  }
}
