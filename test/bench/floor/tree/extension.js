import * as vscode from 'vscode';

const size = 10_000;

/** @type {vscode.TreeDataProvider<number>} */
const provider = {
  getChildren: parent => (parent === undefined ? Array.from({ length: size }, (_, index) => index + 1) : []),
  getTreeItem: item => new vscode.TreeItem(`Item ${item}`),
};

/** @param {vscode.ExtensionContext} context */
export function activate(context) {
  context.subscriptions.push(vscode.window.registerTreeDataProvider('floor.items', provider));
}
