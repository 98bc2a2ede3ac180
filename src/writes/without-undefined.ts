type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same without keys that are undefined: what is not said is not sent. */
export function withoutUndefined<T extends object>(value: T): Defined<T> {
  const said = { ...value };
  for (const key of Reflect.ownKeys(said)) {
    if (Reflect.get(said, key) === undefined) Reflect.deleteProperty(said, key);
  }
  if (isDefined(said)) return said;
  throw new TypeError('A key that is undefined cannot be left out.');
}

function isDefined<T extends object>(value: T): value is T & Defined<T> {
  return !Object.values(value).includes(undefined);
}
