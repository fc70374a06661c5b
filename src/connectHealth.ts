// Sources of service health in the editor: its settings, its secrets and its sign-in.
import * as vscode from 'vscode';
import { ConnectedHealth } from './healthSources.ts';
import type { DisposableStore } from './host/disposables.ts';
import { silentSession } from './host/microsoft.ts';
import type { Services } from './host/services.ts';
import type { HealthSourceSetting } from './host/settingsSchema.ts';

/** Puts the connected sources together; `owned` ends them. */
export async function connectHealth(
  { secrets, globalStorageUri }: Pick<vscode.ExtensionContext, 'secrets' | 'globalStorageUri'>,
  services: () => Services,
  owned: DisposableStore,
): Promise<ConnectedHealth> {
  const read = async (): Promise<readonly HealthSourceSetting[]> =>
    (await services().settings()).settings.healthSources;
  let { healthPeople: people } = (await services().settings()).settings;
  const count = async (): Promise<void> => void ({ healthPeople: people } = (await services().settings()).settings);
  const health = owned.add(
    new ConnectedHealth({
      ...{ secrets, session: silentSession, log: services().log, read, people: () => people },
      folder: vscode.Uri.joinPath(globalStorageUri, 'health').fsPath,
      // In the user's own settings, where no folder and no other machine has a say.
      write: async sources => {
        const own = vscode.workspace.getConfiguration('casebook');
        await own.update('healthSources', sources, vscode.ConfigurationTarget.Global);
      },
    }),
  );
  owned.add(
    vscode.workspace.onDidChangeConfiguration(async change => {
      if (change.affectsConfiguration('casebook.healthSources')) health.use(await read());
      await count();
    }),
  );
  owned.add(services().onDidChangePolicy(() => void count()));
  // Signed in, or out, by another window or at Microsoft.
  owned.add(secrets.onDidChange(() => health.signInChanged()));
  owned.add(vscode.authentication.onDidChangeSessions(() => health.signInChanged()));
  health.use(await read());
  return health;
}
