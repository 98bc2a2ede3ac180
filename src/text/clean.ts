/**
 * Text from strangers, made harmless to read: what cannot be seen, what steers a terminal and what reorders text goes;
 * words in every script, emoji and line breaks stay, each character composed in the one usual way (NFC).
 */

/** ANSI: CSI and OSC sequences and the two-character escapes, begun by ESC or by the one-character C1 forms. */
const escapes =
  // oxlint-disable-next-line no-control-regex
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\u009d]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;

const lineBreaks = /\r\n?|[\u2028\u2029]/g;

/** All but tab and line feed; and what is no character at all. */
const controls = /[^\P{Cc}\t\n]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

const joiningScripts =
  'Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer'
    .split(' ')
    .map((script) => `\\p{Script=${script}}`)
    .join('');

/** Invisible characters where they are part of something visible. */
const shaping = [
  // The flags of England, Scotland and Wales, spelt in tags.
  String.raw`\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`,
  // A joiner inside an emoji, and between letters of the scripts that need it.
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=[${joiningScripts}])[\u200c\u200d](?=[${joiningScripts}])`,
  // A selector after the one character it selects a shape of.
  String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=\p{Script=Han})[\u{e0100}-\u{e01ef}]`,
];

/** Format characters (bidi, zero width, soft hyphen), tags, selectors and fillers, but not Arabic's visible number signs. */
const shapeless = String.raw`(?![\u0600-\u0605\u06dd\u08e2])[\p{Cf}\p{Default_Ignorable_Code_Point}]`;

const invisible = new RegExp(`(${shaping.join('|')})|${shapeless}`, 'gu');

/** Nearly all text of a CRM, and always clean: ASCII, the letters of western Europe, and common punctuation. */
const plain = /^[\t\n\x20-\x7e\u00a1-\u00ac\u00ae-\u017e\u2010-\u201e\u2022\u2026\u20ac]*$/;

/** Cleaning what is clean changes nothing. */
export function cleanText(text: string): string {
  if (plain.test(text)) return text;
  const visible = withoutEscapes(text).replace(lineBreaks, '\n').replace(controls, '');
  // A joiner can be held by a selector that is itself held by nothing.
  return untilStill(visible, (shaped) => shaped.replace(invisible, '$1')).normalize('NFC');
}

/** Sequences inside sequences are wrapped no deeper by accident; of deeper ones only the letters stay. */
const ESCAPE_ROUNDS = 4;

/** Removing can bring the pieces of another sequence together. Rounds are bounded: a stranger chooses how many it takes. */
function withoutEscapes(text: string): string {
  let rest = text;
  for (let round = 0; round < ESCAPE_ROUNDS; round++) rest = rest.replace(escapes, '');
  return rest;
}

function untilStill(text: string, step: (text: string) => string): string {
  for (let before = text; ; ) {
    const after = step(before);
    if (after === before) return after;
    before = after;
  }
}
