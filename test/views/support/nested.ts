/** A tree as nested arrays: a row is its text, and a row with others below it is `[text, rows]`. */
export type Nested = string | readonly [string, readonly Nested[]];

interface Row {
  readonly item: { readonly label: string; readonly description?: string };
}

/** Reads a whole tree; `children` answers the rows below a node, or the roots without one. */
export async function nested<Node extends Row>(
  children: (node?: Node) => Promise<readonly Node[]> | readonly Node[],
): Promise<readonly Nested[]> {
  const read = async (node?: Node): Promise<readonly Nested[]> =>
    Promise.all(
      (await children(node)).map(async (child): Promise<Nested> => {
        const { label, description } = child.item;
        const text = description === undefined ? label : `${label} | ${description}`;
        const below = await read(child);
        return below.length > 0 ? [text, below] : text;
      }),
    );
  return read();
}
