/** What may be seen of properties, and what their values have to look like. */

import { withSources } from './copies.ts';
import { type Matcher, misfit } from './formats.ts';
import type { Policy, PropertyAccess, WriteOperation } from './policy.ts';
import type { PolicyFile } from './policy-file.ts';
import { selectsProperty, typeOf } from './selectors.ts';

const SEVERITY: Readonly<Record<PropertyAccess, number>> = { allow: 0, read: 1, mask: 2, deny: 3 };

export function strictestAccess(accesses: readonly PropertyAccess[]): PropertyAccess {
  return accesses.reduce((worst, each) => (SEVERITY[each] > SEVERITY[worst] ? each : worst), 'allow');
}

type PropertyRules = Pick<Policy, 'access' | 'restrictsProperties' | 'namesCustomTypes' | 'objection'>;

/**
 * @param matches compiles an expression of the file
 * @param standard the names of the types that every portal has
 */
export function createPropertyRules(
  file: PolicyFile,
  matches: (pattern: string) => Matcher,
  standard: (objectType: string) => boolean,
): PropertyRules {
  const rules = Object.entries(file.properties ?? {}).map(([selector, rule]) => ({
    ...rule,
    type: typeOf(selector),
    name: selector.slice(selector.indexOf('.') + 1),
    about: selectsProperty(selector),
  }));
  const known = new Map<string, PropertyAccess>();

  return {
    restrictsProperties: rules.some(({ access = 'allow' }) => access !== 'allow'),
    namesCustomTypes: rules.some(({ type, access = 'allow' }) => access !== 'allow' && type !== '*' && !standard(type)),

    access(objectType, property) {
      // The id is how everything is named; HubSpot alone writes it.
      if (property === 'hs_object_id') return 'allow';
      const key = `${objectType} ${property}`;
      const found =
        known.get(key) ??
        strictestAccess(
          withSources(objectType, property).flatMap(({ type, property: name }) =>
            rules.filter(({ about }) => about(type, name)).map(({ access = 'allow' }) => access),
          ),
        );
      if (known.size < MOST_KNOWN) known.set(key, found);
      return found;
    },

    objection(operation, objectType, values) {
      return (
        missing(operation, objectType, values) ??
        Object.entries(values)
          .map(([property, value]) => wrong(objectType, property, value))
          .find((found) => found !== undefined)
      );
    },
  };

  /** A required property is named, not a pattern: only then is it known what is missing. An upsert may be a create. */
  function missing(operation: WriteOperation, objectType: string, values: Readonly<Record<string, string>>) {
    if (operation !== 'create' && operation !== 'upsert') return undefined;
    const left = rules.find(
      ({ required, name, about }) =>
        required && !name.includes('*') && about(objectType, name) && !values[name]?.trim(),
    );
    return (
      left && { property: left.name, message: `The policy of this server requires ${left.name} of new ${objectType}.` }
    );
  }

  function wrong(objectType: string, property: string, value: string) {
    const about = rules.filter((rule) => rule.about(objectType, property));
    if (value.trim() === '' && about.some(({ required }) => required)) {
      return {
        property,
        message: `The policy of this server requires ${property} of ${objectType}; it cannot be cleared.`,
      };
    }
    if (value === '') return undefined;
    const fault = about
      .map(({ format }) => format && misfit(format, value, matches))
      .find((found) => found !== undefined);
    return fault === undefined
      ? undefined
      : { property, message: `The policy of this server wants ${property} of ${objectType} to be ${fault}.` };
  }
}

/** Names come from callers too. */
const MOST_KNOWN = 10_000;
