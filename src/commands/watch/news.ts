/** What a watch has to tell of a run: each thing once, and no flood. */

import { knownBy } from '../../enrich/anomalies/fingerprint.ts';
import { checks } from '../../enrich/anomalies/index.ts';
import type { Severity } from '../../enrich/anomalies/types.ts';
import type { Notice } from '../../observe/ways.ts';
import type { Audited } from '../../report/index.ts';
import { counted, groupCalls } from '../../report/words.ts';

/** A finding, or a group of records that may be one. */
export interface Item {
  /** As `dismiss_finding` takes it; a group too large for that names all of it. */
  readonly fingerprint: string;
  /** It and others by which it was told, if it was. */
  readonly knownBy: readonly string[];
  readonly severity: Severity;
  readonly kind: 'new_finding' | 'new_duplicates';
  /** Without any record's text. */
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** So many of a run are told one by one; of the rest, how many they are. */
export const MOST_TOLD = 10;

/** The gravest first. Groups that are rather possible than likely are for a report. */
export function itemsOf({ run, scans }: Pick<Audited, 'run' | 'scans'>): readonly Item[] {
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  const findings = run.report.findings.map((finding): Item => {
    const { fingerprint, check, severity, objectType, total, recordIds, note, fix } = finding;
    return {
      fingerprint,
      knownBy: knownBy(finding),
      severity,
      kind: 'new_finding',
      message: `${titles.get(check) ?? check} (${check}, ${severity}, ${objectType}: ${total}). ${note} find_anomalies with fingerprints ["${fingerprint}"] tells more${fix === undefined ? '' : ', and what mends it'}.`,
      data: { fingerprint, check, severity, objectType, total, recordIds: recordIds.slice(0, MOST_IDS) },
    };
  });
  const groups = [...scans].flatMap(([objectType, { clusters }]) =>
    clusters
      .filter(({ band }) => band !== 'possible')
      .map(({ ids, band, probability }): Item => {
        const fingerprint = `pair:${objectType}:${ids.join(':')}`;
        const { dismiss, part } = groupCalls(objectType, ids);
        return {
          fingerprint,
          knownBy: [fingerprint],
          severity: 'medium',
          kind: 'new_duplicates',
          message: `${objectType} ${ids.slice(0, MOST_IDS).join(', ')} may be one and the same (${band}). plan_merge shows what a merge would do; ${dismiss} where they are not.${part}`,
          data: { fingerprint, objectType, recordIds: ids, band, probability: Math.min(0.999, probability) },
        };
      }),
  );
  return [...findings, ...groups].toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
}

const MOST_IDS = 20;
const GRAVITY: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** A notice, and which items are told with it. */
export interface News {
  readonly notice: Notice;
  readonly items: readonly Item[];
}

/** @param first nothing was ever told of this portal: how much there is says more than a list */
export function newsOf(fresh: readonly Item[], first: boolean, at: number): readonly News[] {
  const single = first ? [] : fresh.slice(0, MOST_TOLD);
  const rest = fresh.slice(single.length);
  return [
    ...single.map((item) => ({
      notice: noticeOf(item.kind, item.fingerprint, [item], item.message, at),
      items: [item],
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            notice: {
              ...noticeOf(
                'new_findings',
                `${at}`,
                rest,
                `${summaryOf(rest, first)} find_anomalies and find_duplicates list them.`,
                at,
              ),
              data: { first, ...countsOf(rest) },
            },
            items: rest,
          },
        ]),
  ];
}

function noticeOf(alert: string, id: string, items: readonly Item[], message: string, at: number): Notice {
  const critical = items.some(({ severity }) => severity === 'high');
  const [only] = items;
  return {
    alert,
    id: `${alert}-${id}`,
    status: 'firing',
    severity: critical ? 'critical' : 'warning',
    message,
    since: at,
    at,
    ...(only && { data: only.data }),
  };
}

function countsOf(items: readonly Item[]) {
  const findings = items.filter(({ kind }) => kind === 'new_finding');
  const of = (severity: Severity) => findings.filter((each) => each.severity === severity).length;
  return { high: of('high'), medium: of('medium'), low: of('low'), duplicates: items.length - findings.length };
}

function summaryOf(items: readonly Item[], first: boolean): string {
  const { high, medium, low, duplicates } = countsOf(items);
  const words = `${counted(high + medium + low, 'finding')} (${high} high, ${medium} medium, ${low} low) and ${counted(duplicates, 'group')} of likely duplicates`;
  return first
    ? `The first look at this account found ${words}. From now on each new one is told by itself.`
    : `Besides, ${words} are new.`;
}
