import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { claimsIn } from '../../src/rules/claims.ts';
import { eligibility } from '../../src/rules/eligibility.ts';
import type { Profile, ProfileId } from '../../src/rules/profile.ts';
import { draftFields, profileIds } from '../../src/rules/profile.ts';
import { profiles as byId } from '../../src/rules/profiles/index.ts';
import { m365Business } from '../../src/rules/profiles/m365Business.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { m365VolumeLicensing } from '../../src/rules/profiles/m365VolumeLicensing.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';

const profiles: readonly Profile[] = [m365Business, m365VolumeLicensing, m365China, o365Enterprise2013];

describe('profiles', () => {
  it('are found by id', () => {
    assert.deepEqual(Object.values(byId), profiles);
    assert.deepEqual(
      Object.entries(byId).map(([id, profile]) => profile.id === id),
      [true, true, true, true],
    );
    assert.deepEqual(Object.keys(byId), [...profileIds]);
  });
  for (const profile of profiles) {
    it(`${profile.id}: ids are unique in their lists, every channel and hour belongs to a category`, () => {
      const unique = (list: readonly string[]) => assert.equal(new Set(list).size, list.length);
      unique(profile.links.map(({ id }) => id));
      unique(profile.notes.map(({ id }) => id));
      unique(profile.channels.map(({ id }) => id));
      unique(profile.categories.map(({ category }) => category));
      const known = profile.categories.map(({ category }) => category);
      for (const { category } of profile.hours) assert.ok(known.includes(category));
      for (const { categories } of profile.channels) assert.ok(categories.every(one => known.includes(one)));
    });
  }
  it('D-22, C-30: the number is in E.164', () => {
    const [number] = m365China.channels.flatMap(channel => ('number' in channel ? [channel.number] : []));
    assert.equal(number, '+864000890365');
  });
});

/** The rows of a list as the documents have them, in their order: `name: facts`, under what they belong to. */
const rows = (id: ProfileId, list: 'channels' | 'categories' | 'links' | 'notes'): readonly string[] => {
  const path = `${id}.${list}`;
  return claimsIn(byId[id][list], path).map(({ by, facts }) => `${by.slice(path.length)}: ${facts.join(' ')}`);
};

describe('the ways to support, step by step', () => {
  for (const [id, expected] of [
    [
      'm365Business',
      [
        '[adminCenter]: G-08 G-11',
        '[adminCenter].steps[openAdminCenter]: G-11',
        '[adminCenter].steps[helpAndSupportAtEndSide]: G-13',
        '[adminCenter].steps[typeQuestion]: G-14',
        '[adminCenter].steps[contactSupport]: G-15',
        '[adminCenter].steps[describeAndConfirmContact]: G-16',
        '[adminCenter].steps[expectedWait]: G-17',
        '[phone]: G-18 G-20 G-21 G-22',
        '[phone].steps[findNumberInGlobalList]: G-18',
        '[phone].notices[accountDetails]: G-03 G-25',
        '[phone].notices[pinCode]: G-26 G-27 A-18',
        '[phone].notices[neighbourOrUsa]: G-19',
      ],
    ],
    [
      'm365VolumeLicensing',
      [
        '[adminCenter]: V-01 V-02',
        '[adminCenter].steps[helpAndSupport]: V-02',
        '[adminCenter].steps[typeVolumeLicensingQuestion]: V-03',
        '[adminCenter].steps[contactSupport]: V-04',
        '[adminCenter].steps[describeLicenceAndConfirmContact]: V-05',
        '[volumeLicensingForm]: V-06 A-19',
        '[volumeLicensingForm].steps[createOnlineRequest]: V-06',
      ],
    ],
    [
      'm365China',
      [
        '[portal]: C-02 C-03 C-11 C-29',
        '[portal].steps[openAdminCenter]: C-29',
        '[portal].steps[newServiceRequest]: C-29',
        '[phone]: C-02 C-09 C-11 C-30 C-31',
      ],
    ],
    [
      'o365Enterprise2013',
      [
        '[portal]: E-01 E-02 E-05',
        '[portal].steps[openAdminPage]: E-05',
        '[portal].steps[newRequest]: E-05',
        '[portal].steps[fillRequiredFields]: E-03 E-06',
        '[portal].steps[attachFilesAndSubmit]: E-06',
        '[phone]: E-01 E-11',
        '[phone].steps[signInMaybeEnglish]: E-11',
        '[phone].steps[supportOverview]: E-11',
      ],
    ],
  ] as const) {
    it(id, () => assert.deepEqual(rows(id, 'channels'), expected));
  }
});

