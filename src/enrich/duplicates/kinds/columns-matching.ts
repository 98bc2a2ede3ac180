/** How rows are held beside each other whose columns are not known: deals, tickets, custom objects, any file. */

import type { Blocking } from '../block/blocks.ts';
import { part, type Rule, rule } from '../block/keys.ts';
import type { Comparison, Gate } from '../compare/factor.ts';
import { columnFactor } from '../compare/text.ts';
import type { Features } from '../features/feature.ts';
import { type Needing, needsOf } from './needs.ts';

const loose = { loose: true };

export function columnsBlocking(features: Features): Blocking {
  const rules: Rule[] = [];
  const names = [...features.keys()];
  const of = (...contents: readonly string[]) =>
    names.filter((name) => contents.includes(name.slice(0, name.indexOf(':'))));
  const [texts, codes, others] = [of('text'), of('code'), of('number', 'date')];
  for (const name of codes) rules.push(rule([name]));
  for (const name of texts) rules.push(rule([name]), rule([`${name}|rare`, `${name}|rarer`], { eitherWay: true }));
  for (const name of texts) for (const other of [...others, ...codes]) rules.push(rule([`${name}|rare`, other]));
  for (const [nth, name] of texts.entries()) {
    for (const other of texts.slice(nth + 1, nth + 4)) rules.push(rule([`${name}|first3`, `${other}|first3`]));
  }
  for (const name of texts)
    rules.push(rule([`${name}|rare`]), rule([`${name}|rarer`], loose), rule([`${name}|first4`], loose));
  for (const name of others) rules.push(rule([name], loose));
  for (const [nth, name] of others.entries())
    for (const other of others.slice(nth + 1)) rules.push(rule([name, other]));
  return { rules: rules.slice(0, rulesAtMost), divideBy: names.map(part) };
}

/** A table with very many columns is not looked at by all their pairs. */
const rulesAtMost = 60;

export function columnsComparison(features: Features, kind?: Needing): Comparison {
  const names = [...features.keys()];
  const factors = names.map((name) => columnFactor(name, features.get(name) ?? nothing()));
  const needs = kind && needsOf(kind, features);
  const gate: Gate = {
    veto: () => undefined,
    most(a, b, levels) {
      if (needs) return needs(a, b, levels);
      let [agree, known] = [0, 0];
      for (const found of levels) {
        if (found > 0) known++;
        if (found === 1 || found === 2) agree++;
      }
      return agree < 2 && known > 1 ? { probability: 0.97, why: 'They have only one thing in common.' } : undefined;
    },
  };
  return { factors, gate, correlated: kind === undefined };
}

function nothing(): never {
  throw new Error('A feature is named that is not there.');
}
