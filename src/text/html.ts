/**
 * HTML -> the text that a person would see of it: what is hidden, comments, styles and scripts are gone; blocks are
 * lines, list items begin with a dash, links are followed by where they lead.
 */

import { Parser } from 'htmlparser2';
import { isSeen, type Look, lookOf, pageLook, parseSheet, parseStyles, type Styles } from './visible.ts';

const inline =
  'a abbr acronym address b bdi bdo big center cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr img picture td th';
const blocks =
  'article aside blockquote body br caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul';
/** What is in them is not for reading, or only by who has no better program. */
const unread =
  'applet area audio base canvas col colgroup embed frame frameset head iframe input link map math meta noembed noframes noscript object param script select source style svg template textarea title track video';

const BLOCKS = new Set(blocks.split(' '));
const UNREAD = new Set(unread.split(' '));
const KNOWN = new Set([...inline.split(' '), ...BLOCKS, ...UNREAD]);

/** Whether there is anything in it that a browser would not show as it stands. */
const markup = new RegExp(
  `<(?:[!?]|/?(?:${[...KNOWN].join('|')}|[a-z]+:[a-z]+)(?=[\\s/>]|$)|[a-z][\\w-]*\\s[^<>]*?\\b(?:style\\s?=|hidden\\b))|&(?:#\\d+|#x[\\da-f]+|[a-z][a-z\\d]{1,31});`,
  'i',
);

export function hasMarkup(text: string): boolean {
  return markup.test(text);
}

interface Element {
  readonly parent: Element | undefined;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Not only something in angle brackets. */
  readonly real: boolean;
  readonly unread: boolean;
  look: Look;
}

interface Piece {
  readonly text: string;
  readonly element: Element;
  /** Elements that begin a line, `p` after an empty one; of several at one place the emptiest counts. */
  readonly lines: 0 | 1 | 2;
}

/** No letter nests so deeply; closing what was never opened takes longer the more is open. The rest is left out. */
const DEEPEST = 500;

/** However often it was encoded, it is decoded once. */
const manyAmpersands = /&(?:amp;|#0*38;|#x0*26;)+/gi;

export function htmlText(source: string): string {
  const html = source.replace(manyAmpersands, '&');
  const root: Element = {
    parent: undefined,
    name: '',
    attributes: {},
    real: true,
    unread: false,
    look: pageLook,
  };
  const elements: Element[] = [];
  const pieces: Piece[] = [];
  const links: { readonly href: string; readonly from: number }[] = [];
  let current = root;
  let depth = 0;
  let sheet = '';
  let inSheet = false;
  let tags = 0;
  const say = (text: string) => void pieces.push({ text, element: current, lines: 0 });
  const breakLine = (name: string) => void pieces.push({ text: '', element: current, lines: name === 'p' ? 2 : 1 });
  const written = () => html.slice(parser.startIndex, parser.endIndex + 1);
  /** What is no element stays as it was written: `<john@acme.test>` is an address. */
  const sayAsWritten = () => {
    if (!written().includes('<', 1)) say(written());
  };

  const parser = new Parser({
    onopentag(name, attributes, implied) {
      const element = {
        parent: current,
        name,
        attributes,
        real: implied || 'hidden' in attributes || isElement(name, written()),
        unread: UNREAD.has(name),
        look: pageLook,
      };
      if (element.real) tags += 1;
      else sayAsWritten();
      elements.push(element);
      current = element;
      depth += 1;
      if (depth > DEEPEST) parser.pause();
      inSheet = name === 'style';
      if (BLOCKS.has(name)) breakLine(name);
      if (name === 'td' || name === 'th') say(' ');
      if (name === 'li') say('- ');
      if (name === 'a') links.push({ href: attributes['href'] ?? '', from: pieces.length });
      if (name === 'img' && attributes['alt']?.trim()) say(`[image: ${attributes['alt'].trim()}]`);
    },
    ontext(text) {
      if (inSheet) sheet += text;
      else say(text);
    },
    onclosetag(name, implied) {
      if (!implied && !current.real) sayAsWritten();
      if (name === 'a') {
        const { href, from } = links.pop() ?? { href: '', from: pieces.length };
        const shown = pieces
          .slice(from)
          .map(({ text }) => text)
          .join('');
        say(destination(href, shown));
      }
      if (BLOCKS.has(name) && name !== 'br') breakLine(name);
      inSheet = false;
      depth -= 1;
      current = current.parent ?? root;
    },
    oncomment() {
      tags += 1;
    },
    onprocessinginstruction() {
      tags += 1;
    },
  });
  parser.end(html);

  const rules = parseSheet(sheet);
  for (const element of elements) {
    if (!element.real) {
      element.look = element.parent?.look ?? pageLook;
      continue;
    }
    const look = lookOf(element.parent?.look ?? pageLook, stylesOf(element, rules), element.attributes);
    element.look = element.unread ? { ...look, gone: true } : look;
  }
  const seen = pieces.filter(({ element }) => isSeen(element.look));
  // Without a tag it is plain text in which some characters were encoded.
  return tags === 0 ? seen.map(({ text }) => text).join('') : inLines(seen);
}

/** What the sheet says of its name, its classes and its id, and over that what it says itself. */
function stylesOf({ name, attributes }: Element, sheet: ReadonlyMap<string, Styles>): Styles {
  const styles = new Map<string, string>();
  const add = (more: Styles | undefined) => {
    for (const [property, value] of more ?? []) styles.set(property, value);
  };
  if (sheet.size > 0) {
    for (const each of [name, ...words(attributes['class']).map((word) => `.${word}`), `#${attributes['id'] ?? ''}`]) {
      add(sheet.get(each));
    }
  }
  if (attributes['style'] !== undefined) add(parseStyles(attributes['style']));
  return styles;
}

function inLines(pieces: readonly Piece[]): string {
  // Where elements make the lines, those of the source are only spaces.
  const laidOut = pieces.some(({ lines }) => lines > 0);
  const parts: string[] = [];
  let due = 0;
  for (const { text, lines } of pieces) {
    due = Math.max(due, lines);
    if (text === '') continue;
    const words = text.replace(laidOut ? /[ \t\n\u00a0]+/g : /[ \t\u00a0]+/g, ' ');
    if (due > 0 && words === ' ') continue;
    parts.push('\n'.repeat(due), words);
    due = 0;
  }
  return parts
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/ {2,}/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** What has attributes with values, or hides, is one, whatever its name; `<b and c>` compares three numbers. */
function isElement(name: string, written: string): boolean {
  if (written.includes('=')) return true;
  return (KNOWN.has(name) || /^[a-z]+:[a-z]+$/.test(name)) && !(name.length === 1 && /^<.\s+\w/.test(written));
}

function words(text = ''): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The longest address that is worth its room; of a longer one the beginning says where it leads. */
const LONGEST = 120;

/** Where a link leads, unless its text says so already. */
function destination(href: string, shown: string): string {
  const said = href.trim();
  if (/^mailto:/i.test(said)) {
    const address = said.slice(7).split('?')[0] ?? '';
    return address === '' || shown.includes(address) ? '' : ` (${address})`;
  }
  const absolute = said.startsWith('//') ? `https:${said}` : said;
  if (!/^https?:/i.test(absolute) || !URL.canParse(absolute)) return '';
  const { origin, host, href: whole } = new URL(absolute);
  if (host === '' || shown.includes(host)) return '';
  return ` (${whole.length > LONGEST || /[()]/.test(whole) ? `${origin}/…` : whole})`;
}
