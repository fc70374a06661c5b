import { parseArgs } from 'node:util';
import { cleanText } from '../desk/clean.ts';
import type { Strings } from '../strings/strings.ts';
import type { Answer, Command } from './command.ts';
import { BadUse, sayFault } from './fault.ts';
import type { Exit, Io } from './io.ts';
import { languageOf, stringsIn } from './language.ts';
import { everywhere, Given, type OptionName, options } from './options.ts';
import { plain, plainly, toJson } from './plain.ts';

const nothing = { least: 0, most: 0, what: '' };
const aDraft = { least: 1, most: 1, what: 'DRAFT.json' };
const team = ['policy'] as const;

/** The commands, each loaded when it is called. */
export const commands = {
  facts: {
    usage: ['facts [ID]'],
    takes: { least: 0, most: 1, what: 'ID' },
    options: [],
    load: () => import('./commands/facts.ts'),
  },
  profiles: { usage: ['profiles'], takes: nothing, options: [], load: () => import('./commands/profiles.ts') },
  hours: {
    usage: ['hours --profile PROFILE --category CATEGORY [--severity SEVERITY] [--at INSTANT] [--zone ZONE]'],
    takes: nothing,
    options: ['profile', 'category', 'severity', 'at', 'zone', ...team],
    load: () => import('./commands/hours.ts'),
  },
  target: {
    usage: [
      'target --profile PROFILE [--plan PLAN] --severity SEVERITY --category CATEGORY --opened INSTANT [--reading READING] [--zone ZONE] [--policy FILE]',
      'target --calendar FILE --amount AMOUNT --opened INSTANT [--zone ZONE]',
      'target --batch [--calendar FILE]',
    ],
    takes: nothing,
    options: [
      ...(['profile', 'plan', 'severity', 'category', 'opened', 'reading', 'zone'] as const),
      ...(['calendar', 'amount', 'batch'] as const),
      ...team,
    ],
    load: () => import('./commands/target.ts'),
  },
  may: {
    usage: [
      'may --profile PROFILE --role ROLE [--direct N] [--partner N] [--denied] [--category CATEGORY] [--severity SEVERITY] [--agreement] [--origin ORIGIN]',
    ],
    takes: nothing,
    options: [
      ...(['profile', 'role', 'direct', 'partner', 'denied', 'category', 'severity', 'agreement', 'origin'] as const),
      ...team,
    ],
    load: () => import('./commands/may.ts'),
  },
  check: {
    usage: ['check DRAFT.json'],
    takes: aDraft,
    options: ['profile', 'agreement', ...team],
    load: () => import('./commands/check.ts'),
  },
  handoff: {
    usage: ['handoff DRAFT.json'],
    takes: aDraft,
    options: ['profile', ...team],
    load: () => import('./commands/handoff.ts'),
  },
  classify: {
    usage: ['classify --profile PROFILE TEXT', 'classify --profile PROFILE -'],
    takes: { least: 1, most: 1, what: 'TEXT' },
    options: ['profile', ...team],
    load: () => import('./commands/classify.ts'),
  },
  list: {
    usage: ['list --desk FILE [--status STATUS,STATUS] [--severity SEVERITY] [--zone ZONE]'],
    takes: nothing,
    options: ['desk', 'status', 'severity', 'zone'],
    load: () => import('./commands/list.ts'),
  },
  health: {
    usage: ['health --source SOURCE --url URL [--json | --text]'],
    takes: nothing,
    options: ['source', 'url', 'text'],
    load: () => import('./commands/health.ts'),
  },
  desk: {
    usage: [
      'desk token create --data FOLDER --person NAME [--roles ROLES] [--tenant TENANT] [--days N] [--scope SCOPE]',
      'desk token list --data FOLDER',
      'desk token revoke ID --data FOLDER',
    ],
    takes: { least: 2, most: 3, what: 'token create, token list, token revoke ID' },
    options: ['data', 'person', 'roles', 'tenant', 'days', 'scope'],
    load: () => import('./commands/desk.ts'),
  },
} as const satisfies Readonly<Record<string, Command>>;
export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as readonly CommandName[];