describe('what a case can be about', () => {
  it('m365China: three kinds of support with every subscription (C-01), with the examples of the document', () => {
    assert.deepEqual(rows('m365China', 'categories'), [
      '[technical]: C-01 C-13 C-14',
      '[technical].groups[exchangeOnline]: C-14',
      '[technical].groups[exchangeOnline].examples[mailboxMigration]: C-14a',
      '[technical].groups[exchangeOnline].examples[recipientConfiguration]: C-14b',
      '[technical].groups[exchangeOnline].examples[autodiscover]: C-14c',
      '[technical].groups[sharePointOnline]: C-14',
      '[technical].groups[sharePointOnline].examples[permissionsAndGroups]: C-14d',
      '[technical].groups[sharePointOnline].examples[externalUsers]: C-14e',
      '[technical].groups[skypeForBusinessOnline]: C-14',
      '[technical].groups[skypeForBusinessOnline].examples[skypeInstallation]: C-14f',
      '[technical].groups[appsForEnterprise]: C-14',
      '[technical].groups[appsForEnterprise].examples[appsInstallation]: C-14g',
      '[technical].groups[serviceConfiguration]: C-14',
      '[technical].groups[serviceConfiguration].examples[singleSignOn]: C-14h',
      '[technical].groups[serviceConfiguration].examples[directorySync]: C-14i',
      '[billing]: C-01 C-11 C-12',
      ...['trialOrPurchase', 'trialToPaid', 'understandBill', 'renewal', 'licences', 'cancellation'].map(
        example => `[billing].examples[${example}]: C-12`,
      ),
      '[preSales]: C-01 C-07',
      ...['featuresAndBenefits', 'planComparison', 'pricingAndLicensing', 'rightSolution'].map(
        example => `[preSales].examples[${example}]: C-07`,
      ),
      ...['findPartner', 'purchase', 'trialSignUp'].map(example => `[preSales].examples[${example}]: C-07`),
    ]);
  });
  for (const [id, expected] of [
    ['m365Business', ['[technical]: G-22', '[billing]: G-20']],
    ['m365VolumeLicensing', ['[billing]: V-01', '[technical]: V-01']],
    ['o365Enterprise2013', ['[technical]: E-01']],
  ] as const) {
    it(id, () => assert.deepEqual(rows(id, 'categories'), expected));
  }
});

describe('the pages a document names', () => {
  for (const [id, expected] of [
    [
      'm365Business',
      [
        '[adminCenter]: G-11',
        '[smallBusinessHelp]: G-01',
        '[youTube]: G-02',
        '[adminRoles]: G-05',
        '[publicSupportPage]: G-06',
        '[serviceHealth]: G-07',
        '[whoHasAdminPermissions]: G-12',
        '[globalPhoneNumbers]: G-18',
        '[businessAssist]: G-29',
        '[documentsAndTraining]: G-30',
        '[employeeQuickSetup]: G-30',
        '[businessPremiumSetup]: G-30',
      ],
    ],
    ['m365VolumeLicensing', ['[adminCenter]: V-02 G-11', '[volumeLicensingForm]: V-06 A-19']],
    [
      'm365China',
      [
        '[adminCenter]: C-29',
        '[learnAbout21Vianet]: C-06',
        '[assignAdminRoles]: C-34',
        '[serviceDescription]: C-39',
        '[weChatUpdates]: C-40',
      ],
    ],
    ['o365Enterprise2013', ['[adminCenter]: E-05', '[gettingOffice365Support]: E-14', '[articleFeedback]: E-14']],
  ] as const) {
    it(id, () => assert.deepEqual(rows(id, 'links'), expected));
  }
  it('have an address only where a document gives it (G-11, A-19)', () => {
    const known = profiles.flatMap(({ links }) => links.filter(({ url }) => url !== null));
    assert.deepEqual(known, [
      { id: 'adminCenter', url: 'https://admin.cloud.microsoft', facts: ['G-11'] },
      // Volume licensing is asked for in the same admin center.
      { id: 'adminCenter', url: 'https://admin.cloud.microsoft', facts: ['V-02', 'G-11'] },
    ]);
  });
});

describe('what is worth knowing', () => {
  for (const [id, expected] of [
    ['m365Business', ['[businessAssist]: G-28 G-29']],
    ['m365VolumeLicensing', ['[dedicatedTeam]: V-01']],
    [
      'm365China',
      [
        '[followUpRhythm]: C-19',
        '[severityAUntilResolved]: C-20',
        '[sharedResponsibility]: C-32',
        '[administratorIs]: C-35',
        '[administratorRole]: C-36 C-37',
        '[supportRole]: C-38',
      ],
    ],
    [
      'o365Enterprise2013',
      [
        '[answerByEmail]: E-04',
        '[answerAssignedToYou]: E-07',
        '[viewStatus]: E-08',
        '[addNotesAndFiles]: E-09',
        '[closeRequest]: E-10 A-17',
      ],
    ],
  ] as const) {
    it(id, () => assert.deepEqual(rows(id, 'notes'), expected));
  }
  it('self-service comes first where a document says so (G-14, G-15, V-03, V-04, C-36, C-37)', () => {
    assert.deepEqual(
      profiles.map(({ selfServiceFirst }) => selfServiceFirst?.facts),
      [['G-14', 'G-15'], ['V-03', 'V-04'], ['C-37', 'C-36'], undefined],
    );
  });
  it('A-18: no field of a draft holds the code of a phone check', () => {
    const known = ['text', 'phone', 'email', 'contactMethod', 'licenceId', 'agreementNumber', 'impact', 'resource'];
    assert.deepEqual(draftFields, [...known, 'contact']);
  });
  it('A-09, A-20: worldwide any administrator may ask, and nothing is asked about trials', () => {
    const answer = eligibility({ role: 'admin' }, m365Business);
    assert.deepEqual(answer.facts, m365Business.eligibility.facts);
    assert.ok(answer.ok && answer.facts.includes('A-09') && answer.facts.includes('A-20'));
  });
  it('C-03, C-35: the administrator is who files in the portal', () => {
    const answer = eligibility({ role: 'admin' }, m365China);
    assert.ok(answer.ok && answer.facts.includes('C-03') && answer.facts.includes('C-35'));
  });
});
