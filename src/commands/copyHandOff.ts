import * as vscode from 'vscode';
import { handedOver } from '../forms/handOffView.ts';
import type { Run } from '../host/commandMap.ts';
import { safeText } from '../host/safeText.ts';
import { createStrings, type Strings } from '../strings/strings.ts';
import { say } from './say.ts';
import { caseFor } from './target.ts';

/** The sentences of the hand-off: English where the user asks for it; undefined when they turn away. */
async function chooseStrings(own: Strings): Promise<Strings | undefined> {
  if (own.language === 'en') return own;
  const items = [
    { label: own.t('language.own'), strings: own },
    { label: 'English', strings: createStrings('en') },
  ];
  const placeHolder = own.t('command.copyHandOff.language');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.strings;
}

/** Puts all that support needs to know about a case on the clipboard, with the way to it. */
export const run: Run = async (services, argument) => {
  const at = await caseFor(services, argument, 'command.copyHandOff.title');
  if (at === undefined) return;
  const strings = await chooseStrings(at.strings);
  if (strings === undefined) return;
  const { settings } = await services.settings();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { whole } = handedOver(at.case, settings, { strings, zone, now: services.now() });
  await vscode.env.clipboard.writeText(whole);
  say.info(safeText(at.strings, 'command.copyHandOff.done', { number: at.case.number }));
};
