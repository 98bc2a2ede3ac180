/** The properties of a type that were defined by a formula, as calculations. */

import type { Property } from '../../facts/definitions.ts';
import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import type { Store } from '../../store/store.ts';
import { amount } from '../amounts.ts';
import type { Calculation, Subject } from '../calculated.ts';
import { evaluate, type Value } from './evaluate.ts';
import { type Expression, type Kind, parseFormula, propertiesOf } from './parse.ts';

export interface Formula {
  readonly property: Property;
  readonly expression: Expression;
  /** Properties that it needs. */
  readonly needs: readonly string[];
}

/** Those in use. What stands in the store was checked when it was defined. */
export function definedFormulas(store: Store, typeId: string): Formula[] {
  return store.properties.list(typeId).flatMap((property) => {
    if (property.archived || property.hubspotDefined || property.calculationFormula === undefined) return [];
    const expression = parseFormula(property.calculationFormula);
    return [{ property, expression, needs: propertiesOf(expression) }];
  });
}

/** In an order in which each comes after those that it needs. */
export function formulasOf(store: Store, type: ObjectTypeFacts): Calculation[] {
  const formulas = new Map(definedFormulas(store, type.id).map((formula) => [formula.property.name, formula]));
  const ordered = new Set<Formula>();
  const visit = (formula: Formula, path: readonly string[]): void => {
    if (ordered.has(formula) || path.includes(formula.property.name)) return;
    for (const name of formula.needs) {
      const needed = formulas.get(name);
      if (needed) visit(needed, [...path, formula.property.name]);
    }
    ordered.add(formula);
  };
  for (const formula of formulas.values()) visit(formula, []);
  return [...ordered].map(({ property, expression }) => ({
    appliesTo: () => true,
    calculate(subject) {
      const value = evaluate(expression, (name, kind) => lookUp(subject, name, kind));
      return { [property.name]: toText(property, value) };
    },
  }));
}

/** Guess: dates are numbers of milliseconds. */
function lookUp({ store, type, value, number, time }: Subject, name: string, kind: Kind): Value | undefined {
  const said = value(name);
  if (said === undefined) return undefined;
  if (kind === 'string') return said;
  if (kind === 'bool') return said === 'true' || said === 'false' ? said === 'true' : undefined;
  const defined = store.properties.get(type.id, name)?.type;
  return defined === 'date' || defined === 'datetime' ? time(name) : number(name);
}

/** Undefined for what the property cannot hold: a number in a boolean, a text that is none of the options, no text at all. */
function toText({ type, options }: Property, value: Value | undefined): string | undefined {
  switch (type) {
    case 'number':
      return typeof value === 'number' ? amount(value) : undefined;
    case 'bool':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'enumeration': {
      const text = value === undefined ? undefined : String(value);
      return options.some((option) => option.value === text) ? text : undefined;
    }
    default:
      return typeof value === 'string' && value !== '' ? value : undefined;
  }
}
