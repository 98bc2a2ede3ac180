/** Enough to use an account's quota, few enough that none waits past its deadline for it. */
const AT_ONCE = 8;

/** Works through all items and gives the results in their order. The first failure ends it. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  onDone: (done: number) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let done = 0;
  let failed = false;
  const worker = async () => {
    for (const [i, item] of waiting) {
      if (failed) return;
      results[i] = await work(item);
      onDone(++done);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (error) {
    failed = true;
    throw error;
  }
  return results;
}
