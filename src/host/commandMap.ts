import * as vscode from 'vscode';
import { commandIds, type CommandId } from './ids.ts';
import { DisposableStore, type Disposable } from './disposables.ts';
import { notify } from './notify.ts';
import { safeText } from './safeText.ts';
import type { Services } from './services.ts';

/** What a command does. `argument` comes from menus, keybindings and other extensions: parse it, or ignore it. */
export type Run = (services: Services, argument: unknown) => Promise<void>;
/** Answers what a command does; loads it when it is first asked. */
export type LoadRun = (id: CommandId) => Promise<Run>;

/** Registers all commands at once; the one place that catches what a command did not, logs it and says so. */
export function registerCommands(services: Services, load: LoadRun): Disposable {
  const registered = new DisposableStore();
  for (const id of commandIds) {
    registered.add(
      vscode.commands.registerCommand(id, async (argument: unknown) => {
        try {
          const run = await load(id);
          await run(services, argument);
        } catch (error) {
          services.log.error(id, error);
          const strings = await services.strings();
          const showLog = { label: safeText(strings, 'action.showLog'), value: true };
          if (await notify.error(safeText(strings, 'error.failed'), showLog)) services.log.show();
        }
      }),
    );
  }
  return registered;
}

/** Runs one of our commands, as a menu would. */
export function executeCommand(id: CommandId, argument?: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand(id, argument);
}
