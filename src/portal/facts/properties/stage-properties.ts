/**
 * The properties that each stage of a pipeline brings with it.
 * Source: knowledge.hubspot.com/properties/stage-calculated-properties, compared 2026-11-22: deals, tickets, leads,
 * services and projects have them.
 * Guess: the labels; the older generation is there for deals and tickets; they stay when their stage goes.
 */

import type { Pipeline, Property } from '../definitions.ts';
import { parseProperties } from './parse-properties.ts';

const groups: Readonly<Record<string, string>> = {
  '0-3': 'deal_stage_properties',
  '0-5': 'ticket_stage_properties',
  '0-136': 'lead_information',
  '0-162': 'service_information',
  '0-970': 'project_information',
};
const older: readonly string[] = ['0-3', '0-5'];

/** How a stage's id stands in the names of its properties. Guess: what a name may not hold becomes an underscore. */
export function stagePropertySuffix(stageId: string): string {
  return stageId.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
}

/** None for a type that HubSpot has none of. */
export function stageProperties(typeId: string, { label, stages }: Pick<Pipeline, 'label' | 'stages'>): Property[] {
  const group = groups[typeId];
  if (group === undefined) return [];
  return stages.flatMap((stage) => {
    const suffix = stagePropertySuffix(stage.id);
    const lines = [
      `hs_v2_cumulative_time_in_${suffix} | Cumulative time in | number number | r`,
      `hs_v2_date_entered_${suffix} | Date entered | datetime date | r`,
      `hs_v2_date_exited_${suffix} | Date exited | datetime date | r`,
      `hs_v2_latest_time_in_${suffix} | Latest time in | number number | r`,
      ...(older.includes(typeId)
        ? [
            `hs_date_entered_${suffix} | Date entered | datetime calculation_read_time | rch`,
            `hs_date_exited_${suffix} | Date exited | datetime calculation_read_time | rch`,
            `hs_time_in_${suffix} | Time in | number calculation_read_time | rch`,
          ]
        : []),
    ];
    const { properties } = parseProperties([`[${group}]`, ...lines].join('\n'));
    // The stage's label is anybody's text, which those lines could not hold.
    return properties.map((property) => ({ ...property, label: `${property.label} "${stage.label} (${label})"` }));
  });
}
