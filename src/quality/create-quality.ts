/** Duplicates and anomalies for every call of a process: one copy of the portal, one scan at a time of each kind. */

import type { Clock, Random } from '../clock.ts';
import { type Crm, createCrm, type ObjectType } from '../crm/index.ts';
import type { ModelOptions } from '../enrich/openai/types.ts';
import type { ValueProvider } from '../enrich/values/types.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import { lazy } from '../lazy.ts';
import type { Memory } from '../snapshot/types.ts';
import type { KeptRun } from './anomaly-runs.ts';
import type { Dismisser } from './dismissing.ts';
import type { KeptScan } from './duplicate-scans.ts';
import { createJoining, type Joined, type Patience } from './joined.ts';
import type { Enrichment, Quality } from './types.ts';

export interface QualityOptions {
  readonly clock: Clock;
  /** As the operator's policy lets it be seen: what it hides never comes into the copy. */
  readonly hubspot: HubSpot;
  /** Where the copy is kept; in memory where there is none. */
  readonly folder: () => Promise<string | undefined>;
  readonly random: Random;
  /** Of phone numbers that name none, as ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** The operator's naming conventions; read with the first run of the checks. */
  readonly rulesFile?: string | undefined;
  /** The model that may be asked, where the operator asked for one. */
  readonly model?: ModelOptions | undefined;
  /** The operator's rules for scores; read with the first score. */
  readonly scoreRulesFile?: string | undefined;
  /** The operator's own sources of values. */
  readonly providers?: readonly ValueProvider[] | undefined;
  /** For the operator. */
  readonly log: (message: string) => void;
}

/** What one call brings. */
export interface QualityCall {
  /** As the call's own policy lets it be seen. */
  readonly crm: Crm;
  readonly options: CallOptions;
  readonly by: Dismisser;
  readonly progress: (done: number, total?: number, message?: string) => void;
}

export interface QualityService {
  forCall(call: QualityCall): Quality;
  /** Stops reading at the end of a page; the next process goes on there. */
  close(): Promise<void>;
}

/** How much of the time that is left a call waits for; the rest is for reading again what it shows. */
const WAIT_SHARE = 0.6;

