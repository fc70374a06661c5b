import * as vscode from 'vscode';
import { isolatedPart } from '../strings/bidi.ts';
import type { SafeText } from './safeText.ts';

/** A button of a message: its text and what it answers. */
export interface Choice<Value> {
  readonly label: SafeText;
  readonly value: Value;
}

async function pick<Value>(
  show: (
    items: readonly (vscode.MessageItem & Choice<Value>)[],
  ) => Thenable<(vscode.MessageItem & Choice<Value>) | undefined>,
  choices: readonly Choice<Value>[],
): Promise<Value | undefined> {
  return (await show(choices.map(choice => ({ ...choice, title: choice.label }))))?.value;
}

/** The only way to a notification, a progress title or an input prompt; lint bans the raw calls everywhere else. */
export const notify = {
  /** A quiet message; answers the chosen button or undefined. */
  info: <Value = never>(text: SafeText, ...choices: readonly Choice<Value>[]): Promise<Value | undefined> =>
    pick(items => vscode.window.showInformationMessage(text, ...items), choices),
  warn: <Value = never>(text: SafeText, ...choices: readonly Choice<Value>[]): Promise<Value | undefined> =>
    pick(items => vscode.window.showWarningMessage(text, ...items), choices),
  error: <Value = never>(text: SafeText, ...choices: readonly Choice<Value>[]): Promise<Value | undefined> =>
    pick(items => vscode.window.showErrorMessage(text, ...items), choices),
  /** A modal question; `detail` is shown literally by VS Code, so it may quote what a person wrote. */
  confirm: <Value>(text: SafeText, detail: string, ...choices: readonly Choice<Value>[]): Promise<Value | undefined> =>
    pick(items => vscode.window.showWarningMessage(text, { modal: true, detail }, ...items), choices),
  /** A modal message to read; `detail` is shown literally by VS Code. */
  explain: async (text: SafeText, detail: string): Promise<void> => {
    await vscode.window.showInformationMessage(text, { modal: true, detail });
  },
  /** One line of input; `validate` answers a sentence when the value does not hold. */
  input: (options: {
    title: string;
    prompt: SafeText;
    value?: string;
    placeholder?: string;
    /** Shows no letter of what is typed. */
    password?: boolean;
    validate?: (value: string) => SafeText | undefined;
  }): Thenable<string | undefined> =>
    vscode.window.showInputBox({
      title: isolatedPart(options.title),
      prompt: options.prompt,
      ignoreFocusOut: true,
      password: options.password ?? false,
      ...(options.value === undefined ? {} : { value: options.value }),
      ...(options.placeholder === undefined ? {} : { placeHolder: options.placeholder }),
      validateInput: value => options.validate?.(value),
    }),
  /** Progress in a view while `work` runs. */
  progress: <Value>(viewId: string, work: () => Promise<Value>): Thenable<Value> =>
    vscode.window.withProgress({ location: { viewId } }, work),
} as const;
