// Every page in every state worth looking at, in every kind of theme, every language, zoomed and narrow: axe-core finds
// nothing, with no exclusions, nothing is cut off, and what is typed into has an edge that can be seen.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'mocha';
import * as z from 'zod/mini';
import type { Frame } from 'playwright-core';
import type { CaseAction, CaseDetail } from '../../src/desk/case.ts';
import { en } from '../../src/strings/en/index.ts';
import { axe, eventually, openWorkbench, type Theme, type Workbench } from '../support/workbench.ts';
import { textsCut } from '../support/seen.ts';
import { fresh, keepFile, makeDraft, newCase, openDesk, storageOf, valueOf } from '../support/storage.ts';

const title = 'Mail to partners is delayed by an hour';
const incident = 'Delays in mail flow';
const themes: readonly (readonly [Theme, kind: string])[] = [
  ['Default Light Modern', 'vscode-light'],
  ['Default Dark Modern', 'vscode-dark'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
];

type Texts = Readonly<Record<string, string>>;
const tableOf = async (language: string): Promise<Texts> =>
  language === 'en'
    ? en
    : z.parse(z.record(z.string(), z.string()), JSON.parse(await readFile(`l10n/${language}.json`, 'utf8')));

/** A page in a state: its tab in English, what brings it there, and what shows that it is there. */
interface State {
  readonly tab: string;
  readonly make?: (frame: Frame, desk: DatabaseSync) => Promise<void>;
  /** What ends the state again, for the next one. */
  readonly leave?: (frame: Frame, desk: DatabaseSync) => Promise<void>;
  /** Whether it is still there, of one that ends by itself soon. */
  readonly isThere?: (frame: Frame) => Promise<boolean>;
}

/** What the editor gives a page to wear: variables of the root element, classes and data of the body. */
const Look = z.object({
  variables: z.array(z.tuple([z.string(), z.string()])),
  classes: z.string(),
  data: z.array(z.tuple([z.string(), z.string()])),
});
type Look = z.infer<typeof Look>;
const lookOf = `(() => {
  const { style } = document.documentElement;
  return {
    variables: [...style].map(name => [name, style.getPropertyValue(name)]),
    classes: document.body.className,
    data: Object.entries(document.body.dataset),
  };
})()`;
/** Does to a page what the editor does when the theme changes. */
const wear = (look: Look) => `(({ variables, classes, data }) => {
  const { style } = document.documentElement;
  for (const name of [...style]) style.removeProperty(name);
  for (const [name, value] of variables) style.setProperty(name, value);
  document.body.className = classes;
  Object.assign(document.body.dataset, Object.fromEntries(data));
})(${JSON.stringify(look)})`;

/** Gives a case another id, and tells that it changed: under the one it had it is not there any more. */
function moveCase(desk: DatabaseSync, number: number, id: string): void {
  desk.prepare('INSERT INTO changes (case_id) SELECT id FROM cases WHERE number = ?').run(number);
  desk.prepare('UPDATE cases SET id = ? WHERE number = ?').run(id, number);
}
const elsewhere = randomUUID();
let movedId = '';

const press = (name: string) => (frame: Frame) => frame.getByRole('button', { name, exact: true }).first().click();
const caseTab = (number: number, of: string): string => `Case ${String(number)}: ${of}`;
const openFold = (open: boolean) => async (frame: Frame) => {
  const fold = frame.locator('details', { has: frame.locator('#handOff') });
  if (((await fold.getAttribute('open')) === null) === open) await fold.locator('summary').first().click();
};

const states: Readonly<Record<string, State>> = {
  'New case, empty': { tab: 'New case' },
  'New case with errors': {
    tab: 'New case: Calendars stay empty',
    make: async frame => {
      await press('File case')(frame);
      await frame.locator('.summary').waitFor();
    },
  },
  'New case with the board and suggestions': {
    tab: 'New case: Cannot send mail',
    make: async frame => {
      await frame.locator('#health').waitFor();
      await frame.locator('.hints p').first().waitFor();
    },
  },
  'New case of severity A': {
    tab: 'New case: All is down',
    make: frame => frame.locator('#severityA').waitFor(),
  },
  'New case with its shortcuts': {
    tab: 'New case: All is down',
    make: async frame => {
      await frame.locator('.help').click();
      await frame.locator('dialog[open]').waitFor();
    },
    leave: press('Close'),
  },
  'New case that a slow desk is asked to take': {
    tab: 'New case: Reports are late',
    make: async (frame, desk) => {
      desk.exec('BEGIN IMMEDIATE');
      await press('File case')(frame);
      await frame.getByRole('button', { name: 'Stop waiting' }).waitFor();
    },
    leave: async (frame, desk) => {
      // The desk gives up after some seconds, and the page says so.
      await frame.locator('button.primary[aria-disabled=false]').waitFor();
      desk.exec('ROLLBACK');
    },
    isThere: frame => frame.getByRole('button', { name: 'Stop waiting' }).isVisible(),
  },
  'Case that is not there any more': {
    tab: caseTab(6, 'Pages stay white'),
    make: async (frame, desk) => {
      movedId = String(desk.prepare('SELECT id FROM cases WHERE number = 6').get()?.['id']);
      moveCase(desk, 6, elsewhere);
      await frame.locator('.notice.stop').waitFor();
    },
    leave: async (frame, desk) => {
      moveCase(desk, 6, movedId);
      await press('Try again')(frame);
      await frame.getByRole('heading', { level: 1, name: 'Pages stay white' }).waitFor();
    },
  },
  'Case to be handed over': { tab: caseTab(1, title), make: openFold(true) },
  'Case with its shortcuts': {
    tab: caseTab(1, title),
    make: async frame => {
      await frame.locator('.help').click();
      await frame.locator('dialog[open]').waitFor();
    },
    leave: press('Close'),
  },
  'Case with a number': { tab: caseTab(2, 'Rules do not run') },
  'Case support asks about': { tab: caseTab(3, 'Guests are refused') },
  'Case that is closed': { tab: caseTab(4, 'Search finds nothing') },
  'Case with 60 entries': { tab: caseTab(5, 'Uploads stop') },
  'Incident of the board': { tab: `#1 ${incident}` },
  'History of a service': { tab: 'History of Exchange Online' },
};

/** Controls whose edge is less than 3 to 1 against what is around them. Colours are read as the browser paints them. */
const faintEdges = `(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  const painted = colors => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(one => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
  };
  const light = ([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  return [...document.querySelectorAll('input[type=text], textarea, select, [aria-pressed=true]')]
    .filter(element => element.getClientRects().length > 0)
    .flatMap(element => {
      const around = [getComputedStyle(document.body).backgroundColor];
      for (let one = element.parentElement; one; one = one.parentElement) {
        around.splice(1, 0, getComputedStyle(one).backgroundColor);
      }
      const edge = light(painted([...around, getComputedStyle(element).borderTopColor]));
      const ground = light(painted(around));
      const ratio = edge > ground ? edge / ground : ground / edge;
      return ratio < 3 ? [element.id + ' ' + element.className + ': ' + ratio.toFixed(2)] : [];
    });
})()`;

describe('within reach of everyone', () => {
  let workbench: Workbench;
  let database: DatabaseSync;
  before(async () => {
    workbench = await openWorkbench({ settings: { 'casebook.advancedAgreement': true } });
    await seed();
    database = new DatabaseSync(join(storageOf(workbench), 'desk.sqlite'));
    await workbench.openView();
    await openAll();
    // Pages have the whole width: what is measured is theirs.
    await workbench.page.keyboard.press('Control+b');
  });
  after(async () => {
    database.close();
    await workbench.close();
  });

  async function seed(): Promise<void> {
    const storage = storageOf(workbench);
    const desk = await openDesk(storage, 'Ada Novak');
    const log = await keepFile(desk, 'a-log-with-a-rather-long-name-of-the-mail-gateway.log');
    const places = [{ path: 'src/send.ts', startLine: 3, endLine: 5, language: 'typescript', text: 'send(mail);' }];
    const filed = async (of: string, actions: readonly CaseAction[]): Promise<void> => {
      const made = newCase({ title: of, contact: '+420 555 0100', places, files: [log], impact: 'Nobody can order.' });
      let at: CaseDetail = valueOf(await desk.file(made, fresh()));
      for (const action of actions) at = valueOf(await desk.act(at.id, action, { ...fresh(), revision: at.revision }));
    };
    const number = { kind: 'recordVendorNumber', vendorNumber: 'SR-1234' } as const;
    const note = (text: string): CaseAction => ({ kind: 'annotate', text, files: [log] });
    const formatted =
      '# What we know\n\n- one **bold** word\n- `code`\n\n> quoted\n\n```\nGet-Mailbox -Identity ada@contoso.example | Format-List\n```';
    await filed(title, [note(formatted), { kind: 'annotate', text: 'Call Jan first.', files: [], teamOnly: true }]);
    await filed('Rules do not run', [
      number,
      note('We made the rule anew.'),
      { kind: 'changeSeverity', severity: 'C', side: 'set', text: '' },
    ]);
    await filed('Guests are refused', [
      number,
      { kind: 'requestInformation', text: 'Which tenant do they come from?' },
    ]);
    await filed('Search finds nothing', [
      number,
      { kind: 'resolve', text: '' },
      { kind: 'close', reason: 'solved', text: 'Found.' },
    ]);
    await filed('Uploads stop', [number, ...Array.from({ length: 58 }, (_, place) => note(`Try ${String(place)}.`))]);
    await filed('Pages stay white', []);
    const board = { service: 'Exchange Online', classification: 'incident', status: 'serviceDegradation' } as const;
    valueOf(await desk.recordIncident({ ...board, title: incident, text: 'We look into it.' }, fresh()));
    desk.close();
    const gone = [{ uri: 'file:///gone/a.log', name: 'a.log', bytes: 1 }];
    await makeDraft(storage, { title: 'Calendars stay empty', text: '', places, files: gone });
    await makeDraft(storage, {
      title: 'Cannot send mail',
      text: 'Outlook says the mailbox is down for all users.',
      service: 'Exchange Online',
      category: 'billing',
    });
    await makeDraft(storage, {
      ...{ title: 'Reports are late', text: 'Since Monday.', service: 'SharePoint Online', severity: 'C' },
      contact: '+420 555 0100',
    });
    await makeDraft(storage, { title: 'All is down', service: 'SharePoint Online', severity: 'A' });
  }

  async function openAll(): Promise<void> {
    await (await workbench.row('Cases', 'Closed recently')).click();
    for (const { tab } of Object.values(states)) {
      const label = tab.replace(/^(?:Case \d|New case): /, '');
      if (!/^(?:Case \d|New case:)/.test(tab)) continue;
      await (await workbench.row('Cases', label)).click();
      await workbench.page.locator('.tab.active', { hasText: label }).waitFor();
    }
    await (await workbench.row('Service health', incident)).click();
    await press('History of Exchange Online')(await workbench.pageFrame(`#1 ${incident}`));
    await workbench.pageFrame('History of Exchange Online');
    await workbench.command('Casebook: New case');
    await workbench.pageFrame('New case');
  }

  /** The page of a tab, once it stands and, where that is asked, wears a kind of theme. */
  async function dressed(tab: string, kind?: string): Promise<Frame> {
    return eventually(async () => {
      const frame = await workbench.pageFrame(tab);
      await frame
        .locator(kind === undefined ? 'body' : `body[data-vscode-theme-kind=${kind}]`)
        .waitFor({ timeout: 2_000 });
      await frame.getByRole('heading', { level: 1 }).waitFor({ timeout: 2_000 });
      return frame;
    });
  }

  async function nothingWrong(frame: Frame): Promise<void> {
    await eventually(async () => assert.deepEqual(await axe(frame), []), 1_000);
    assert.deepEqual(await frame.evaluate(faintEdges), []);
  }

  const looks = new Map<Theme, Look>();
  for (const [theme, kind] of themes.toReversed()) {
    it(`New case in the theme ${theme}, put on by the editor`, async () => {
      await workbench.changeWorkspace({ 'workbench.colorTheme': theme });
      const frame = await dressed('New case', kind);
      looks.set(theme, z.parse(Look, await frame.evaluate(lookOf)));
      await workbench.screenshot(`reach-${kind}`);
      await nothingWrong(frame);
    });
  }

  // A page is opened once in each state, and wears there what the editor gave the page above to wear.
  for (const [name, { tab, make, leave, isThere }] of Object.entries(states)) {
    describe(name, () => {
      let frame: Frame;
      const begin = async (): Promise<void> => {
        frame = await dressed(tab);
        await make?.(frame, database);
      };
      const end = async (): Promise<void> => leave?.(frame, database);
      before(begin);
      after(end);
      after(() => workbench.page.setViewportSize({ width: 1400, height: 1000 }));
      /** Looks at the page in a theme; once more in a state made anew where it ended meanwhile. */
      const look = async (theme: Theme, work: () => Promise<void>): Promise<void> => {
        for (;;) {
          await frame.evaluate(wear(looks.get(theme) ?? assert.fail('the editor did not put it on')));
          await work();
          if (isThere === undefined || (await isThere(frame))) return;
          await end();
          await begin();
        }
      };

      for (const [theme, kind] of themes) {
        it(theme, () =>
          look(theme, async () => {
            await workbench.screenshot(`reach-${kind}-${name.replaceAll(/[ ,]+/g, '-')}`);
            await nothingWrong(frame);
          }),
        );
      }

      // 320 px wide is also what a page of 1280 px has at 400 %.
      it('narrow', () =>
        look('Default Light Modern', async () => {
          for (const width of [500, 320]) {
            await workbench.widen(frame, width);
            assert.deepEqual(await textsCut(frame), [], String(width));
          }
          await workbench.screenshot(`reach-narrow-${name.replaceAll(/[ ,]+/g, '-')}`);
          await nothingWrong(frame);
        }));
    });
  }

  describe('in other languages', () => {
    for (const language of ['cs', 'fi', 'he', 'lv']) {
      it(`in ${language}, both pages, with problems and a question of support, also narrow`, async () => {
        const texts = await tableOf(language);
        await workbench.changeWorkspace({ 'casebook.language': language });
        const asked = String(texts['page.case.tab']).replace('{number}', '3').replace('{title}', 'Guests are refused');
        const form = String(texts['page.new.tab']).replace('{title}', 'Calendars stay empty');
        for (const tab of [asked, form]) {
          const frame = await eventually(async () => {
            const found = await workbench.pageFrame(tab);
            await found.locator(`html[lang=${language}] h1`).waitFor({ timeout: 2_000 });
            return found;
          });
          if (tab === form) {
            await frame.locator('button.primary').click();
            await frame.locator('.summary').waitFor();
          }
          await nothingWrong(frame);
          await workbench.widen(frame, 320);
          assert.deepEqual(await textsCut(frame), []);
          await workbench.screenshot(`reach-${language}-${tab === form ? 'form' : 'case'}`);
          await workbench.page.setViewportSize({ width: 1400, height: 1000 });
        }
      });
    }
  });

  // A setting of the person is read when the window opens, so this comes last.
  describe('refused', () => {
    it('New case for somebody who may not file', async () => {
      await workbench.changeSettings({ 'casebook.role': 'user' });
      await workbench.changeWorkspace({});
      await workbench.reload();
      await workbench.command('Casebook: New case');
      const frame = await dressed('New case', 'vscode-light');
      await frame.locator('[role=status] .notice.stop').waitFor();
      await workbench.screenshot('reach-refused');
      await nothingWrong(frame);
    });
  });
});
