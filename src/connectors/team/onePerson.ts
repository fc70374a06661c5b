/** What signs in at a desk, as long as it is the same person's. */
export interface OnePerson {
  /** As an HTTP client asks for it. */
  token(refused?: string): Promise<string | undefined>;
  /** Whose it is, as the desk says: from then on nothing signs in that is anybody else's. */
  belongsTo(person: string): void;
}

export interface OnePersonOptions {
  readonly token: (refused?: string) => Promise<string | undefined>;
  /** Asks the desk whose a token is; nothing where that cannot be told. */
  readonly personOf: (token: string) => Promise<string | undefined>;
  /** Told when a token is not, or may not be, of the same person. */
  readonly changed: () => void;
}

/**
 * Binds a desk to the person it was opened for. A token is renewed by the hour, and a person signs in as another at any
 * time, also between two tries of one request; so it is the token of each request that is looked at.
 */
export function onePerson({ token, personOf, changed }: OnePersonOptions): OnePerson {
  let person: string | undefined;
  let known: string | undefined;
  let asked: { readonly token: string; readonly same: Promise<boolean> } | undefined;

  function isSame(found: string): Promise<boolean> {
    if (asked?.token !== found) asked = { token: found, same: personOf(found).then(name => name === person) };
    return asked.same;
  }
  return {
    async token(refused) {
      const found = await token(refused);
      if (person === undefined || found === undefined || found === known) return (known = found);
      if (await isSame(found)) return (known = found);
      asked = undefined;
      changed();
      return undefined;
    },
    belongsTo: name => (person = name),
  };
}
