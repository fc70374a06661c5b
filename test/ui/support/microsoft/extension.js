// Signs in as the editor's own extension for Microsoft does, of which it has the id: asks the person on a page of consent,
// and fails where they turn away. The token says who it is and what it is for, so that a test can tell where it goes.
import * as vscode from 'vscode';

export function activate({ subscriptions }) {
  const changed = new vscode.EventEmitter();
  let sessions = [];
  const forScopes = scopes => sessions.filter(one => scopes.every(scope => one.scopes.includes(scope)));
  const provider = {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes = []) => forScopes(scopes),
    createSession: async scopes => {
      const detail = scopes.join('\n');
      const answer = await vscode.window.showInformationMessage(
        'Permissions requested by Microsoft',
        { modal: true, detail },
        'Accept',
      );
      if (answer !== 'Accept') throw new Error('Cancelled');
      const accessToken = Buffer.from(scopes.join(' ')).toString('base64url');
      const session = { id: accessToken, accessToken, account: { id: 'ada', label: 'ada@contoso.test' }, scopes };
      sessions.push(session);
      changed.fire({ added: [session], removed: [], changed: [] });
      return session;
    },
    removeSession: async id => {
      const removed = sessions.filter(one => one.id === id);
      sessions = sessions.filter(one => one.id !== id);
      changed.fire({ added: [], removed, changed: [] });
    },
  };
  subscriptions.push(
    changed,
    vscode.authentication.registerAuthenticationProvider('microsoft', 'Microsoft', provider),
    vscode.commands.registerCommand('microsoft.signOut', async () => {
      for (const { id } of sessions) await provider.removeSession(id);
    }),
  );
}
