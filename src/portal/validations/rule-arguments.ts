/** What arguments rules take. Each check gives what is wrong with those that were sent; undefined: nothing. */

export const none = (given: readonly string[]) => (given.length === 0 ? undefined : 'it takes no arguments');

/** One of these words, or where `standard` says so none. */
export function word(words: readonly string[], standard = false) {
  return (given: readonly string[]) =>
    (standard && given.length === 0) || (given.length === 1 && words.includes(given[0] ?? ''))
      ? undefined
      : `it takes one of ${words.join(', ')}`;
}

export function whole(least: number, most: number) {
  return ([said = '', ...more]: readonly string[]) =>
    more.length === 0 && /^\d{1,5}$/.test(said) && Number(said) >= least && Number(said) <= most
      ? undefined
      : `it takes a whole number from ${least} to ${most}`;
}

export function numeric([said = '', ...more]: readonly string[]): string | undefined {
  return more.length === 0 && said.trim() !== '' && Number.isFinite(Number(said)) ? undefined : 'it takes a number';
}

export function timestamp([said = '', ...more]: readonly string[]): string | undefined {
  return more.length === 0 && /^-?\d{1,15}$/.test(said) ? undefined : 'it takes a time in milliseconds since 1970';
}

const period = /^P(?=.)(\d{1,4}Y)?(\d{1,5}M)?(\d{1,5}W)?(\d{1,6}D)?(T(?=.)(\d{1,6}H)?(\d{1,6}M)?(\d{1,9}S)?)?$/;

export function duration([said = '', ...more]: readonly string[]): string | undefined {
  return more.length === 0 && period.test(said) ? undefined : 'it takes an ISO 8601 period, such as P7D';
}

const MAX_DOMAINS = 20;

export function domains(given: readonly string[]): string | undefined {
  return given.length >= 1 && given.length <= MAX_DOMAINS && given.every((domain) => isDomain(domain))
    ? undefined
    : `it takes 1 to ${MAX_DOMAINS} domains`;
}

export const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

export function isDomain(said: string): boolean {
  return said.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(said);
}
