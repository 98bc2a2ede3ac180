/** Whether the text of an element of HTML can be seen, from the styles it has and those it inherits. */

/** Red, green, blue and opacity, each 0 to 255; what cannot be told is undefined. */
type Colour = readonly [number, number, number, number];

/** What an element passes on to those inside it. */
export interface Look {
  /** Nothing inside it can undo that. */
  readonly gone: boolean;
  readonly invisible: boolean;
  readonly tiny: boolean;
  readonly colour: Colour | undefined;
  readonly background: Colour | undefined;
}

const black: Colour = [0, 0, 0, 255];
const white: Colour = [255, 255, 255, 255];

export const pageLook: Look = { gone: false, invisible: false, tiny: false, colour: black, background: white };

export type Styles = ReadonlyMap<string, string>;

/** Nothing that hides takes more. */
const LONGEST_VALUE = 200;

export function parseStyles(text: string): Styles {
  const styles = new Map<string, string>();
  for (const declaration of plainCss(text).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .slice(0, LONGEST_VALUE);
    styles.set(declaration.slice(0, colon).trim(), value.trim());
  }
  return styles;
}

/** In small letters, without comments, and with what is spelt in escapes as it is meant. */
function plainCss(text: string): string {
  const [first = '', ...commented] = text.toLowerCase().split('/*');
  const rest = commented.map((part) => (part.includes('*/') ? part.slice(part.indexOf('*/') + 2) : ''));
  return (first + rest.join('')).replace(/\\([\da-f]{1,6})\s?/g, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code > 0x10ffff ? '' : String.fromCodePoint(code);
  });
}

/**
 * The styles of class, id and element names that a style sheet has outside of media queries. What a selector asks of an
 * element's surroundings is not looked at: rather one text too few than one that nobody else sees.
 */
export function parseSheet(text: string): ReadonlyMap<string, Styles> {
  const sheet = new Map<string, Styles>();
  let depth = 0;
  let opened = '';
  // Each part ends before a brace: selectors before `{`, declarations before `}`.
  for (const part of plainCss(text).split(/(?=[{}])/)) {
    const words = part.replace(/^[{}]/, '');
    if (part.startsWith('}')) depth = Math.max(0, depth - 1);
    if (part.startsWith('{')) {
      depth += 1;
      if (depth === 1 && !opened.startsWith('@')) {
        const styles = parseStyles(words);
        const names = opened
          .split(',')
          .flatMap((selector) => /(?:[.#]|(?<![\w-]))[\w-]+$/.exec(selector.trim().slice(-200)) ?? []);
        for (const name of new Set(names)) sheet.set(name, new Map([...(sheet.get(name) ?? []), ...styles]));
      }
    }
    opened = words.trim();
  }
  return sheet;
}

/** Attributes that say something of the look. */
const SAYING = ['hidden', 'color', 'bgcolor'] as const;

/** @param attributes of the element, which may say the same without styles */
export function lookOf(parent: Look, styles: Styles, attributes: Readonly<Record<string, string>>): Look {
  if (styles.size === 0 && !SAYING.some((name) => name in attributes)) return parent;
  const style = (name: string) => styles.get(name) ?? '';
  const fontSize = style('font-size') || (style('font').match(/(?<![\d.])[\d.]+(?:px|pt|em|rem|%)/)?.[0] ?? '');
  const visibility = style('visibility');
  const colour = style('color') || attributes['color'];
  const background = style('background-color') || style('background') || attributes['bgcolor'];
  return {
    gone: parent.gone || 'hidden' in attributes || isGone(style),
    invisible: visibility === '' ? parent.invisible : visibility === 'hidden' || visibility === 'collapse',
    tiny: fontSize === '' ? parent.tiny : isTiny(fontSize),
    colour: colour === undefined || colour === 'inherit' ? parent.colour : colourIn(colour),
    background: isNone(background) ? parent.background : colourIn(background),
  };
}

/** A background that lets through what is behind it. */
function isNone(background: string | undefined): background is undefined {
  return background === undefined || /^(?:none|transparent|inherit|initial|unset)$/.test(background);
}

export function isSeen({ gone, invisible, tiny, colour, background }: Look): boolean {
  if (gone || invisible || tiny) return false;
  if (colour === undefined) return true;
  if (colour[3] < 16) return false;
  return background === undefined || [0, 1, 2].some((part) => Math.abs(at(colour, part) - at(background, part)) > 16);
}

const at = (colour: Colour, part: number) => colour[part] ?? 0;

/** So far outside that no screen shows it. */
const AWAY = -400;

function isGone(style: (name: string) => string): boolean {
  const number = (name: string) => Number.parseFloat(style(name));
  const clipped = /hidden|clip/.test(style('overflow') + style('overflow-x') + style('overflow-y'));
  return (
    style('display') === 'none' ||
    style('content-visibility') === 'hidden' ||
    number('opacity') < 0.1 ||
    (clipped && ['width', 'height', 'max-width', 'max-height'].some((name) => number(name) <= 1)) ||
    ['left', 'top', 'right', 'bottom', 'text-indent', 'margin-left', 'margin-top'].some(
      (name) => number(name) < AWAY,
    ) ||
    /\bscale[xy]?\(0*\.?0*[,)]/.test(style('transform')) ||
    /rect\(\D*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)/.test(style('clip')) ||
    /inset\((?:50|100)%|circle\(0/.test(style('clip-path'))
  );
}

/** Letters of two pixels or less. */
function isTiny(size: string): boolean {
  const number = Number.parseFloat(size);
  return /[\d.](?:px|pt)?$/.test(size) ? number <= 2 : number <= (size.endsWith('%') ? 12 : 0.12);
}

const names: Readonly<Record<string, Colour>> = {
  white,
  black,
  transparent: [0, 0, 0, 0],
  snow: [255, 250, 250, 255],
  ivory: [255, 255, 240, 255],
  ghostwhite: [248, 248, 255, 255],
  floralwhite: [255, 250, 240, 255],
  whitesmoke: [245, 245, 245, 255],
  mintcream: [245, 255, 250, 255],
  azure: [240, 255, 255, 255],
};

/** The first colour in a value such as `background`'s. */
function colourIn(value: string): Colour | undefined {
  const said = value.trim().slice(0, 200).toLowerCase();
  const hex = /#([\da-f]{3,8})\b/.exec(said)?.[1];
  if (hex !== undefined) return fromHex(hex);
  const parts = /\brgba?\(([^)]*)\)/
    .exec(said)?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean);
  if (parts === undefined) return names[said.split(/\s/).find((word) => word in names) ?? ''];
  const [red = 0, green = 0, blue = 0, opacity = 255] = parts.map((part, place) => {
    const number = Number.parseFloat(part);
    return part.endsWith('%') ? number * 2.55 : place === 3 ? number * 255 : number;
  });
  return [red, green, blue, opacity];
}

function fromHex(hex: string): Colour | undefined {
  const long = hex.length <= 4 ? hex.replace(/./g, '$&$&') : hex;
  if (long.length !== 6 && long.length !== 8) return undefined;
  const [red = 0, green = 0, blue = 0, opacity = 255] = (long.match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  );
  return [red, green, blue, opacity];
}
