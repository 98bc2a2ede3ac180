import { SHOWN } from './affected.ts';
import { checks as allChecks } from './checks.ts';
import { largestP } from './false-discovery.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { missingFor } from './needs.ts';
import type { AnomalyReport, Check, Finding, FindingDraft, PortalData, Severity, Tested } from './types.ts';

export interface RunOptions {
  /** Ids; all if omitted. */
  readonly checks?: readonly string[];
  /** HubSpot's names; all if omitted. */
  readonly objectTypes?: readonly string[];
}

/** An id that no check has. */
export class UnknownCheckError extends Error {
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super(`There is no check ${ids.join(', ')}.`);
    this.name = 'UnknownCheckError';
    this.ids = ids;
  }
}

/**
 * Runs the checks that can run, controls false discoveries over all statistical ones together, and puts the gravest
 * first. The same records give the same findings in whatever order they stand; only which fifty are named follows it.
 * @throws UnknownCheckError
 */
export function runChecks(data: PortalData, options: RunOptions = {}): AnomalyReport {
  const steps = checkByCheck(data, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * The same, giving way between the checks: all of them over a large portal take seconds.
 * @param pause is waited for before each check, and told how many have been looked at, and of how many; what it throws
 *   ends the run
 */
export async function runChecksInTurn(
  data: PortalData,
  options: RunOptions,
  pause: (done: number, total: number) => Promise<void>,
): Promise<AnomalyReport> {
  const steps = checkByCheck(data, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause(step.value.done, step.value.total);
  }
}

/** Stops before each check, and after the last one. */
function* checkByCheck(
  data: PortalData,
  options: RunOptions,
): Generator<{ readonly done: number; readonly total: number }, AnomalyReport> {
  const chosen = chosenChecks(options, data.rules?.off);
  const notRun: AnomalyReport['notRun'][number][] = [];
  const found: { check: Check; draft: FindingDraft }[] = [];
  let tests = 0;
  let ran = 0;
  for (const [done, check] of chosen.entries()) {
    yield { done, total: chosen.length };
    const missing = missingFor(check, data);
    if (missing.length > 0) {
      notRun.push({ check: check.id, missing });
      continue;
    }
    ran++;
    const result = testedBy(check.run(data));
    tests += result.tests;
    for (const draft of result.drafts) if (isAsked(check, draft, options)) found.push({ check, draft });
  }
  yield { done: chosen.length, total: chosen.length };
  const ps = found.flatMap(({ draft }) => draft.statistic?.p ?? []);
  const limit = largestP(ps, tests);
  const stand = found.filter(({ draft }) => (draft.statistic?.p ?? -1) <= limit || draft.statistic?.p === undefined);
  return {
    findings: stand.map(({ check, draft }) => findingOf(check, draft)).sort(gravestFirst),
    notRun,
    checks: ran,
    suppressed: found.length - stand.length,
  };
}

/** The checks that a run with these options makes, in the catalogue's order. @throws UnknownCheckError */
export function chosenChecks({ checks, objectTypes }: RunOptions, off: readonly string[] = []): readonly Check[] {
  const unknown = (checks ?? []).filter((id) => !allChecks.some((check) => check.id === id));
  if (unknown.length > 0) throw new UnknownCheckError(unknown);
  return allChecks.filter(
    ({ id, objectType }) =>
      !off.includes(id) &&
      (checks === undefined || checks.includes(id)) &&
      (objectTypes === undefined || objectType === '*' || objectTypes.includes(objectType)),
  );
}

function testedBy(result: readonly FindingDraft[] | Tested): Tested {
  return 'drafts' in result ? result : { drafts: result, tests: 0 };
}

function isAsked(check: Check, draft: FindingDraft, { objectTypes }: RunOptions): boolean {
  return objectTypes === undefined || objectTypes.includes(draft.objectType ?? check.objectType);
}

function findingOf(check: Check, draft: FindingDraft): Finding {
  const {
    subject: _subject,
    kind: _kind,
    isState: _isState,
    recordsDigest: _digest,
    severity,
    objectType,
    recordIds,
    ...rest
  } = draft;
  return {
    ...fingerprintsOf(check, draft),
    check: check.id,
    severity: severity ?? check.severity,
    objectType: objectType ?? check.objectType,
    recordIds: recordIds.slice(0, SHOWN),
    ...rest,
  };
}

const gravity: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

function gravestFirst(a: Finding, b: Finding): number {
  return (
    gravity[a.severity] - gravity[b.severity] ||
    (b.amount ?? 0) - (a.amount ?? 0) ||
    b.total - a.total ||
    (a.check < b.check ? -1 : a.check > b.check ? 1 : a.fingerprint < b.fingerprint ? -1 : 1)
  );
}
