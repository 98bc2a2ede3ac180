/** What HubSpot records about each lifecycle stage of contacts and companies, in two generations. */

const stages: Readonly<Record<string, string>> = {
  subscriber: 'Subscriber',
  lead: 'Lead',
  marketingqualifiedlead: 'Marketing Qualified Lead',
  salesqualifiedlead: 'Sales Qualified Lead',
  opportunity: 'Opportunity',
  customer: 'Customer',
  evangelist: 'Evangelist',
  other: 'Other',
};

function each(lines: (value: string, label: string) => string[]): string[] {
  return Object.entries(stages).flatMap(([value, label]) => lines(value, `${label} (Lifecycle Stage Pipeline)`));
}

/** Property lines (parse-properties.ts): the newer ones in their own group, the older, hidden ones in the main group. */
export function lifecycleStageProperties(group: string, groupLabel: string, mainGroup: string): string {
  const newer = each((value, label) => [
    `hs_v2_cumulative_time_in_${value} | Cumulative time in "${label}" | number number | r`,
    `hs_v2_date_entered_${value} | Date entered "${label}" | datetime date | r`,
    `hs_v2_date_exited_${value} | Date exited "${label}" | datetime date | r`,
    `hs_v2_latest_time_in_${value} | Latest time in "${label}" | number number | r`,
  ]);
  const older = each((value, label) => [
    `hs_date_entered_${value} | Date entered '${label}' | datetime calculation_read_time | rch`,
    `hs_date_exited_${value} | Date exited '${label}' | datetime calculation_read_time | rch`,
    `hs_time_in_${value} | Time in '${label}' | number calculation_read_time | rch`,
  ]);
  return [`[${group}] ${groupLabel}`, ...newer, `[${mainGroup}]`, ...older].join('\n');
}
