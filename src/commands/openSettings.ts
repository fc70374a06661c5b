import * as vscode from 'vscode';
import type { Run } from '../host/commandMap.ts';
import { settingsShape } from '../host/settingsSchema.ts';
import { parseArgument } from './argument.ts';

/** Opens the settings of Casebook, at one of them when it is named. */
export const run: Run = async (_services, argument) => {
  const given = parseArgument(argument);
  const name = given.kind === 'setting' && Object.hasOwn(settingsShape, given.setting) ? given.setting : undefined;
  const query = name === undefined ? '@ext:casebook.casebook' : `@id:casebook.${name}`;
  await vscode.commands.executeCommand('workbench.action.openSettings', query);
};
