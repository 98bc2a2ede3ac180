/**
 * Whether a formula can be a property's.
 * Guess: the words and subCategories; that a formula for a number may not give a text is HubSpot's documented rule about
 * kinds, applied to the property.
 */

import { invalid, type PortalError } from '../../errors.ts';
import type { Property, PropertyType } from '../../facts/definitions.ts';
import type { Store } from '../../store/store.ts';
import { definedFormulas } from './formulas.ts';
import { kindOf } from './kinds.ts';
import { type Expression, parseFormula, propertiesOf, walk } from './parse.ts';
import { FormulaError } from './tokens.ts';

/** @throws PortalError 400: it cannot be read, names no property, has the wrong kind, or needs itself */
export function checkFormula(
  store: Store,
  typeId: string,
  property: { readonly name: string; readonly type: PropertyType },
  formula: string,
): void {
  const expression = read(formula, property.type);
  walk(expression, (each) => {
    if (each.is !== 'property') return;
    const known = store.properties.get(typeId, each.name);
    if (known?.archived !== false) {
      throw wrong(`Property ${each.name} of the calculation formula does not exist`, 'CALCULATION_PROPERTY_NOT_FOUND', {
        propertyName: [each.name],
      });
    }
    if (!suits(known, each.kind)) {
      throw wrong(
        `Property ${each.name} of type ${known.type} cannot be used as a ${each.kind} in the calculation formula`,
        'INVALID_CALCULATION_FORMULA',
      );
    }
  });
  const circle = circleOf(store, typeId, property.name, propertiesOf(expression));
  if (circle) throw wrong(`The calculation formula depends on itself: ${circle.join(' -> ')}`, 'CIRCULAR_CALCULATION');
}

function wrong(message: string, code: string, context?: Readonly<Record<string, readonly string[]>>): PortalError {
  return invalid(message, { subCategory: `PropertyValidationError.${code}`, ...(context && { context }) });
}

function read(formula: string, type: PropertyType): Expression {
  try {
    const expression = parseFormula(formula);
    const kind = kindOf(expression);
    const holds = type === 'bool' ? 'bool' : type === 'number' ? 'number' : 'string';
    // An option may be called true or false.
    const fits = kind === 'mixed' || kind === holds || (type === 'enumeration' && kind === 'bool');
    if (!fits) throw new FormulaError(`it gives a ${kind}, which a ${type} cannot hold`, 0);
    return expression;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw wrong(
      `The calculation formula is invalid at character ${error.at}: ${error.message}`,
      'INVALID_CALCULATION_FORMULA',
    );
  }
}

/** A text can be read of any property. */
function suits({ type }: Property, kind: string): boolean {
  if (kind === 'string') return true;
  if (kind === 'bool') return type === 'bool' || type === 'enumeration';
  return type === 'number' || type === 'date' || type === 'datetime';
}

/** The way from a property back to itself; undefined: there is none. */
function circleOf(store: Store, typeId: string, name: string, needs: readonly string[]): string[] | undefined {
  const formulas = new Map(definedFormulas(store, typeId).map((formula) => [formula.property.name, formula.needs]));
  formulas.set(name, needs);
  const seen = new Set<string>();
  const search = (from: string, path: readonly string[]): string[] | undefined => {
    for (const next of formulas.get(from) ?? []) {
      if (next === name) return [...path, from, name];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = search(next, [...path, from]);
      if (found) return found;
    }
    return undefined;
  };
  return search(name, []);
}
