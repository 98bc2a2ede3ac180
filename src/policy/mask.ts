/** What is shown of a value that may be seen in part: enough to recognise it, not enough to use it. */

const MASK = '***';

/** `j***@acme.com` for an address, the last four characters of something long, nothing of something short. */
export function mask(value: string): string {
  if (value === '') return '';
  const address = /^([^\s@])[^\s@]*(@[^\s@]+)$/u.exec(value);
  if (address !== null) return `${address[1]}${MASK}${address[2]}`;
  const characters = Array.from(value);
  return characters.length < 8 ? MASK : `${MASK}${characters.slice(-4).join('')}`;
}
