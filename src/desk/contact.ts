/** Someone support can reach, as a team lists people for its cases. */
export interface Contact {
  readonly name: string;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

/** A contact as it is written into a case: one line. */
export const contactLine = ({ name, phone, email }: Contact): string => [name, phone, email].filter(Boolean).join(', ');

/** A team's people by reference. */
export type Contacts = Readonly<Record<string, Contact>>;

/** What is written where support is to reach someone: a reference stands for the contact it names. */
export function contactOf(text: string, contacts: Contacts): string {
  const named = new Map(Object.entries(contacts)).get(text.trim());
  return named ? contactLine(named) : text;
}
