/** What the page, the Markdown and the terminal say alike. */

import type { Fix } from '../enrich/anomalies/types.ts';
import { MOST_RECORDS } from '../enrich/merge/most-records.ts';
import type { AuditReport, Band, Severity } from './audit-report.ts';

export const severityWords: Readonly<Record<Severity, string>> = {
  high: 'breaks revenue, compliance or data',
  medium: 'distorts reports',
  low: 'cosmetic',
};

export const bandWords: Readonly<Record<Band, string>> = {
  certain: 'from 99 %, and nothing speaks against it',
  likely: 'from 90 %',
  possible: 'from 50 %',
};

const does: Readonly<Record<string, string>> = {
  update_records: 'Correct the values',
  archive_records: 'Archive the records, after a look at them',
  archive_properties: 'Archive the property, once nothing uses it',
  create_properties: 'Create a property for it',
  associate_records: 'Associate the records',
  dissociate_records: 'Take the association away',
  find_duplicates: 'Look at the duplicates',
  plan_merge: 'Plan a merge',
  list_changes: 'Look at what was changed, and by whom',
  list_pipelines: 'Look at the pipeline',
  log_activity: 'Make a task of it for its owner',
};

export function fixInWords({ tool, arguments: said, note }: Fix, total: number): string {
  const records = said['records'];
  const covered = Array.isArray(records) && records.length > 0 && records.length < total;
  const part = covered ? ` of the first ${number(records.length)}` : '';
  return `${does[tool] ?? `Call ${tool}`}${part}.${note === undefined ? '' : ` ${note}`}`;
}

/** Thousands are set apart, the same on every machine. */
export function number(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3}){1,7}$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

export function percent(share: number): string {
  const exact = share * 100;
  if (exact > 0 && exact < 1) return 'under 1 %';
  if (exact > 99 && exact < 100) return 'over 99 %';
  return `${Math.round(exact)} %`;
}

/** One paragraph that says how it stands. */
export function headline(report: AuditReport): string {
  const { severities, duplicates, objectTypes } = report;
  const records = objectTypes.reduce((sum, each) => sum + each.records, 0);
  const clusters = duplicates.reduce((sum, { certain, likely, possible }) => sum + certain + likely + possible, 0);
  const extra = duplicates.reduce((sum, each) => sum + each.extra, 0);
  const found = severities.high + severities.medium + severities.low;
  const grave = severities.high === 0 ? 'none of them grave' : `${number(severities.high)} of them grave`;
  return [
    `${counted(records, 'record')} were looked at by ${counted(report.checks, 'check')}.`,
    found === 0 ? 'Nothing was found.' : `${counted(found, 'finding')}, ${grave}.`,
    clusters === 0
      ? 'No duplicates.'
      : `${counted(clusters, 'group')} of records that may be one and the same; merged, there would be ${number(extra)} fewer.`,
  ].join(' ');
}

/** Who wrote the summary, what it cost, and why it is not by whom it was asked of. */
export function writtenBy({ by, usd, note }: NonNullable<AuditReport['summary']>): string {
  const cost = usd === undefined ? '' : ` Asking the model cost ${usd.toFixed(4)} US dollars.`;
  return `Written by ${by.startsWith('model:') ? `the model ${by.slice('model:'.length)}, with its numbers checked` : 'a template'}.${note === undefined ? '' : ` ${note}`}${cost}`;
}

/** When it was, as people write it. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** A call of a tool as an agent takes it. Characters that nobody would see are spelt out, and stay what they are. */
export function toolCall(tool: string, said: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(said, null, 1).replaceAll(/\n\s*/g, ' ');
  return `${tool} ${text.replaceAll(/[^\P{C}\n]|[\u2028\u2029]/gu, spelt)}`;
}

/** What is done with a group of records that may be one; both tools take only so many at once. */
export function groupCalls(objectType: string, ids: readonly string[]) {
  const some = ids.slice(0, MOST_RECORDS);
  return {
    merge: toolCall('plan_merge', { objectType, ids: some }),
    dismiss: `dismiss_finding pair:${objectType}:${some.join(':')}`,
    part: ids.length > some.length ? ` Both take ${MOST_RECORDS} of these ${ids.length} at once.` : '',
  };
}

function spelt(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => String.raw`\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
