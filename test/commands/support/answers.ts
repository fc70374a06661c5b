import * as vscode from 'vscode';

/** What a person does when asked, in order: the start of a label to pick, labels to pick, a text to type, or turning away. */
export type Answer = string | readonly string[] | undefined;

/** What was shown meanwhile, as `kind: text`. */
export interface Asked {
  readonly shown: string[];
  /** Files the open dialog answers. */
  open: vscode.Uri[] | undefined;
  /** Where the save dialog leads. */
  save: vscode.Uri | undefined;
  /** The name the save dialog proposed. */
  proposed: string | undefined;
  /** Answers left that nobody asked for. */
  left(): readonly Answer[];
  restore(): void;
}

type Item = vscode.QuickPickItem;

/** Stands in for the person: answers what VS Code would ask on behalf of the commands, and writes down what it shows. */
export function answering(...answers: Answer[]): Asked {
  const { window } = vscode;
  const { showInformationMessage, showWarningMessage, showErrorMessage, showInputBox } = window;
  const { showQuickPick, createQuickPick, showOpenDialog, showSaveDialog } = window;
  const real = {
    ...{ showInformationMessage, showWarningMessage, showErrorMessage, showInputBox },
    ...{ showQuickPick, createQuickPick, showOpenDialog, showSaveDialog },
  };
  const shown: string[] = [];
  const next = (): Answer => {
    if (answers.length === 0) throw new Error(`Nobody answers. Shown: ${shown.join(' | ')}`);
    return answers.shift();
  };
  const asked: Asked = {
    shown,
    open: undefined,
    save: undefined,
    proposed: undefined,
    left: () => answers,
    restore: () => void Object.assign(window, real),
  };
  const pick = (items: readonly Item[], answer: Answer): Item | undefined => {
    const found = items.find(({ label }) => typeof answer === 'string' && label.startsWith(answer));
    if (answer !== undefined && found === undefined) {
      throw new Error(`No ${String(answer)} in: ${items.map(({ label }) => label).join(' | ')}`);
    }
    return found;
  };
  /** A message without buttons asks nothing. */
  const message =
    (kind: string) =>
    (text: string, ...rest: (vscode.MessageOptions | vscode.MessageItem)[]): Promise<unknown> => {
      const [first] = rest;
      const options = first !== undefined && !('title' in first) ? first : {};
      const items = rest.filter((item): item is vscode.MessageItem => 'title' in item);
      shown.push(
        [`${options.modal ? 'modal' : kind}: ${text}`, ...(options.detail ? [options.detail] : [])].join('\n'),
      );
      if (items.length === 0) return Promise.resolve(undefined);
      const answer = next();
      if (answer === undefined) return Promise.resolve(undefined);
      const item = items.find(({ title }) => title === answer);
      if (item === undefined)
        throw new Error(`No ${String(answer)} in: ${items.map(({ title }) => title).join(' | ')}`);
      return Promise.resolve(item);
    };
  Object.assign(window, {
    showInformationMessage: message('info'),
    showWarningMessage: message('warning'),
    showErrorMessage: message('error'),
    showInputBox: async (options: vscode.InputBoxOptions) => {
      shown.push(`input: ${options.prompt ?? ''}`);
      const answer = next();
      if (typeof answer !== 'string') return undefined;
      const problem = await options.validateInput?.(answer);
      if (!problem) return answer;
      shown.push(`refused: ${typeof problem === 'string' ? problem : problem.message}`);
      return undefined;
    },
    showQuickPick: (items: readonly Item[], options: vscode.QuickPickOptions) => {
      shown.push(`pick: ${options.title ?? ''}`);
      const answer = next();
      if (options.canPickMany !== true) return Promise.resolve(pick(items, answer));
      return Promise.resolve(
        answer === undefined
          ? undefined
          : [answer]
              .flat()
              .map(one => pick(items, one))
              .filter(item => item !== undefined),
      );
    },
    createQuickPick: () => {
      const hidden = new vscode.EventEmitter<void>();
      const accepted = new vscode.EventEmitter<void>();
      const quickPick = {
        title: '',
        value: '',
        items: [] as Item[],
        selectedItems: [] as (Item | undefined)[],
        onDidChangeValue: new vscode.EventEmitter<string>().event,
        onDidAccept: accepted.event,
        onDidHide: hidden.event,
        hide: () => hidden.fire(),
        dispose: () => undefined,
        show: () => {
          shown.push(`pick: ${quickPick.title}`);
          const item = pick(quickPick.items, next());
          quickPick.selectedItems = [item];
          if (item === undefined) hidden.fire();
          else accepted.fire();
        },
      };
      return quickPick;
    },
    showOpenDialog: () => Promise.resolve(asked.open),
    showSaveDialog: (options: vscode.SaveDialogOptions) => {
      asked.proposed = options.defaultUri?.path.split('/').at(-1);
      return Promise.resolve(asked.save);
    },
  });
  return asked;
}
