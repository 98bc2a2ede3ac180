/** Numbers in words to digits: whoever writes `First Bank` and whoever writes `1st Bank` mean one. */
const small = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen twenty`;
const ordinals = `zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
  fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth`;
const romans = `- - ii iii iv - vi vii viii ix - xi xii xiii xiv xv xvi xvii xviii xix xx`;

export const numberWords: ReadonlyMap<string, number> = new Map([small, ordinals].flatMap((list) => inOrder(list)));

export const tens: ReadonlyMap<string, number> = new Map([
  ...inOrder('- - twenty thirty forty fifty sixty seventy eighty ninety').map(([word, at]): [string, number] => [
    word,
    at * 10,
  ]),
  ['fourty', 40],
]);

/** Of two letters and more: one letter is a letter. */
export const romanNumerals: ReadonlyMap<string, number> = new Map(inOrder(romans));

function inOrder(list: string): [string, number][] {
  return list
    .split(/\s+/)
    .map((word, at): [string, number] => [word, at])
    .filter(([word]) => word !== '-');
}
