/** Whether a name makes what stands before the @ of an address. */

import { isNickname, wordOf } from '../../names/word.ts';

/**
 * - `both`: given name, or what begins like it, and surname: `ann.smith`, `asmith`, `smith.a`
 * - `one`: only one of the names: `ann`, `smith`, `ann.s`
 * - `no`: something else stands there too
 */
export type Made = 'both' | 'one' | 'no';

/** Whether a name makes a local part, in lower case. */
export function madeFrom(local: string, given: string, surname: string): Made {
  const words = local.split(/[^a-z]+/).filter((word) => word !== '');
  const [only] = words;
  if (only === undefined || (given === '' && surname === '')) return 'no';
  if (words.length === 1) return ofOneWord(only, given, surname);
  let [hasGiven, hasSurname] = [false, false];
  const [g, s] = [given[0] ?? '', surname[0] ?? ''];
  let rest = '';
  for (const word of words) {
    if (surname !== '' && word === surname) hasSurname = true;
    else if (given !== '' && (word === given || word === g || isShort(word, given))) hasGiven = true;
    else if (word !== s || s === '') rest += word;
  }
  // `di.sarno` of Di Sarno.
  if (rest !== '' && rest === surname) [hasSurname, rest] = [true, ''];
  if (rest !== '') return 'no';
  return hasSurname && hasGiven ? 'both' : 'one';
}

function ofOneWord(word: string, given: string, surname: string): Made {
  if (surname !== '' && surname.length > 2) {
    if (word.endsWith(surname) && isStart(word.slice(0, -surname.length), given)) return given === '' ? 'one' : 'both';
    if (word.startsWith(surname) && isStart(word.slice(surname.length), given)) return given === '' ? 'one' : 'both';
    if (word === surname) return 'one';
  }
  if (given !== '') {
    if (word === given || isShort(word, given)) return 'one';
    if (word.startsWith(given) && isStart(word.slice(given.length), surname)) return 'one';
    if (surname !== '' && word === (given[0] ?? '') + (surname[0] ?? '')) return 'one';
  }
  return 'no';
}

/** One letter or more with which the name begins. */
function isStart(piece: string, name: string): boolean {
  return piece !== '' && name !== '' && name.startsWith(piece);
}

function isShort(word: string, given: string): boolean {
  return word.length > 1 && isNickname(wordOf(word), wordOf(given));
}
