import * as vscode from 'vscode';
import type { CommandId } from '../host/ids.ts';
import { assertNever } from '../rules/decision.ts';
import { contextValueOf } from './contextValue.ts';
import type { CasesNode, HealthNode, WayOut } from './node.ts';

interface Click {
  readonly command: CommandId;
  readonly argument?: Readonly<Record<string, string>>;
}

function leave(wayOut: WayOut): Click {
  switch (wayOut.to) {
    case 'setting':
      return { command: 'casebook.openSettings', argument: { setting: wayOut.setting } };
    case 'retry':
      return { command: 'casebook.refresh' };
    case 'log':
      return { command: 'casebook.showLog' };
    case 'signIn':
      return 'desk' in wayOut
        ? { command: 'casebook.signInDesk', argument: { desk: wayOut.desk } }
        : { command: 'casebook.signInHealth', argument: { source: wayOut.source } };
    case 'why':
      return { command: 'casebook.why', argument: { source: wayOut.source } };
    case 'connect':
      return { command: 'casebook.connectDesk', argument: { desk: 'suggested' } };
  }
}

/** What selecting a node does; nothing for nodes that only open and close. */
function clickOf(node: CasesNode | HealthNode): Click | undefined {
  switch (node.kind) {
    case 'case':
      return { command: 'casebook.openCase', argument: { caseId: node.caseId } };
    case 'draft':
      return { command: 'casebook.openCase', argument: { draftId: node.draftId } };
    case 'note':
      return { command: 'casebook.openCase', argument: { noteOf: node.noteOf } };
    case 'unsent':
      return node.caseId === undefined
        ? undefined
        : { command: 'casebook.openCase', argument: { caseId: node.caseId } };
    case 'more':
      return { command: 'casebook.showMore', argument: { group: node.group } };
    case 'problem':
      return leave(node.wayOut);
    case 'unconnected':
      return { command: 'casebook.connectHealth' };
    case 'incident':
      return { command: 'casebook.openIncident', argument: { incidentId: node.incidentId } };
    case 'issue':
      return { command: 'casebook.openIncident', argument: { source: node.source, issueId: node.issueId } };
    case 'notice':
      return { command: 'casebook.openIncident', argument: { source: node.source, noticeId: node.noticeId } };
    case 'group':
    case 'source':
    case 'service':
    case 'post':
    case 'notices':
    case 'remark':
      return undefined;
    default:
      return assertNever(node);
  }
}

function collapsibleState(node: CasesNode | HealthNode): vscode.TreeItemCollapsibleState {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case 'group':
      return node.collapsed ? Collapsed : Expanded;
    case 'service':
      return node.hasIncidents ? (node.expanded ? Expanded : Collapsed) : None;
    case 'source':
      return Expanded;
    case 'notices':
      return Collapsed;
    case 'incident':
      return node.posts.length > 0 ? Collapsed : None;
    case 'case':
    case 'draft':
    case 'note':
    case 'unsent':
    case 'more':
    case 'problem':
    case 'post':
    case 'issue':
    case 'notice':
    case 'remark':
    case 'unconnected':
      return None;
    default:
      return assertNever(node);
  }
}

/** The row VS Code shows for a node. Tooltips are added when they are asked for. */
export function treeItemOf(node: CasesNode | HealthNode): vscode.TreeItem {
  const { label, description, icon, accessibility } = node.item;
  const item = new vscode.TreeItem(label, collapsibleState(node));
  item.id = node.id;
  item.contextValue = contextValueOf(node);
  item.accessibilityInformation = { label: accessibility };
  if (description !== undefined) item.description = description;
  if (icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(
      icon.id,
      icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color),
    );
  }
  const click = clickOf(node);
  // The title of the command is never shown: selecting the row runs it.
  if (click !== undefined) {
    item.command = { command: click.command, title: label, arguments: click.argument ? [click.argument] : [] };
  }
  return item;
}

/** Adds the tooltip of a node, always as plain text. */
export function withTooltip(item: vscode.TreeItem, node: CasesNode | HealthNode): vscode.TreeItem {
  item.tooltip = node.item.tooltip ?? node.item.label;
  return item;
}
