import type { DraftContent } from '../desk/drafts.ts';
import type { Run } from '../host/commandMap.ts';
import { startingContent } from '../forms/draftContent.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Services } from '../host/services.ts';
import type { Settings } from '../host/settingsSchema.ts';
import { isolatedPart } from '../strings/bidi.ts';
import { parseArgument, type Argument } from './argument.ts';
import { choose } from './choose.ts';
import { whyHealth } from './connectHealth.ts';
import { explain, sources, subjectOfCase, subjectOfDraft, type Subject } from './explanations.ts';

/** What is to be explained: what was given, else the page in front, else a case as the settings would start it. */
async function subject(services: Services, given: Argument, settings: Settings): Promise<Subject | undefined> {
  const { pages } = services;
  const now = services.now();
  const draft = async (id: string): Promise<DraftContent | undefined> => {
    const read = await (await services.drafts()).read(id);
    return read.ok ? read.value.content : undefined;
  };
  const caseId = given.kind === 'case' ? given.caseId : given.kind === 'none' ? pages.activeCase() : undefined;
  if (caseId !== undefined) {
    const desk = await services.desk();
    const found = desk.ok ? await desk.value.get(caseId) : desk;
    return found.ok ? subjectOfCase(found.value, startingContent(settings)) : undefined;
  }
  const draftId = given.kind === 'draft' ? given.draftId : given.kind === 'none' ? pages.activeDraft() : undefined;
  const content = draftId === undefined ? startingContent(settings) : await draft(draftId);
  return content && subjectOfDraft(content, now);
}

/** Explains refusals, caps, duties and the target: the rule's sentence, the facts behind it, the document each is from. */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'source') return whyHealth(services, given.source);
  if (given.kind !== 'none' && given.kind !== 'case' && given.kind !== 'draft') return;
  const strings = await services.strings();
  const { settings } = await services.settings();
  const asked = await subject(services, given, settings);
  if (asked === undefined) return;
  const reader = { strings, now: services.now(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const rows = explain(asked, settings, reader).map(one => ({
    label: one.text,
    description: one.facts.join(', '),
    value: one,
  }));
  const profile = strings.t(`profile.${asked.content.profile}`);
  const chosen = await choose(strings.t('command.why.title', { profile }), rows);
  if (chosen === undefined) return;
  const heading = chosen.facts.length === 0 ? 'command.why' : 'command.why.stated';
  await notify.explain(
    safeText(strings, heading),
    `${isolatedPart(chosen.text, strings)}\n\n${sources(chosen, strings)}`,
  );
};
