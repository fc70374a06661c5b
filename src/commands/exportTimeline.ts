import * as vscode from 'vscode';
import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { choose } from './choose.ts';
import { exportJson, exportMarkdown } from './exportCase.ts';
import { saveAs } from './save.ts';
import { caseFor } from './target.ts';

/** Saves a case with its timeline as JSON or Markdown. */
export const run: Run = async (services, argument) => {
  const title = 'command.export.title';
  const at = await caseFor(services, argument, title);
  if (at === undefined) return;
  const { strings, case: detail } = at;
  const formats = (['json', 'markdown'] as const).map(value => ({
    label: strings.t(`command.export.${value}`),
    detail: strings.t(`command.export.${value}.detail`),
    value,
  }));
  const format = await choose(strings.t('command.export.format'), formats);
  if (format === undefined) return;
  const text =
    format === 'json'
      ? `${JSON.stringify(exportJson(detail, services.now()), undefined, 2)}\n`
      : exportMarkdown(detail, strings);
  const name = `case-${detail.number}.${format === 'json' ? 'json' : 'md'}`;
  const saved = await saveAs(at, strings.t(title), name, new TextEncoder().encode(text));
  if (saved === undefined) return;
  const open = { label: safeText(strings, 'command.export.open'), value: true };
  void notify.info(safeText(strings, 'command.export.done', { number: detail.number }), open).then(wanted => {
    if (wanted) void vscode.window.showTextDocument(saved);
  });
};
