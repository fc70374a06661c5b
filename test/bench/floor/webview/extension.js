import * as vscode from 'vscode';

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'" />
    <title>Floor</title>
  </head>
  <body>
    <h1>Floor</h1>
  </body>
</html>`;

function openPage() {
  vscode.window.createWebviewPanel('floor.page', 'Floor', vscode.ViewColumn.Active).webview.html = html;
}

/** @param {vscode.ExtensionContext} context */
export function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand('floor.openPage', openPage));
}
