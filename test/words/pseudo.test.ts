// Everything that is put into words, told in the language of test/support/pseudo.ts: what has no brackets has no translation.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { helpOf } from '../../src/cli/help.ts';
import { commandNames, commands, type CommandName } from '../../src/cli/main.ts';
import { Given } from '../../src/cli/options.ts';
import { plainly } from '../../src/cli/plain.ts';
import type { Command } from '../../src/cli/command.ts';
import { explain, sources, subjectOfCase, subjectOfDraft } from '../../src/commands/explanations.ts';
import { exportMarkdown } from '../../src/commands/exportCase.ts';
import { severityRows } from '../../src/commands/severityRows.ts';
import type { CaseDetail, TimelineEvent } from '../../src/desk/case.ts';
import type { DeskError } from '../../src/desk/errors.ts';
import { deskStatuses } from '../../src/desk/words.ts';
import { healthStatuses } from '../../src/desk/health.ts';
import { openIssues } from '../../src/desk/openIssues.ts';
import { advise } from '../../src/forms/advice.ts';
import { presentCase as casePage } from '../../src/forms/caseView.ts';
import { startingContent } from '../../src/forms/draftContent.ts';
import { presentNewCase, presentProblems } from '../../src/forms/newCaseView.ts';
import { deskErrorText, labelTable } from '../../src/forms/sentences.ts';
import { newCaseLabels } from '../../src/protocol/newCase.ts';
import { caseLabels } from '../../src/protocol/case.ts';
import { profileIds, severities } from '../../src/rules/profile.ts';
import { caseTarget, namesSeverities } from '../../src/views/caseTarget.ts';
import { filterMessage } from '../../src/views/look.ts';
import { presentCase, presentDraft, type Telling } from '../../src/views/presentCase.ts';
import { presentNote } from '../../src/views/presentUnsent.ts';
import {
  damagedDraft,
  deskProblem,
  draftsProblem,
  presentGroup,
  presentMore,
  settingProblem,
} from '../../src/views/presentGroup.ts';
import { presentIncident, presentPost, presentService } from '../../src/views/presentIncident.ts';
import { presentUnconnected } from '../../src/views/presentSource.ts';
import { statusText } from '../../src/views/statusBar.ts';
import { createTimes } from '../../src/views/times.ts';
import { dataWords, pseudo, pseudoStrings as strings, strayWords, stringsIn } from '../support/pseudo.ts';
import { settingsWith } from '../support/settings.ts';
import { aCase, aDetail, aDraft, anIncident, day, hour, idOf, noon } from '../views/support/builders.ts';
import { aSource, sourceRows } from '../views/support/health.ts';

const zone = 'Europe/Helsinki';
const telling: Telling = { strings, times: createTimes('fi', zone), now: noon };
const reader = { strings, zone, now: noon };
const contacts = { desk: { name: 'Zqperson', phone: '+420 555 0100' } };
const settings = settingsWith({
  services: ['Zqservice'],
  defaultService: 'Zqservice',
  adminRoles: ['Zqrole'],
  contacts,
});
// What volume licensing wants before the question stays English.
const data = dataWords(
  'Zqservice',
  'Zqtitle',
  'Zqtext',
  'Zqperson',
  'Zqrole',
  'Zqpath',
  'Zqnumber',
  'Zqcontact',
  'manage volume licensing',
  zone,
);

