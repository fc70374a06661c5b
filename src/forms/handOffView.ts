import type { CaseDetail } from '../desk/case.ts';
import { effectiveSeverity } from '../desk/case.ts';
import { linkOf, spaced, wayName } from '../handoff/channelWords.ts';
import { handOffWords, type HandOffWords } from '../handoff/handOff.ts';
import type { Settings } from '../host/settingsSchema.ts';
import type { CopyPart, HandOffView } from '../protocol/handOff.ts';
import { supportHours } from '../rules/hours.ts';
import { profiles } from '../rules/profiles/index.ts';
import type { Strings } from '../strings/strings.ts';
import { aimOf, hoursQuery } from './advice.ts';
import { hoursText } from './hoursView.ts';
import type { Reader } from './targetView.ts';

function hoursOf(detail: CaseDetail, settings: Settings, reader: Reader): string | undefined {
  const query = hoursQuery(aimOf(detail), settings);
  return hoursText(supportHours(query, profiles[detail.profile], reader.now), reader);
}

/** A case as it is handed over, in the language of `strings`. */
export function handedOver(detail: CaseDetail, settings: Settings, reader: Reader): HandOffWords {
  const options = { contacts: settings.contacts, hours: hoursOf(detail, settings, reader) };
  const severity = effectiveSeverity(detail);
  const matter = { ...detail, ...(severity ? { severity } : {}) };
  return handOffWords(matter, profiles[detail.profile], options, reader.strings);
}

/** The address of a channel's first page; undefined where neither the team nor the documents give one (A-19, D-13). */
export function addressOf(
  { profile }: CaseDetail,
  channel: keyof typeof linkOf,
  settings: Settings,
): string | undefined {
  const id = linkOf[channel];
  const links: readonly { readonly id: string; readonly url: string | null }[] = profiles[profile].links;
  return settings.links[id] ?? links.find(link => link.id === id)?.url ?? undefined;
}

/** The hand-off as the page shows it: the way in the reader's language, the text in the one chosen for it. */
export function presentHandOff(detail: CaseDetail, settings: Settings, reader: Reader, textIn: Strings): HandOffView {
  const { strings } = reader;
  const words = handedOver(detail, settings, reader);
  const text = textIn === strings ? words : handedOver(detail, settings, { ...reader, strings: textIn });
  const due = detail.vendorNumber === undefined;
  const own = { id: strings.language, label: strings.t('language.own') };
  const english = { id: 'en', label: 'English' };
  return {
    due,
    lead: strings.t(due ? 'page.handOff.lead' : 'page.handOff.done'),
    hours: words.hours ?? '',
    channels: words.channels.map(channel => ({
      name: wayName(channel, strings),
      ...(channel.number === null ? {} : { number: spaced(channel.number) }),
      steps: channel.steps.map(({ message }) => message),
      notices: channel.notices.map(({ message }) => message),
      ...(addressOf(detail, channel.id, settings) === undefined
        ? {}
        : { open: strings.t(`page.handOff.open.${channel.id}`) }),
    })),
    query: text.query,
    items: text.items.map(({ label, value }) => ({
      label,
      value: value ?? strings.t('handoff.missing'),
      missing: value === undefined,
    })),
    text: text.text,
    languages: strings.language === 'en' ? [own] : [own, english],
    language: textIn.language,
  };
}

/** What is put on the clipboard for a part; undefined where there is nothing under that name. */
export function copiedPart({ part, index = 0 }: CopyPart, words: HandOffWords): string | undefined {
  switch (part) {
    case 'query':
    case 'text':
    case 'whole':
      return words[part];
    case 'item':
      return words.items[index]?.value;
    case 'number':
      return words.channels[index]?.number ?? undefined;
  }
}
