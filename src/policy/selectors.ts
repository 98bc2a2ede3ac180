/** How a policy names things: `*` stands for any run of characters, and case does not count. */

export type Selects = (name: string) => boolean;

/** Each `*` is tried only at the first place that fits, so that no name takes long. */
export function selects(patterns: readonly string[] | undefined): Selects {
  if (patterns === undefined) return () => true;
  const parts = patterns.map((pattern) => pattern.toLowerCase().split('*'));
  return (name) => {
    const folded = name.toLowerCase();
    return parts.some((pieces) => fits(pieces, folded));
  };
}

function fits(pieces: readonly string[], name: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}

/** A custom object is known by its name and by the name with its portal before it: `p123_cars`. */
export function typeNames(objectType: string): readonly string[] {
  const short = objectType.toLowerCase().replace(/^p\d+_/, '');
  return short === objectType ? [objectType] : [objectType, short];
}

/** `email` is of every type, `contacts.email` of one. */
export function selectsProperty(selector: string): (objectType: string, property: string) => boolean {
  const dot = selector.indexOf('.');
  const type = selects(dot < 0 ? undefined : [selector.slice(0, dot)]);
  const property = selects([selector.slice(dot + 1)]);
  return (objectType, name) => property(name) && typeNames(objectType).some(type);
}

export function typeOf(selector: string): string {
  const dot = selector.indexOf('.');
  return dot < 0 ? '*' : selector.slice(0, dot);
}