const by = { name: 'Zqperson' };
const file = { name: 'Zqpath', bytes: 2_000, sha256: '0'.repeat(64) };
const at = (seq: number) => ({ seq, at: noon + seq * hour, by, status: 'open' }) as const;
const timeline: TimelineEvent[] = [
  { kind: 'filed', ...at(1) },
  { kind: 'annotated', ...at(2), text: 'Zqtext', files: [file] },
  { kind: 'annotated', ...at(3), text: '', files: [file] },
  { kind: 'informationRequested', ...at(4), text: 'Zqtext' },
  { kind: 'answered', ...at(5), text: 'Zqtext', files: [] },
  { kind: 'firstResponseRecorded', ...at(6), respondedAt: noon + hour, text: '' },
  { kind: 'vendorNumberRecorded', ...at(7), vendorNumber: 'Zqnumber' },
  { kind: 'vendorNumberRecorded', ...at(8), from: 'Zqnumber', vendorNumber: 'Zqnumber' },
  { kind: 'severityChanged', ...at(9), side: 'proposed', to: 'A', text: '' },
  { kind: 'severityChanged', ...at(10), side: 'set', from: 'A', to: 'C', text: '' },
  { kind: 'resolved', ...at(11), text: '' },
  { kind: 'closed', ...at(12), reason: 'noLongerNeeded', text: '' },
  { kind: 'reopened', ...at(13), by: { name: '' }, text: '' },
];
const texts = {
  title: 'Zqtitle',
  service: 'Zqservice',
  text: 'Zqtext',
  impact: 'Zqtext',
  resource: 'Zqperson',
  contact: 'Zqcontact',
};
const places = [
  { path: 'Zqpath', startLine: 1, endLine: 1, text: 'Zqtext' },
  { path: 'Zqpath', startLine: 3, endLine: 9, text: '' },
];
const detail = (part: Partial<CaseDetail> = {}): CaseDetail =>
  aDetail({ ...texts, places, filedFiles: [file], filedBy: by, timeline, vendorNumber: 'Zqnumber', ...part });
const each = deskStatuses.flatMap(status =>
  profileIds.map(profile =>
    detail({ profile, status, ...(status === 'closed' ? { closeReason: 'solved' as const } : {}) }),
  ),
);

const errors: readonly DeskError[] = [
  ...(['notFound', 'keyReused', 'busy', 'storageFull', 'storageReadOnly', 'sqliteMissing', 'failed'] as const).map(
    code => ({ code }),
  ),
  ...(['unreachable', 'notADesk', 'untrusted', 'signedOut', 'throttled', 'stillRunning'] as const).map(code => ({
    code,
  })),
  { code: 'conflict', revision: 2 },
  { code: 'impossible', action: 'close', status: 'closed' },
  { code: 'alreadyRecorded', action: 'recordFirstResponse' },
  { code: 'notYours', action: 'close' },
  { code: 'refused', rule: 'technicalOnly', facts: [], cap: 'B' },
  {
    code: 'invalid',
    issues: [
      { path: 'title', code: 'required' },
      { path: 'files.0.name', code: 'invalid' },
    ],
  },
  { code: 'fileTooLarge', name: 'Zqpath', limit: 5_000_000 },
  { code: 'fileGone', name: 'Zqpath' },
  { code: 'newerDatabase', found: 9, known: 1 },
];

const fileInfo = [{ uri: 'file:///Zqpath', name: 'Zqpath', bytes: 90_000_000 }];
const contents = profileIds.flatMap(profile =>
  ([undefined, ...severities] as const).map(severity => ({
    ...startingContent(settingsWith({ ...settings, profile })),
    ...texts,
    ...(severity && { severity }),
    places,
    files: fileInfo,
  })),
);
const people = [
  settings,
  { ...settings, role: 'user' as const },
  { ...settings, directSubscriptions: 0, partnerSubscriptions: 2 },
];
const forms = contents.flatMap(content =>
  people.map(person => {
    const advice = advise(
      content,
      person,
      openIssues([anIncident({ service: 'Zqservice', title: 'Zqtitle' })], []),
      noon,
    );
    const problems = presentProblems(advice.problems, strings);
    const extras = { settings: person, fileProblems: new Map(), problems, conflict: 'changed' as const, desks: [] };
    return presentNewCase(content, advice, extras, reader);
  }),
);

/** The number of a case comes with its view, filled in. */
const filled = caseLabels.filter(key => !key.endsWith('.number'));

const ages = [0, 90 * 60_000, 5 * hour, 2 * day, 9 * day];
const rows = each.flatMap(of =>
  ages.map(age => {
    const now = noon + age;
    const target = caseTarget(of, settings, now);
    return presentCase(
      { ...of, notes: 2, files: 1 },
      { ...telling, now, target, severityNames: namesSeverities(of), showStatus: true },
    );
  }),
);
const incidents = healthStatuses.map(status =>
  anIncident({
    status,
    title: 'Zqtitle',
    service: 'Zqservice',
    posts: [
      { at: noon, by, status, text: 'Zqtext' },
      { at: noon, by: { name: '' }, status, text: '' },
    ],
  }),
);

