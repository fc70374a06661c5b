import type { Strings } from '../strings/strings.ts';
import type { Command } from './command.ts';
import { type CommandName, commandNames, commands } from './main.ts';
import { everywhere, options } from './options.ts';

const column = 22;
const row = (name: string, text: string): string =>
  name.length < column - 1 ? `  ${name.padEnd(column)}${text}` : `  ${name}\n  ${' '.repeat(column)}${text}`;

function optionRow(name: keyof typeof options, strings: Strings): string {
  const option = options[name];
  return row(`--${name}${'value' in option ? ` ${option.value}` : ''}`, strings.t(`cli.option.${name}`));
}

/** The help of a command, or of all. */
export function helpOf(name: CommandName | undefined, strings: Strings): readonly string[] {
  const common = [strings.t('cli.help.everywhere'), ...everywhere.map(one => optionRow(one, strings))];
  const exits = ['', strings.t('cli.help.exits')];
  if (name === undefined) {
    const table = commandNames.map(one => row(one, strings.t(`cli.command.${one}`)));
    return ['casebook COMMAND', '', ...table, '', ...common, ...exits, strings.t('cli.help.more')];
  }
  const { usage, options: own }: Command = commands[name];
  return [
    ...usage.map(line => `casebook ${line}`),
    ...['', strings.t(`cli.command.${name}`)],
    ...(name === 'target' ? [strings.t('cli.help.amount')] : []),
    ...(own.length === 0 ? [] : ['', strings.t('cli.help.options'), ...own.map(one => optionRow(one, strings))]),
    ...['', ...common, ...exits],
  ];
}
