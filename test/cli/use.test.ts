import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commandNames, commands } from '../../src/cli/main.ts';
import { casebook, complaint, folder } from './support/run.ts';

const words = (line: string): string[] => line.split(' ');
const aim = '--profile m365China --severity B --category technical';

describe('casebook, wrongly used', () => {
  for (const [args, part] of [
    ['', /^Name a command: facts, profiles, /],
    ['nothing', /no command “nothing”/],
    ['constructor', /no command “constructor”/],
    ['facts --colour', /no option --colour/],
    ['facts -x', /no option -x/],
    ['facts --desk x', /no option --desk/],
    ['facts --__proto__ x', /no option --__proto__/],
    ['facts --json=yes', /--json takes no value/],
    ['facts C-20 C-21', /“C-21” is one argument too many/],
    ['facts Z-99', /no fact “Z-99”/],
    ['facts __proto__', /no fact “__proto__”/],
    ['facts --language tlh', /--language must be one of en, cs, fi, he, lv, not “tlh”/],
    ['check', /casebook check needs DRAFT\.json/],
    ['classify --profile m365China', /casebook classify needs TEXT/],
    ['classify x', /--profile is missing/],
    ['hours --category technical', /--profile is missing/],
    ['hours --profile', /--profile needs a value/],
    ['hours --profile m365china --category technical', /--profile must be one of m365Business/],
    ['hours --profile m365China', /--category is missing/],
    ['hours --profile m365Business --category billing --at 2026-03-04T10:00Z', /--zone is missing/],
    ['hours --profile m365China --category technical --zone Mars/Olympus', /--zone: there is no time zone “Mars/],
    [`target ${aim}`, /--opened is missing/],
    [`target ${aim} --opened 2026-02-30T10:00Z`, /--opened: “2026-02-30T10:00Z” is no instant/],
    [`target ${aim} --opened 2026-13-01T10:00Z`, /is no instant/],
    [`target ${aim} --opened 2026-03-01T24:01Z`, /is no instant/],
    [`target ${aim} --opened 2026-03-01T10:60Z`, /is no instant/],
    [`target ${aim} --opened 2026-03-01T10:00+25:00`, /is no instant/],
    [`target ${aim} --opened 0000-03-01T10:00Z`, /is no instant/],
    [`target ${aim} --opened 9999-12-31T23:59-05:00`, /is no instant/],
    [`target ${aim} --opened 9999-12-31T23:59Z`, /--opened: .* is no instant/],
    [`target ${aim} --opened tomorrow`, /is no instant/],
    [`target ${aim} --opened 2026-03-04`, /is no instant/],
    [`target ${aim} --opened 2026-03-04T10:00`, /has no zone/],
    [`target ${aim} --opened 2026-03-29T02:30 --zone Europe/Prague`, /clocks of Europe\/Prague skipped/],
    [`target ${aim} --opened 2026-03-04T10:00Z --reading any`, /--reading must be one of supportDay/],
    [`target ${aim} --opened 2026-03-04T10:00Z --amount 3d`, /--calendar is missing/],
    ['target --calendar x --severity A', /--calendar and --severity/],
    ['target --calendar x --policy y', /--calendar and --policy/],
    ['target --batch --zone UTC', /--batch and --zone/],
    ['target --batch --policy y', /--batch and --policy/],
    ['target --calendar x', /--amount is missing/],
    ['target --calendar x --amount 3w', /--amount: “3w” is no amount/],
    ['target --calendar x --amount 0d', /is no amount/],
    ['target --calendar x --amount h', /is no amount/],
    ['may --profile m365China', /--role is missing/],
    ['may --profile m365China --role admin --direct -1', /--direct must be a whole number/],
    ['may --profile m365China --role admin --direct 1.5', /--direct must be a whole number/],
    ['list', /--desk is missing/],
    ['list --desk x --status open,lost', /--status must be one of open, .*not “lost”/],
  ] as const) {
    it(`casebook ${args}`, async () => {
      assert.match(await complaint(args === '' ? [] : words(args)), part);
    });
  }

  it('tells it in one line, without what a terminal would obey', async () => {
    const told = await complaint(['facts', `Z\u001b[2J\n\u202e${'y'.repeat(5_000)}`]);
    assert.ok(told.length < 300, told);
  });
});

