import { type Clock, sleep } from '../../clock.ts';

export interface NowAndThen {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly signal: AbortSignal;
  /** Rejects: it is told, and tried again next time. */
  readonly run: () => Promise<void>;
  readonly failed: (error: unknown) => Promise<void>;
}

/** Runs at once, and then again and again until the signal: from beginning to beginning so long, never two at a time. */
export async function nowAndThen({ clock, everyMs, signal, run, failed }: NowAndThen): Promise<void> {
  while (!signal.aborted) {
    const began = clock.elapsed();
    try {
      await run();
    } catch (error) {
      if (signal.aborted) return;
      await failed(error);
    }
    const left = Math.max(0, everyMs - (clock.elapsed() - began));
    await sleep(clock, left, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