const told: readonly (readonly [what: string, shown: unknown, codes?: readonly string[]])[] = [
  ['cases in the tree', rows],
  [
    'a case without severity',
    presentCase(aCase({ ...texts, severityProposed: undefined }), {
      ...telling,
      target: { kind: 'none' },
      severityNames: false,
      showStatus: false,
    }),
  ],
  [
    'drafts in the tree',
    [
      presentDraft(aDraft({ ...texts, severity: 'A' }), telling),
      presentDraft(aDraft({ title: '', service: '' }), telling),
      ...[true, false].map(teamOnly => presentNote({ caseId: idOf(1), title: '', teamOnly, updatedAt: noon }, telling)),
    ],
  ],
  [
    'groups',
    [
      presentGroup(strings.t('view.group.needsYou'), { count: 1200, more: true }, 'x', strings),
      presentMore(200, strings),
    ],
  ],
  [
    'problems',
    [damagedDraft('Zqpath', strings), draftsProblem(strings), ...errors.map(error => deskProblem(error, strings))],
  ],
  [
    'incidents',
    incidents.flatMap(one => [presentIncident(one, telling), ...one.posts.map(post => presentPost(post, telling))]),
  ],
  [
    'services',
    [[], incidents.slice(0, 1), incidents].map(some =>
      presentService({ service: 'Zqservice', favourite: true, incidents: some, open: some }, telling),
    ),
  ],
  ['a source', sourceRows(aSource({ failure: { code: 'unreachable' } }), telling)],
  ['a source that somebody else saw', sourceRows(aSource({}, { by: 'Zqperson', publishedAt: noon }), telling)],
  ['no source', presentUnconnected(telling)],
  ['the status bar', statusText({ needsYou: 1, waiting: 2, total: 3, possible: new Set() }, strings)],
  [
    'a filter',
    filterMessage({ text: 'Zqtext', status: ['open'], severity: ['A', 'none'], service: 'Zqservice' }, 2, 3, strings),
  ],
  ['the New case page', forms, ['required', 'details']],
  ['its labels', labelTable(strings, newCaseLabels)],
  [
    'the Case page',
    each.map(of =>
      casePage(
        of,
        {
          ...{ picked: fileInfo, fileProblems: new Map(), problem: undefined, teamNotes: 'can', asOf: noon },
          textIn: strings,
        },
        settings,
        reader,
      ),
    ),
    ['write', 'language', 'teamNotes'],
  ],
  ['its labels', labelTable(strings, filled)],
  ['what a desk answers', errors.map(error => deskErrorText(strings, error))],
  [
    'Why? of drafts',
    contents.flatMap(content => people.map(person => explain(subjectOfDraft(content, noon), person, reader))),
    ['facts'],
  ],
  [
    'what Why? rests on',
    contents.flatMap(content =>
      people.flatMap(person =>
        explain(subjectOfDraft(content, noon), person, reader).map(one =>
          // Ids are the same everywhere, and so is the name of a section.
          sources(one, strings).replaceAll(/^[GVCEA]-\d\d[a-f]?:|21Vianet$/gm, ''),
        ),
      ),
    ),
  ],
  ['Why? of cases', each.map(of => explain(subjectOfCase(of, startingContent(settings)), settings, reader)), ['facts']],
  ['severities to choose', each.map(of => severityRows(of, 'B', settings, strings)), ['value']],
  ['the exported case', each.map(of => exportMarkdown(of, strings, zone))],
];
/** Ids and codes, which a person never sees. */
const codes = ['id', 'kind', 'state', 'field', 'mark', 'icon', 'wayOut'];

/** Words of the terminal's own: names of commands, options, values and what is put in their place. */
const terminal = dataWords(
  ...commandNames.flatMap((name): readonly string[] => commands[name].usage),
  'casebook COMMAND --help --json --language --version LANGUAGE standard premium http example.com',
  ...Object.values(commands).flatMap(({ options }: Command) => options),
  ...profileIds,
);
/** Runs a command as a terminal would. */
async function run(
  name: CommandName,
  values: Record<string, string | boolean>,
  args: readonly string[] = [],
): Promise<unknown> {
  const { load }: Command = commands[name];
  const io = {
    now: () => noon,
    zone,
    fetch: globalThis.fetch,
    env: {},
    stdin: (async function* () {})(),
    out: () => Promise.resolve(true),
    err: () => Promise.resolve(true),
  };
  const answer = await (await load()).run({ io, args, given: new Given(values), strings: plainly(strings) });
  return typeof answer === 'number' ? [] : answer.lines;
}

