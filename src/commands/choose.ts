import * as vscode from 'vscode';
import type { CaseSummary } from '../desk/case.ts';
import { cleanLine } from '../desk/text.ts';
import { arranged, isolated, isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import { literal } from '../host/literal.ts';

/** A row of a list to choose from. Its texts are shown as they are, whoever wrote them. */
export interface Row<Value> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly picked?: boolean;
  readonly value: Value;
}

/** A text by a person, for the rows of a list: one clean line that keeps its direction to itself. */
export function quoted(text: string): string {
  return isolated(cleanLine(text.slice(0, 1_000)).slice(0, 200).toWellFormed());
}

/** A case as a row: number and title, then status and severity. */
export function caseRow<Value>(of: CaseSummary, value: Value, strings: Strings): Row<Value> {
  const severity = of.severitySet ?? of.severityProposed ?? 'none';
  return {
    label: `#${of.number} ${quoted(of.title)}`,
    description: arranged(
      ' · ',
      [
        strings.t(`status.${of.status}`),
        strings.t(`severity.${severity}`),
        of.desk === undefined ? undefined : quoted(of.desk),
      ],
      strings,
    ),
    value,
  };
}

/** A text as a list shows it: no icon that we did not mean, in its own direction in an editor that reads from left to right. */
const shown = (text: string): string => literal(isolatedPart(text));

/** A row as VS Code takes it. */
export function itemOf<Value>(row: Row<Value>): vscode.QuickPickItem & { readonly value: Value } {
  return {
    label: shown(row.label),
    value: row.value,
    ...(row.description === undefined ? {} : { description: shown(row.description) }),
    ...(row.detail === undefined ? {} : { detail: shown(row.detail) }),
    ...(row.picked === undefined ? {} : { picked: row.picked }),
  };
}

/** Asks for one of a few; undefined when the user turns away. */
export async function choose<Value>(title: string, rows: readonly Row<Value>[]): Promise<Value | undefined> {
  const options = { title: isolatedPart(title), ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(rows.map(itemOf), options))?.value;
}

/** Asks for any number of a few; undefined when the user turns away. */
export async function chooseMany<Value>(
  title: string,
  rows: readonly Row<Value>[],
): Promise<readonly Value[] | undefined> {
  const options = {
    title: isolatedPart(title),
    ignoreFocusOut: true,
    canPickMany: true,
    matchOnDescription: true,
  } as const;
  return (await vscode.window.showQuickPick(rows.map(itemOf), options))?.map(({ value }) => value);
}