describe('casebook, given a file that cannot be', () => {
  const files = folder();
  const good = { zone: 'Europe/Prague', week: { monday: ['09:00-17:00'] } };
  const many = Array.from({ length: 10_000 }, () => ({ date: '2026-01-01', name: 'x' }));
  const calendar = ['target', '--amount', '1h', '--opened', '2026-03-04T10:00Z', '--calendar'];
  const policy = ['target', ...words(aim), '--opened', '2026-03-04T10:00Z', '--policy'];

  for (const [name, command, content, part] of [
    ['no JSON', calendar, '{zone', /is not valid JSON/],
    ['an empty file', calendar, '', /is not valid JSON/],
    ['an array', calendar, [], /must hold one JSON object/],
    ['binary', calendar, Uint8Array.of(0xff, 0xfe, 0, 1), /is not text in UTF-8/],
    ['bytes that are no UTF-8', calendar, Uint8Array.of(0x22, 0xff, 0x22), /is not text in UTF-8/],
    ['NUL', calendar, '{"zone":"\0"}', /is not text in UTF-8/],
    ['5 MB', calendar, ' '.repeat(5 * 1024 * 1024), /is larger than 4 MB/],
    ['no zone', calendar, { week: {} }, /the field zone is missing/],
    ['a zone that is none', calendar, { ...good, zone: 'Mars' }, /the field zone names no time zone/],
    ['a zone of a wrong type', calendar, { ...good, zone: 1 }, /the field zone has a value/],
    ['neither week nor days', calendar, { zone: 'UTC' }, /the field week is missing/],
    ['week and days', calendar, { ...good, days: [], hours: [] }, /no field week/],
    ['a field nobody knows', calendar, { ...good, holiday: [] }, /no field holiday/],
    ['__proto__', calendar, `{"__proto__":{},${JSON.stringify(good).slice(1)}`, /no field __proto__/],
    ['a weekday nobody knows', calendar, { zone: 'UTC', week: { funday: [] } }, /no field week\.funday/],
    ['hours of a wrong type', calendar, { zone: 'UTC', week: { monday: [9] } }, /week\.monday\[0\] has a value/],
    ['hours that are none', calendar, { zone: 'UTC', week: { monday: ['9-17'] } }, /week\.monday\[0\] has a value/],
    [
      'hours beyond the day',
      calendar,
      { zone: 'UTC', week: { monday: ['09:00-24:30'] } },
      /week\.monday\[0\] do not fit/,
    ],
    ['empty hours', calendar, { zone: 'UTC', week: { tuesday: ['10:00-10:00'] } }, /week\.tuesday\[0\] end before/],
    [
      'overlapping hours',
      calendar,
      { zone: 'UTC', week: { sunday: ['09:00-12:00', '11:00-13:00'] } },
      /week\.sunday\[1\] overlap/,
    ],
    [
      'overlapping hours of all days',
      calendar,
      { zone: 'UTC', days: ['friday'], hours: ['09:00-12:00', '11:00-13:00'] },
      /hours\[1\] overlap/,
    ],
    [
      'a date that is none',
      calendar,
      { ...good, holidays: [{ date: '2026-02-30' }] },
      /holidays\[0\]\.date is no date/,
    ],
    ['a holiday without date', calendar, { ...good, holidays: [{ name: 'x' }] }, /holidays\[0\]\.date is missing/],
    ['10,000 holidays', calendar, { ...good, holidays: many }, /holidays names more than 2000/],
    ['a policy with a key nobody knows', policy, { colour: 1 }, /, line 1, colour: A policy does not know this key/],
    ['a policy with a wrong word', policy, { reading: 'x' }, /, line 1, reading: This value cannot be used/],
    [
      'a policy with a wrong number',
      policy,
      { directSubscriptions: -1 },
      /, directSubscriptions: This value cannot be used/,
    ],
    [
      'a policy with a date that is none',
      policy,
      { holidays: [{ date: '2026-1-1', name: '' }] },
      /, holidays\[0\]\.date: There is no such date/,
    ],
    [
      'a policy that lifts a cap',
      policy,
      { highestSeverity: { billing: 'A' } },
      /highestSeverity\.billing: The support offer does not open this severity \(C-2/,
    ],
    ['a draft with a wrong word', ['check'], { profile: 'x' }, /the field profile must be one of/],
    ['a draft with a wrong type', ['check'], { text: 5 }, /the field text has a value/],
    ['a draft with __proto__', ['handoff'], '{"__proto__":{"role":"admin"}}', /no field __proto__/],
    ['a draft with a field nobody knows', ['check'], { profile: 'm365China', admin: true }, /no field admin/],
    ['a draft without profile', ['check'], { text: 'x' }, /--profile is missing/],
    ['a draft that is null', ['handoff'], 'null', /must hold one JSON object/],
  ] as const) {
    it(`${command[0]}: ${name}`, async () => {
      const file = files.file('given.json', content);
      assert.match(await complaint([...command, file]), part);
    });
  }

  it('a missing file, a folder, a name that would write on the terminal', async () => {
    assert.match(await complaint(['check', `${files.path}/none.json`]), /There is no file “.*none\.json”/);
    assert.match(await complaint(['check', files.path]), /is not a file/);
    assert.match(await complaint(['check', `${files.path}/a\u001b[2J\nb.json`]), /There is no file “.*a\[2J b\.json”/);
  });

  it('more than 4 MB from stdin', async () => {
    const stdin = Array.from({ length: 5 }, () => 'x'.repeat(1024 * 1024));
    assert.match(await complaint(['classify', '--profile', 'm365China', '-'], { stdin }), /“-” is larger/);
  });
});

describe('casebook --help, --version, --language', () => {
  for (const name of commandNames) {
    it(`casebook ${name} --help names each way to call it and each option`, async () => {
      const { exit, out } = await casebook([name, '--help']);
      assert.equal(exit, 0);
      for (const line of commands[name].usage) assert.ok(out.includes(`casebook ${line}\n`), line);
      for (const option of commands[name].options) assert.ok(out.includes(`  --${option}`), option);
      assert.doesNotMatch(out, /cli\.|undefined|[{}]/);
    });
  }

  it('says in the help of target exactly what a working day is', async () => {
    const { out } = await casebook(['target', '--help']);
    assert.match(out, /Working days end at 24:00, in the zone of the calendar, of the n-th day after/);
  });

  it('lists the commands, and says the version of the package', async () => {
    const { out } = await casebook(['--help']);
    for (const name of commandNames) assert.match(out, new RegExp(`^  ${name} `, 'm'));
    assert.match((await casebook(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
  });

  for (const [env, args, part] of [
    [{}, [], /^Name a command/],
    [{ LANG: 'C.UTF-8' }, [], /^Name a command/],
    [{ LANG: 'fi_FI.UTF-8' }, [], /^Nimeä komento/],
    [{ LANG: 'fi_FI.UTF-8', LC_ALL: 'cs_CZ' }, [], /^Uveďte příkaz/],
    [{ LANG: 'lv', LC_ALL: '' }, [], /^Nosauciet komandu/],
    [{ LANG: 'iw_IL' }, [], /^ציינו פקודה/],
    [{ LANG: 'fi_FI' }, ['--language', 'en'], /^Name a command/],
    [{ LANG: 'xx' }, ['--language', 'he'], /^ציינו פקודה/],
  ] as const) {
    it(`speaks as ${JSON.stringify(env)} ${args.join(' ')} says`, async () => {
      assert.match(await complaint(args, { env }), part);
    });
  }
});
