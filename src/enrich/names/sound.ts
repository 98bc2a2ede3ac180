/** How a folded word sounds, roughly, over the ways of romanising and of spelling: what differs there differs little. */

/** In this order. Each is a spelling that two languages, or two ways of romanising one, write differently. */
const rules: readonly (readonly [RegExp, string])[] = [
  // Groups that stand for one sound
  [/tsch|tch|tsh|cz|cs(?=[aeiou])/g, 'ch'],
  [/shch|sch|sz|sh/g, 's'],
  [/zh|dzh|dj|dz/g, 'j'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/bh/g, 'b'],
  [/gh/g, 'g'],
  [/kh/g, 'h'],
  [/ck|cq|qu|q/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c(?!h)/g, 'k'],
  [/^x/g, 's'],
  [/x/g, 'ks'],
  [/ts|tz/g, 's'],
  [/w/g, 'v'],
  [/z/g, 's'],
  [/ch/g, 'c'],
  // Vowels
  [/oo|ou|ow/g, 'u'],
  [/ee|ea|ii|iy|ij|yi|ie/g, 'i'],
  [/ei|ey|ej|ai|ay|aj/g, 'ei'],
  [/ae/g, 'a'],
  [/oe/g, 'o'],
  [/ue/g, 'u'],
  [/aa/g, 'a'],
  [/[jy]/g, 'i'],
  [/(.)\1+/g, '$1'],
  // An h that is not heard
  [/h$/, ''],
  [/(?<=[aeiou])h(?=[bcdfgklmnprstv])/g, ''],
];

export function soundOf(word: string): string {
  let sound = word;
  for (const [from, to] of rules) sound = sound.replace(from, to);
  return sound === '' ? word : sound;
}

/** Its consonants, as far as a script without vowels writes them: Arabic b stands for p, w and y for vowels. */
export function consonantsOf(word: string): string {
  const consonants = soundOf(word)
    .replace(/[aeiouhv]+/g, '')
    .replace(/p/g, 'b')
    .replace(/g/g, 'k');
  return consonants.replace(/(.)\1+/g, '$1');
}
