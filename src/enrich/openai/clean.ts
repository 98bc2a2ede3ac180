/** Record text on its way to a model: short, visible, and never able to end the block that it stands in. */

const LONGEST = 120;

/** Without what cannot be seen (control, format and unassigned characters), at most so many characters. */
export function cleanText(text: string, longest = LONGEST): string {
  const visible = text
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Z}\s]+/gu, ' ')
    .replaceAll(/\p{C}+/gu, '')
    .trim();
  const characters = Array.from(visible);
  return characters.length <= longest ? visible : `${characters.slice(0, longest - 1).join('')}…`;
}

/** JSON between marks. No text in it can write the closing mark: `<` and `>` are escaped. */
export function dataBlock(data: unknown): string {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
  return `<data>\n${json}\n</data>`;
}
