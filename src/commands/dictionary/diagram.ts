/** A picture of which object types go together, as SVG that a page holds within itself. */

import { html, type Markup } from '../../text/markup.ts';
import type { Dictionary, LinkEntry, TypeEntry } from './dictionary.ts';

const WIDTH = 1040;
const HEIGHT = 600;
const BOX = { width: 168, height: 50 } as const;
const MOST_LETTERS = 21;

/** Those of every account; the others are drawn where the account made them its own. */
const usual = new Set(['contacts', 'companies', 'deals', 'tickets', 'leads', 'line_items', 'quotes']);

interface Node {
  readonly entry: TypeEntry;
  readonly x: number;
  readonly y: number;
}

/** Nothing where no two of the types go together. */
export function diagramOf({ types, links }: Dictionary): Markup | undefined {
  const labelled = new Set(links.filter(({ own }) => own.length > 0).flatMap(({ from, to }) => [from.id, to.id]));
  const drawn = types.filter(({ type }) => usual.has(type.name) || type.custom || labelled.has(type.id));
  const ids = new Set(drawn.map(({ type }) => type.id));
  const edges = links.filter(({ from, to }) => ids.has(from.id) && ids.has(to.id));
  const linked = drawn.filter(({ type }) =>
    edges.some(({ from, to }) => from.id !== to.id && (from.id === type.id || to.id === type.id)),
  );
  if (linked.length < 2) return undefined;
  const nodes = new Map(linked.map((entry, i) => [entry.type.id, place(entry, i, linked.length)]));
  const lines = edges.flatMap((edge) => {
    const [from, to] = [nodes.get(edge.from.id), nodes.get(edge.to.id)];
    return from && to ? [{ edge, from, to }] : [];
  });
  const plain = lines.filter(({ edge, from, to }) => edge.own.length === 0 && from !== to);
  const own = lines.filter(({ edge }) => edge.own.length > 0);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Object types and their associations">
${plain.map(({ from, to }) => html`<path class="edge" d="${curve(from, to)}"/>\n`)}
${own.map(({ edge, from, to }) => html`<path class="edge own" d="${curve(from, to)}"><title>${wordsOf(edge)}</title></path>\n`)}
${[...nodes.values()].map(box)}
${own.map(({ edge, from, to }) => tag(edge, from, to))}
</svg>`;
}

/** On an ellipse, the first on top. */
function place(entry: TypeEntry, i: number, count: number): Node {
  const angle = (2 * Math.PI * i) / count - Math.PI / 2;
  const x = WIDTH / 2 + (WIDTH / 2 - BOX.width / 2 - 10) * Math.cos(angle);
  const y = HEIGHT / 2 + (HEIGHT / 2 - BOX.height / 2 - 34) * Math.sin(angle);
  return { entry, x: Math.round(x), y: Math.round(y) };
}

/** Bent towards the middle, so that it passes no box; from a box to itself a loop beside it. */
function curve(from: Node, to: Node): string {
  if (from === to) {
    const side = from.x + BOX.width / 2 - 34;
    const [top, out] = from.y > HEIGHT / 2 ? [from.y + BOX.height / 2, 38] : [from.y - BOX.height / 2, -38];
    return `M${side - 30} ${top}c0 ${out} 56 ${out} 56 0`;
  }
  const { x, y } = bend(from, to);
  return `M${from.x} ${from.y}Q${x} ${y} ${to.x} ${to.y}`;
}

function bend(from: Node, to: Node): { x: number; y: number } {
  const pull = 0.55;
  return {
    x: Math.round((from.x + to.x) / 2 + (WIDTH / 2 - (from.x + to.x) / 2) * pull),
    y: Math.round((from.y + to.y) / 2 + (HEIGHT / 2 - (from.y + to.y) / 2) * pull),
  };
}

function box({ entry, x, y }: Node): Markup {
  const { type, properties, ownProperties } = entry;
  const left = x - BOX.width / 2;
  const top = y - BOX.height / 2;
  const small = ownProperties === 0 ? `${properties} properties` : `${properties} properties, ${ownProperties} custom`;
  return html`<a href="#type-${type.id}"><g class="node${type.custom ? ' own' : ''}"><rect x="${left}" y="${top}" width="${BOX.width}" height="${BOX.height}" rx="9"/><text x="${x}" y="${y - 3}">${short(type.plural)}</text><text class="small" x="${x}" y="${y + 15}">${small}</text></g></a>\n`;
}

function tag(edge: LinkEntry, from: Node, to: Node): Markup {
  const [first] = edge.own;
  if (!first) return html``;
  const more = edge.own.length > 1 ? ` +${edge.own.length - 1}` : '';
  const middle = bend(from, to);
  const below = from.y > HEIGHT / 2;
  const x = from === to ? from.x + BOX.width / 2 - 36 : Math.round((from.x + 2 * middle.x + to.x) / 4);
  const y = from === to ? from.y + (below ? 66 : -58) : Math.round((from.y + 2 * middle.y + to.y) / 4) + 4;
  return html`<text class="tag" x="${x}" y="${y}">${short(first.label)}${more}<title>${wordsOf(edge)}</title></text>\n`;
}

function wordsOf({ from, to, own }: LinkEntry): string {
  const labels = own.map(({ label, backward }) => (backward === undefined ? label : `${label} / ${backward}`));
  return `${from.plural} and ${to.plural}: ${labels.join(', ')}`;
}

function short(text: string): string {
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return letters.length <= MOST_LETTERS ? text : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`;
}
