import type { Item } from '../rules/profile.ts';
import type { OfferedChannel } from '../rules/handoff.ts';
import type { FactId } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';

interface Told {
  readonly id: string;
  readonly message: string;
  readonly facts: FactId[];
}
/** A way to reach support in words. `number` is E.164; null where the documents give none. */
export interface ChannelWords {
  readonly id: OfferedChannel['id'];
  readonly name: string;
  readonly fallback: boolean;
  readonly number: string | null;
  readonly steps: Told[];
  readonly notices: Told[];
  readonly facts: FactId[];
}

/** A channel with its steps and notices in words. */
export function channelWords(channel: OfferedChannel, strings: Strings): ChannelWords {
  const { id, fallback, number, steps, notices, facts } = channel;
  const told = (kind: 'step' | 'notice') => (item: Item<string>) => ({
    id: item.id,
    message: strings.lookup(`handoff.${kind}.${item.id}`) ?? item.id,
    facts: [...item.facts],
  });
  return {
    id,
    name: strings.t(`handoff.channel.${id}`),
    fallback,
    number: number ?? null,
    steps: steps.map(told('step')),
    notices: notices.map(told('notice')),
    facts: [...facts],
  };
}

/** The name of a way to support; one that is for when another fails says so. */
export function wayName({ name, fallback }: Pick<ChannelWords, 'name' | 'fallback'>, strings: Strings): string {
  return fallback ? strings.t('handoff.ifThatFails', { channel: name }) : name;
}

/** The page of the vendor on which a channel begins, by the id of its link; what a team names wins (D-13). */
export const linkOf = {
  adminCenter: 'adminCenter',
  portal: 'adminCenter',
  phone: 'globalPhoneNumbers',
  volumeLicensingForm: 'volumeLicensingForm',
} as const satisfies Record<OfferedChannel['id'], string>;

/** `+864000890365` as it stands in the document, `+86 400-089-0365`. Facts: C-30. */
export const spaced = (number: string): string => number.replace(/^\+86(\d{3})(\d{3})(\d{4})$/, '+86 $1-$2-$3');
