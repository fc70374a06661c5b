// Which facts "Why?" can name, found out by asking it about everything, and that it has a sentence for each in every language.
import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { explain, sources, subjectOfDraft } from '../../src/commands/explanations.ts';
import { startingContent } from '../../src/forms/draftContent.ts';
import type { FactId } from '../../src/rules/decision.ts';
import { factOf, facts } from '../../src/rules/facts.ts';
import { categories, plans, profileIds, roles, severities } from '../../src/rules/profile.ts';
import { createStrings, languages } from '../../src/strings/strings.ts';
import { settingsWith } from '../support/settings.ts';
import { noon } from '../views/support/builders.ts';
import { textsOf, translated, type Texts } from '../words/support/tables.ts';

const tables = new Map(languages.map(language => [language, textsOf(language)]));
const stringsOf = (language: (typeof languages)[number]) => createStrings(language, tables.get(language));
const reader = { strings: stringsOf('en'), zone: 'Europe/Helsinki', now: noon };

const subscriptions = [
  {},
  { directSubscriptions: 0, partnerSubscriptions: 0 },
  { directSubscriptions: 0, partnerSubscriptions: 1 },
  { directSubscriptions: 1, partnerSubscriptions: 1 },
];
const settings = roles.flatMap(role =>
  subscriptions.flatMap(bought =>
    [true, false].flatMap(advancedAgreement =>
      ['', 'Europe/Prague'].map(supportZone => settingsWith({ role, ...bought, advancedAgreement, supportZone })),
    ),
  ),
);
const contents = profileIds.flatMap(profile =>
  categories.flatMap(category =>
    [undefined, ...severities].flatMap(severity =>
      [undefined, ...plans].map(plan => ({
        ...startingContent(settingsWith({ profile })),
        ...{ category, ...(severity && { severity }), ...(plan && { plan }) },
      })),
    ),
  ),
);
const explanations = settings.flatMap(all =>
  contents.flatMap(content =>
    [true, false].flatMap(waitingForCustomer =>
      explain({ ...subjectOfDraft(content, noon), waitingForCustomer }, all, reader),
    ),
  ),
);
const cited: readonly FactId[] = [...new Set(explanations.flatMap(one => one.facts))].sort();

describe('the facts that Why? can name', () => {
  it('are those whose statement is a sentence of strings, no more and no fewer', () => {
    const told = facts.flatMap(({ id, statement }) => (statement === undefined ? [id] : []));
    assert.deepEqual(cited, [...told].sort());
    assert.ok(cited.length > 50);
  });

  for (const language of languages) {
    it(`have a statement and a section in ${language}`, () => {
      const texts: Texts = textsOf(language);
      const names = cited.map(id => factOf(id)?.section ?? '?');
      // A name, not a word.
      const sections = new Set(names.filter(section => section !== '21Vianet'));
      const wanted = [...cited.map(id => `fact.${id}`), ...[...sections].map(section => `section.${section}`)];
      assert.deepEqual(
        wanted.filter(key => (texts[key] ?? '') === ''),
        [],
      );
      const known = Object.keys(texts).filter(key => /^(?:fact|section)\./.test(key));
      assert.deepEqual(
        known.filter(key => !wanted.includes(key)),
        [],
        'shown nowhere',
      );
    });
  }

  /** Ids, names that are the same in every language, values of a setting, and the letters of severities. */
  const names =
    /\b(?:supportDay|weekday|endOfWeekday|[GVCEA]-\d\d[a-f]?|21Vianet|(?:Microsoft|Office) 365|Microsoft|YouTube|Premium|[ABC])\b/g;
  it('are stated in Hebrew without a word of English', () => {
    for (const id of cited) {
      const shown = sources({ text: '', facts: [id] }, stringsOf('he'));
      assert.doesNotMatch(shown.replaceAll(names, ''), /[a-z]/i, shown);
    }
  });

  for (const language of translated) {
    it(`show no English statement or section in ${language}`, () => {
      const english = stringsOf('en');
      for (const id of cited) {
        const shown = sources({ text: '', facts: [id] }, stringsOf(language));
        const [statement = '', place = ''] = sources({ text: '', facts: [id] }, english).split('\n');
        assert.ok(statement.length > id.length + 10, id);
        assert.equal(shown.split('\n').length, 2, id);
        for (const part of [statement.slice(id.length + 2), place]) assert.ok(!shown.includes(part), shown);
      }
    });
  }
});
