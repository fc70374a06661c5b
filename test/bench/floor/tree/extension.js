import * as vscode from 'vscode';

/** @type {(size: number) => vscode.TreeDataProvider<number>} */
const providerOf = size => ({
  getChildren: parent => (parent === undefined ? Array.from({ length: size }, (_, index) => index + 1) : []),
  getTreeItem: item => new vscode.TreeItem(`Item ${item}`),
});

/** @param {vscode.ExtensionContext} context */
export function activate(context) {
  context.subscriptions.push(
    vscode.window.registerTreeDataProvider('floor.items', providerOf(10_000)),
    vscode.window.registerTreeDataProvider('floor.lessItems', providerOf(5_200)),
  );
}