describe('in a language nobody speaks', () => {
  for (const [what, shown, own = []] of told) {
    it(`${what}: no sentence is left as it was`, () => {
      const all = stringsIn(shown, new Set([...codes, ...own]));
      assert.ok(all.length > 0);
      const faults = all.flatMap(([path, text]) => {
        const stray = strayWords(text, data);
        return stray.length === 0 ? [] : [`${path}: ${stray.join(' ')} in ${text}`];
      });
      assert.deepEqual(faults.slice(0, 12), []);
    });
  }

  it('settings: the name of a setting is all that stays', () => {
    const faults = stringsIn(settingProblem('holidays', strings), new Set(codes)).flatMap(([, text]) =>
      strayWords(text, new Set(['casebook', 'holidays'])),
    );
    assert.deepEqual(faults, []);
  });

  const china = { profile: 'm365China' };
  const calls: readonly (readonly [CommandName, Record<string, string | boolean>, (readonly string[])?])[] = [
    ['profiles', {}],
    ['hours', { ...china, category: 'technical', severity: 'B', at: '2026-03-04T10:00+08:00' }],
    ['hours', { ...china, category: 'technical', severity: 'B', at: '2026-03-04T03:00+08:00' }],
    ['hours', { ...china, category: 'billing' }],
    ['hours', { profile: 'm365VolumeLicensing', category: 'billing' }],
    ['target', { ...china, category: 'technical', severity: 'B', opened: '2026-03-04T10:00+08:00' }],
    ['target', { ...china, category: 'billing', severity: 'B', opened: '2026-03-04T10:00+08:00' }],
    ['may', { ...china, role: 'user', severity: 'A', origin: 'thirdParty' }],
    ['may', { ...china, role: 'admin' }],
    ['classify', china, ['Zqtext mailbox Zqtext']],
    ['classify', china, ['Zqtext']],
  ];
  for (const [name, values, args] of calls) {
    it(`casebook ${name} ${JSON.stringify(values)}: no sentence is left as it was`, async () => {
      const evidence = dataWords(
        'mailbox',
        'Asia/Shanghai',
        zone,
        'notAdministrator thirdParty needsAdvancedAgreement weekday',
      );
      const faults = stringsIn(await run(name, values, args), new Set()).flatMap(([, text]) => {
        const stray = strayWords(text, new Set([...data, ...terminal, ...evidence])).filter(
          word => !/^[GVCEA]$/.test(word),
        );
        return stray.length === 0 ? [] : [`${stray.join(' ')} in ${text}`];
      });
      assert.deepEqual(faults, []);
    });
  }

  for (const name of [undefined, ...commandNames]) {
    it(`the help of ${name ?? 'all commands'}: no sentence is left as it was`, () => {
      const faults = helpOf(name, strings).flatMap(line =>
        strayWords(line, terminal).map(word => `${word} in ${line}`),
      );
      assert.deepEqual(faults, []);
    });
  }

  it('a sentence is bracketed, strange, and longer', () => {
    const said = pseudo('Case {number} is filed.');
    assert.match(said, /^⟦\P{ASCII}+ \{number\} \P{ASCII}+ \P{ASCII}+\. \P{ASCII}+⟧$/u);
    assert.ok(said.length > 1.3 * 'Case {number} is filed.'.length);
  });

  const sights: readonly (readonly [text: string, stray: readonly string[]])[] = [
    ['⟦Ȧ ƀ⟧ · 12 %', []],
    ['⟦Ȧ ƀ⟧: open', ['open']],
    ['⟦Ȧ open ƀ⟧', ['open']],
    ['ȧƀ ⟦ȧ⟧', ['ȧƀ']],
    ['⟦ȧ …', ['a sentence that is cut: ⟦ȧ …']],
  ];
  for (const [text, stray] of sights) {
    it(`sees ${stray.length === 0 ? 'nothing' : stray.join(', ')} in ${text}`, () =>
      assert.deepEqual(strayWords(text), stray));
  }
});
