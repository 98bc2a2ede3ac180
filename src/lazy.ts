/** Something made when it is first asked for. A failure to make it is forgotten, so that the next one may try again. */
export interface Lazy<T> {
  get(): Promise<T>;
  /** What was made, without making it. */
  peek(): Promise<T> | undefined;
}

export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined;
  const get = () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return { get, peek: () => made };
}
