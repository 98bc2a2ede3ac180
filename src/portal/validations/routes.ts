/** `/crm/property-validations/{objectTypeId}`: rules that values must follow from now on. */

import { flag, list, optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import type { Property, ValidationRule } from '../facts/definitions.ts';
import { objectTypeOf, schemaScopes } from '../object-type-of.ts';
import type { Call, Route } from '../route.ts';
import { goesWith, type RuleType, ruleTypes } from './rule-types.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/property-validations/guide',
  compared: '2026-11-22',
};
const PROPERTY = '/crm/property-validations/{objectType}/{propertyName}';

const ruleUpdate = shape('PublicPropertyValidationRuleUpdate', {
  ruleArguments: list(text),
  shouldApplyNormalization: optional(flag),
});

/** Guess: as the properties API says it. @throws PortalError 404 */
function requireProperty(call: Call): Property {
  const type = objectTypeOf(call);
  const name = call.params['propertyName'] ?? '';
  const property = call.store.properties.get(type.id, name);
  if (property?.archived === false) return property;
  throw notFound(`Property ${name} of object type ${type.id} does not exist`);
}

/** Guess: the words for a rule that HubSpot does not have. @throws PortalError 400 */
function requireRuleType(call: Call): { name: string; rule: RuleType } {
  const name = call.params['ruleType'] ?? '';
  const rule = Object.hasOwn(ruleTypes, name) ? ruleTypes[name] : undefined;
  if (rule) return { name, rule };
  throw invalid(`Invalid rule type ${name}. Valid rule types are: ${Object.keys(ruleTypes).join(', ')}`);
}

function rulesOf(call: Call, property: Property): readonly ValidationRule[] {
  return call.store.validations.get(objectTypeOf(call).id, property.name) ?? [];
}

/** Guess: the words and subCategories; that a least value may not be above the greatest one. @throws PortalError 400 */
function checkRule(
  { name, rule }: { name: string; rule: RuleType },
  property: Property,
  given: readonly string[],
  others: readonly ValidationRule[],
): void {
  if (!goesWith(rule, property)) {
    throw invalid(
      `Rule type ${name} is not supported for property ${property.name} of type ${property.type} and field type ${property.fieldType}`,
      { subCategory: 'PropertyValidationError.UNSUPPORTED_RULE_TYPE' },
    );
  }
  const wrong = rule.check(given);
  if (wrong !== undefined) {
    throw invalid(`Invalid arguments for rule type ${name}: ${wrong}`, {
      subCategory: 'PropertyValidationError.INVALID_RULE_ARGUMENTS',
    });
  }
  for (const [low, high] of ranges) {
    const bound = (ruleType: string) =>
      ruleType === name ? given[0] : others.find((each) => each.ruleType === ruleType)?.ruleArguments[0];
    const [least, most] = [bound(low), bound(high)];
    if ((name === low || name === high) && least !== undefined && most !== undefined && Number(least) > Number(most)) {
      throw invalid(`The argument of ${low} may not be greater than that of ${high}`, {
        subCategory: 'PropertyValidationError.INVALID_RULE_ARGUMENTS',
      });
    }
  }
}

const ranges = [
  ['MIN_LENGTH', 'MAX_LENGTH'],
  ['MIN_NUMBER', 'MAX_NUMBER'],
  ['START_DATE', 'END_DATE'],
  ['START_DATETIME', 'END_DATETIME'],
] as const;

export const validationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm/property-validations/{objectType}',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const results = call.store.properties.list(type.id).flatMap(({ name, archived }) => {
        const rules = archived ? [] : (call.store.validations.get(type.id, name) ?? []);
        return rules.length === 0 ? [] : [{ propertyName: name, propertyValidationRules: rules }];
      });
      return { status: 200, body: { results } };
    },
  },
  {
    method: 'GET',
    path: PROPERTY,
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle: (call) => ({ status: 200, body: { results: rulesOf(call, requireProperty(call)) } }),
  },
  {
    method: 'GET',
    path: `${PROPERTY}/rule-type/{ruleType}`,
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const property = requireProperty(call);
      const { name } = requireRuleType(call);
      const rule = rulesOf(call, property).find(({ ruleType }) => ruleType === name);
      if (!rule) throw notFound(`Property ${property.name} has no validation rule of type ${name}`);
      return { status: 200, body: rule };
    },
  },
  {
    method: 'PUT',
    path: `${PROPERTY}/rule-type/{ruleType}`,
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const property = requireProperty(call);
      const wanted = requireRuleType(call);
      const { ruleArguments, shouldApplyNormalization } = readBody(call, ruleUpdate);
      const others = rulesOf(call, property).filter(({ ruleType }) => ruleType !== wanted.name);
      checkRule(wanted, property, ruleArguments, others);
      const rule: ValidationRule = {
        ruleType: wanted.name,
        ruleArguments,
        ...(shouldApplyNormalization !== undefined && { shouldApplyNormalization }),
      };
      const rules = [...others, rule].sort((a, b) => (a.ruleType < b.ruleType ? -1 : 1));
      call.store.validations.put(objectTypeOf(call).id, property.name, rules);
      return { status: 204 };
    },
  },
];
