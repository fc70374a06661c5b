/** Keeps the answer of `make`; a failure, or an answer that `keep` turns down, is made anew at the next call. */
export function once<Value>(
  make: () => Promise<Value>,
  keep: (value: Value) => boolean = () => true,
): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  const attempt = async (): Promise<Value> => {
    try {
      const value = await make();
      if (!keep(value)) made = undefined;
      return value;
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
  return () => (made ??= attempt());
}