interface Parsed {
  readonly name: CommandName | undefined;
  readonly args: readonly string[];
  readonly given: Given;
  /** What is wrong with the call, told once the language is known. */
  readonly fault: BadUse | undefined;
}

const read = (argv: readonly string[]) =>
  parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
type Token = Extract<ReturnType<typeof read>['tokens'][number], { kind: 'option' }>;

function faultIn(name: CommandName | undefined, args: readonly string[], found: readonly Token[]): BadUse | undefined {
  const own: readonly OptionName[] = name === undefined ? [] : commands[name].options;
  for (const { name: option, rawName, value = '', inlineValue } of found) {
    const known = [...everywhere, ...own].find(one => one === option);
    if (known === undefined) return new BadUse('option', { name: rawName });
    if (options[known].type === 'string' && value === '') return new BadUse('optionValue', { name: rawName });
    if (options[known].type === 'boolean' && inlineValue === true)
      return new BadUse('optionNoValue', { name: rawName });
  }
  if (name === undefined) return undefined;
  const { least, most, what }: Command['takes'] = commands[name].takes;
  if (args.length < least) return new BadUse('argumentMissing', { command: name, what });
  const extra = args[most];
  return extra === undefined ? undefined : new BadUse('argumentExtra', { command: name, found: extra });
}

function parse(argv: readonly string[]): Parsed {
  const { values, positionals, tokens } = read(argv);
  const [word, ...args] = positionals;
  const name = commandNames.find(one => one === word);
  const given = new Given(values);
  const found = tokens.filter(token => token.kind === 'option');
  const asked = given.flag('help') || given.flag('version');
  const told = { name: word ?? '', commands: commandNames.join(', ') };
  if (word !== undefined && name === undefined) return { name, args, given, fault: new BadUse('command', told) };
  const fault = faultIn(name, args, found);
  if (asked && fault?.fault.code === 'argumentMissing') return { name, args, given, fault: undefined };
  const unnamed = name === undefined && !asked ? new BadUse('noCommand', told) : undefined;
  return { name, args, given, fault: fault ?? unnamed };
}

async function answer(parsed: Parsed, io: Io, strings: Strings): Promise<Answer<unknown> | Exit> {
  const { name, args, given, fault } = parsed;
  if (fault !== undefined) throw fault;
  if (given.flag('version')) {
    const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
    return { exit: 0, json: { version }, lines: [version] };
  }
  if (name === undefined || given.flag('help')) {
    const { helpOf } = await import('./help.ts');
    const lines = helpOf(name, strings);
    return { exit: 0, json: { help: lines }, lines };
  }
  const command: Command = commands[name];
  return (await command.load()).run({ io, strings, given, args });
}

/**
 * Runs one call, without the program's name, and answers its exit code. Answers go to `out`; what is wrong with the call
 * or its input is one sentence on `err`. Nothing is thrown.
 */
export async function main(argv: readonly string[], io: Io): Promise<Exit> {
  let strings = plainly(await stringsIn(languageOf(io)));
  try {
    const parsed = parse(argv);
    const language = parsed.given.language();
    if (language !== undefined) strings = plainly(await stringsIn(language));
    const answered = await answer(parsed, io, strings);
    if (typeof answered === 'number') return answered;
    const { exit, json, lines } = answered;
    await io.out(parsed.given.flag('json') ? `${toJson(json, 2)}\n` : `${cleanText(lines.join('\n'))}\n`);
    return exit;
  } catch (error) {
    const fault = error instanceof BadUse ? error.fault : undefined;
    const said = fault ? sayFault(strings, fault) : strings.t('cli.bad.failed', { why: plain(String(error)) });
    await io.err(`casebook: ${said}\n`);
    return 2;
  }
}
