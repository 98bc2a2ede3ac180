/** What people write beside a name, in the name's own field: notes to each other, names to be called by. */

import { fold } from './fold.ts';

/** Folded. */
const notes =
  /\b(?:old|new|do not (?:use|call|contact|email|mail)|dont (?:use|call)|dnc|dnu|duplicate|dup|dupe|deleted?|inactive|left(?: the)?(?: company)?|no longer(?: with .*| there| here)?|former(?:ly)?|retired|deceased|rip|test|wrong(?: number| email)?|see other(?: record)?|main|primary|backup|temp|archived?|merged?|copy|ex)\b/;

/** A person's name without what stands in brackets or quotes, be it a note, a nickname or a maiden name, and without notes. */
export function withoutAsides(name: string): string {
  const open = withoutPairs(name, /[([{][^)\]}]*[)\]}]?/g);
  return withoutEnd(withoutPairs(open, /["\u201c\u201e\u00ab][^"\u201c\u201d\u00bb]*["\u201c\u201d\u00bb]/g));
}

/** An organisation's name without notes; brackets that hold anything else (`(UK)`) stay. */
export function withoutNotes(name: string): string {
  const open = name.replace(/[([{]([^)\]}]*)([)\]}]?)/g, (all, inside: string, end: string) =>
    end !== '' && notes.test(fold(inside)) ? ' ' : all,
  );
  return withoutEnd(/[\p{L}\p{N}]/u.test(open) ? open : name);
}

function withoutPairs(text: string, pairs: RegExp): string {
  const open = text.replace(pairs, ' ');
  return /[\p{L}\p{N}]/u.test(open) ? open : text.replace(/[()[\]{}]/g, ' ');
}

/** Behind a dash goes only what is a note. */
function withoutEnd(text: string): string {
  const dash = /\s[-\u2013\u2014/]+\s+(\S.*)$/u.exec(text);
  return dash !== null && notes.test(fold(dash[1] ?? '')) ? text.slice(0, dash.index) : text;
}
