/** Bars that lie: as wide as the page lets them be, with letters of the same size on every width. */

import { html, type Markup } from '../../text/markup.ts';

export interface Bar {
  readonly label: string;
  /** What stands at its end. */
  readonly says: string;
  /** In the order in which they stand; each with the class that fills it. */
  readonly parts: readonly { readonly share: number; readonly fill: string }[];
}

export interface Picture {
  readonly id: string;
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly text: string;
}

const ROW = 42;
const BAR = 14;

/** @param bars shares of 1, which is the whole width */
export function barChart({ id, title, text }: Picture, bars: readonly Bar[]): Markup {
  return html`<svg class="bars" id="${id}" role="img" aria-labelledby="${id}-t ${id}-d" width="100%" height="${bars.length * ROW + 4}">
<title id="${id}-t">${title}</title><desc id="${id}-d">${text}</desc>
${bars.map(({ label, says, parts }, row) => {
  const y = row * ROW;
  let x = 0;
  return html`<text x="0" y="${y + 15}">${label}</text><text class="end" x="100%" y="${y + 15}">${says}</text><rect class="track" x="0" y="${y + 21}" width="100%" height="${BAR}" rx="2"/>${parts.map(
    ({ share, fill }) => {
      const from = x;
      x += share;
      return share <= 0
        ? undefined
        : html`<rect class="${fill}" x="${hundredths(from)}%" y="${y + 21}" width="${hundredths(share)}%" height="${BAR}"/>`;
    },
  )}\n`;
})}</svg>`;
}

const hundredths = (share: number) => Math.round(share * 1e4) / 100;
