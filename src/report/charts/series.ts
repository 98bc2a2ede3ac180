/** Daily counts as an area, what was expected as a dashed line, and a mark for each alarm. */

import { html, type Markup } from '../../text/markup.ts';
import type { AuditReport } from '../audit-report.ts';
import { number } from '../words.ts';
import type { Picture } from './bars.ts';

const HEIGHT = 120;
const TOP = 22;

export function seriesChart({ id, title, text }: Picture, series: AuditReport['series'][number]): Markup {
  const { counts, expected, alarms, firstDay } = series;
  const days = Math.max(1, counts.length - 1);
  const most = counts.reduce((high, count) => Math.max(high, count), 1);
  const y = (count: number) => Math.round((1 - Math.min(1, count / most)) * 1e3) / 10;
  const line = (values: readonly number[]) => values.map((value, day) => `${day},${y(value)}`).join(' ');
  const marks = alarms
    .map((day) => dayNumber(day) - dayNumber(firstDay))
    .filter((day) => day >= 0 && day < counts.length)
    .map((day) => Math.round((day / days) * 1e4) / 100);
  return html`<svg class="series" id="${id}" role="img" aria-labelledby="${id}-t ${id}-d" width="100%" height="${TOP + HEIGHT + 22}">
<title id="${id}-t">${title}</title><desc id="${id}-d">${text}</desc>
<text class="soft" x="0" y="14">${number(most)} a day</text>
<line class="axis" x1="0" x2="100%" y1="${TOP}" y2="${TOP}"/>
<svg x="0" y="${TOP}" width="100%" height="${HEIGHT}" viewBox="0 0 ${days} 100" preserveAspectRatio="none">
<polygon class="area" points="0,100 ${line(counts)} ${days},100"/>
<polyline class="line" points="${line(counts)}"/>
<polyline class="expected" points="${line(expected)}"/>
</svg>
<line class="axis base" x1="0" x2="100%" y1="${TOP + HEIGHT}" y2="${TOP + HEIGHT}"/>
${marks.map((x) => html`<line class="alarm" x1="${x}%" x2="${x}%" y1="${TOP - 4}" y2="${TOP + HEIGHT}"/><text class="flag" x="${x}%" y="${TOP - 6}">▼</text>`)}
<text class="soft" x="0" y="${TOP + HEIGHT + 17}">${firstDay}</text>
<text class="soft end" x="100%" y="${TOP + HEIGHT + 17}">${dayAfter(firstDay, counts.length - 1)}</text>
</svg>`;
}

const DAY = 86_400_000;
const dayNumber = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);

/** @param day ISO */
export function dayAfter(day: string, days: number): string {
  const at = (dayNumber(day) + days) * DAY;
  return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : '';
}
