/**
 * Leaves an object nothing but its own members, and gives it back. What is looked up in it by a name that somebody else
 * chose is then never something of JavaScript's: a property may well be called `constructor`.
 */
export function ownMembers<T>(object: Record<string, T>): Record<string, T> {
  Object.setPrototypeOf(object, null);
  return object;
}
