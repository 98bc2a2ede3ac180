import type { Crm, ObjectType } from '../../crm/index.ts';
import type { PropertyInput } from '../../hubspot/index.ts';
import { LAST_WRITE, ownProperties, type Plan, WRITE_ID } from '../../writes/index.ts';

export interface PlannedSetup {
  /** What is there and what is not, for a person. */
  readonly lines: readonly string[];
  /** Undefined when nothing is missing that can be made. */
  readonly plan: Plan | undefined;
  /** How many properties cannot be made, for reasons that `lines` say. */
  readonly impossible: number;
}

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, compared 2026-11-22. */
const MOST_UNIQUE = 10;

/** Looks which of the properties exist, and plans those that do not. It only reads. */
export async function planSetup(
  crm: Crm,
  objectTypes: readonly string[],
  wanted: { readonly writeId: boolean; readonly attribution: boolean },
): Promise<PlannedSetup> {
  const properties = ownProperties.filter(({ name }) => (name === WRITE_ID ? wanted.writeId : wanted.attribution));
  const lines: string[] = [];
  const missing: { type: ObjectType; input: PropertyInput }[] = [];
  let impossible = 0;
  for (const said of objectTypes) {
    const type = await crm.objectTypes.resolve(said);
    const index = await crm.properties.of(type);
    const unique = index.all.filter(({ hasUniqueValue, name }) => hasUniqueValue && name !== 'hs_object_id').length;
    for (const property of properties) {
      const { name, description, hasUniqueValue } = property;
      const found = index.all.find((each) => each.name === name);
      const place = `${type.name}.${name}`;
      if (found !== undefined && (hasUniqueValue !== true || found.hasUniqueValue === true)) {
        lines.push(`${place} is there.`);
      } else if (found !== undefined) {
        impossible += 1;
        lines.push(
          `${place} is there, but is not unique, and HubSpot lets no property become so. Delete it for good, then repeat this.`,
        );
      } else if (hasUniqueValue && unique >= MOST_UNIQUE) {
        impossible += 1;
        lines.push(
          `${place} cannot be created: all ${MOST_UNIQUE} unique properties that HubSpot allows ${type.name} are in use.`,
        );
      } else {
        const room = hasUniqueValue ? `, unique (${unique} of ${MOST_UNIQUE} in use)` : '';
        lines.push(`${place} would be created: text${room}. ${description}`);
        missing.push({ type, input: { ...property, groupName: index.get(type.displayProperty).groupName } });
      }
    }
  }
  const scopes = [...new Set(missing.map(({ type }) => `crm.schemas.${type.custom ? 'custom' : type.name}.write`))];
  if (missing.length === 0) return { lines: [...lines, 'Nothing is left to create.'], plan: undefined, impossible };
  const names = missing.map(({ type, input }) => `${type.name}.${input.name}`);
  const plan: Plan = {
    tool: 'setup',
    input: { properties: names },
    check: async () =>
      missing.map(({ type, input }) => ({
        change: { kind: 'define', step: 'create_property', name: input.name, objectType: type, input },
      })),
  };
  const uses = missing.some(({ input }) => input.name === LAST_WRITE)
    ? ['A server writes mcp_last_write with --attribution only.']
    : [];
  return { lines: [...lines, ...uses, `The token needs ${scopes.join(', ')}.`], plan, impossible };
}
