/** Someone support can reach, as a team lists people for its cases. */
export interface Contact {
  readonly name: string;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

/** A contact as it is written into a case: one line. */
export const contactLine = ({ name, phone, email }: Contact): string => [name, phone, email].filter(Boolean).join(', ');