export function createQuality({
  clock,
  hubspot,
  folder,
  random,
  country,
  rulesFile,
  model: modelOptions,
  scoreRulesFile,
  providers = [],
  log,
}: QualityOptions): QualityService {
  const opened = lazy(async () => {
    const [{ openSnapshot }, place] = await Promise.all([import('../snapshot/index.ts'), folder()]);
    return openSnapshot({ hubspot, clock, owner: random.uuid(), log, ...(place !== undefined && { folder: place }) });
  });
  const snapshot = () => opened.get();
  const rules = lazy(async () =>
    rulesFile === undefined ? undefined : (await import('./rules-file.ts')).readRules(rulesFile),
  );
  const scoreRules = lazy(async () => (await import('./score-rules.ts')).readScoreRules(scoreRulesFile));
  const memory = lateMemory(async () => (await snapshot()).memory);
  const parts = {
    clock,
    hubspot,
    snapshot,
    country,
    rules: () => rules.get(),
    crm: (signal: AbortSignal) => createCrm({ hubspot, clock, call: { ...BACKGROUND, signal } }),
  };
  const scanning = createJoining<KeptScan>(clock);
  const checking = createJoining<KeptRun>(clock);
  const scans = lazy(async () => (await import('./duplicate-scans.ts')).createDuplicateScans(parts));
  const runs = lazy(async () => (await import('./anomaly-runs.ts')).createAnomalyRuns(parts));
  /** One for all calls: its failures, and what it may do at once, are of the process. */
  const model =
    modelOptions &&
    lazy(async () => {
      const [{ createModel }, { dayLedger }] = await Promise.all([
        import('../enrich/openai/index.ts'),
        import('./judging.ts'),
      ]);
      return createModel({ options: modelOptions, clock, log, ledger: dayLedger(memory, clock, modelOptions.maxUsd) });
    });
  const dismissed = async () => new Set((await memory.dismissals()).map(({ fingerprint }) => fingerprint));

  return {
    forCall({ crm, options, by, progress }) {
      const patience = (): Patience => ({
        ...(options.deadlineAt !== undefined && { ms: WAIT_SHARE * (options.deadlineAt - clock.elapsed()) }),
        ...(options.signal && { signal: options.signal }),
        progress: ({ step = 'Reading', objectType, read, of }) => progress(read, of, `${step} ${objectType}`),
      });
      const duplicates: Quality['duplicates'] = async (type, { minProbability, keys, last = false } = {}) => {
        const [{ comparedIn, keysInRules }, { shownScan, LEAST }, known] = await Promise.all([
          import('./compared.ts'),
          import('./duplicate-scans.ts'),
          scans.get(),
        ]);
        crm.scopes.require(type.scopes.read);
        const compared = comparedIn(
          type,
          await crm.properties.of(type),
          keys ?? (await keysInRules(type, crm, await rules.get())),
        );
        const key = JSON.stringify([type.id, compared]);
        const before = last ? known.last(key) : undefined;
        const joined = before
          ? ({ done: true, value: before } as const)
          : await scanning.join(key, (task) => known.scan(key, type, compared, task), patience());
        if (!joined.done) return stillReading(joined, type.name);
        return {
          state: 'done',
          result: shownScan(joined.value, Math.max(LEAST, minProbability ?? LEAST), await memory.dismissals()),
        };
      };
      const asking =
        model &&
        (async (type: ObjectType, { maxUsd }: { readonly maxUsd?: number }) => {
          const { judged, judgedKind } = await import('./judging.ts');
          judgedKind(type);
          const found = await duplicates(type);
          if (found.state === 'reading') return found;
          const [asked, index] = await Promise.all([model.get(), crm.properties.of(type)]);
          const ending = endingBefore(options, clock);
          try {
            const call = {
              model: asked,
              memory,
              clock,
              type,
              index,
              scan: found.result,
              maxUsd,
              signal: ending.signal,
            };
            const told = (done: number, total: number) => progress(done, total, 'Asking the model');
            return { state: 'done', result: await judged({ ...call, progress: told }) } as const;
          } finally {
            ending.cancel();
          }
        });
      const dismissing = async () => {
        const [{ createDismissing }, known] = await Promise.all([import('./dismissing.ts'), runs.peek()]);
        const { objectTypes } = crm;
        return createDismissing({ memory, by, clock, objectTypes, wordsOf: (each) => known?.words(each) });
      };
      const enrichment: Enrichment = {
        clock,
        country: country ?? 'US',
        providers,
        scoreRules: () => scoreRules.get(),
        dismissed,
        signal: options.signal,
        ...(model && {
          async asking(work) {
            const asked = await model.get();
            const ending = endingBefore(options, clock);
            try {
              return await work(asked.run(MOST_USD, ending.signal), asked.options);
            } finally {
              ending.cancel();
            }
          },
        }),
      };
      return {
        memory,
        enrichment,
        duplicates,
        ...(asking && { judge: asking }),
        usualTypes: async () => (await import('./usual-types.ts')).usualTypes(await rules.get(), crm),
        async anomalies(asked = {}) {
          const [{ questionOf, shownRun }, known] = await Promise.all([import('./anomaly-runs.ts'), runs.get()]);
          const question = await questionOf(asked, crm, await rules.get());
          const before = asked.last ? known.last(question) : undefined;
          const joined = before
            ? ({ done: true, value: before } as const)
            : await checking.join(question.key, (task) => known.run(question, task), patience());
          if (!joined.done) return stillReading(joined, [...question.types.keys()].join(', '));
          return { state: 'done', result: shownRun(joined.value, await memory.dismissals()) };
        },
        async dismiss(fingerprints, reason) {
          return (await dismissing()).dismiss(fingerprints, reason);
        },
        async restore(fingerprints) {
          return (await dismissing()).restore(fingerprints);
        },
        async brief(type, id) {
          const [{ readSurroundings }, { briefOf }] = await Promise.all([
            import('./surroundings.ts'),
            import('../enrich/brief/index.ts'),
          ]);
          const { of, ...read } = await readSurroundings(crm, type, id, clock.now());
          return { brief: briefOf(of), ...read };
        },
        async apart(objectType) {
          const { idsOfPair } = await import('./pair-fingerprint.ts');
          return (await memory.dismissals()).flatMap(({ fingerprint, ...said }) => {
            const ids = idsOfPair(objectType, fingerprint);
            return ids === undefined ? [] : [{ ids, ...said }];
          });
        },
        async merged(type, ids) {
          await (await snapshot()).forget(type, ids);
        },
      };
    },
    async close() {
      await Promise.all([scanning.close(), checking.close()]);
      await (await opened.peek())?.close();
    },
  };
}

/** Of one call that asks about single records or texts, in US dollars. */
const MOST_USD = 0.1;

/** What is left of a call's time when asking ends: enough to write down what was heard. */
const LAST_MS = 2_000;

/** A signal that ends work in time for an answer; the caller's own too. */
function endingBefore({ deadlineAt, signal }: CallOptions, clock: Clock) {
  const late = new AbortController();
  const cancel =
    deadlineAt === undefined
      ? () => undefined
      : clock.after(Math.max(0, deadlineAt - LAST_MS - clock.elapsed()), () => late.abort(), { background: true });
  return { signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal, cancel };
}

/** Everybody else goes first, and so a request may wait long. */
const BACKGROUND = { priority: 9, deadlineMs: 30 * 60_000 } as const;

function stillReading({ progress, secondsLeft }: Extract<Joined<unknown>, { done: false }>, objectType: string) {
  return {
    state: 'reading',
    ...(progress ?? { objectType, read: 0 }),
    ...(secondsLeft !== undefined && { secondsLeft }),
  } as const;
}

function lateMemory(get: () => Promise<Memory>): Memory {
  return {
    dismissals: async () => (await get()).dismissals(),
    dismiss: async (dismissals) => (await get()).dismiss(dismissals),
    restore: async (fingerprints) => (await get()).restore(fingerprints),
    told: async (fingerprints) => (await get()).told(fingerprints),
    tell: async (fingerprints, at) => (await get()).tell(fingerprints, at),
    judgements: async (objectType) => (await get()).judgements(objectType),
    judge: async (objectType, judgements) => (await get()).judge(objectType, judgements),
    cached: async (key) => (await get()).cached(key),
    cache: async (key, answer, at) => (await get()).cache(key, answer, at),
    reserve: async (usd, limit) => (await get()).reserve(usd, limit),
    settle: async (reservation, usd) => (await get()).settle(reservation, usd),
    spentSince: async (since) => (await get()).spentSince(since),
    auditBefore: async (question, at) => (await get()).auditBefore(question, at),
    rememberAudit: async (question, audit) => (await get()).rememberAudit(question, audit),
  };
}
