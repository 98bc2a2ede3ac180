import type { Clock } from '../../clock.ts';
import { AGAIN_MS } from '../../observe/alerts.ts';
import type { Notice } from '../../observe/ways.ts';

/** Tells that looks fail: once when it begins, again each hour while it lasts, and once when it is over. */
export function createFailures(clock: Clock, tell: (notice: Notice) => Promise<boolean>) {
  let failing: { readonly since: number; toldAt: number } | undefined;
  const notice = (status: Notice['status'], since: number, message: string): Notice => ({
    alert: 'watch_failed',
    severity: 'warning',
    status,
    message,
    since,
    at: clock.now(),
  });
  return {
    async failed(why: string): Promise<void> {
      const now = clock.elapsed();
      if (failing !== undefined && now - failing.toldAt < AGAIN_MS) return;
      failing = { since: failing?.since ?? clock.now(), toldAt: now };
      await tell(notice('firing', failing.since, `The watch could not look at the account: ${why} It tries again.`));
    },
    async worked(): Promise<void> {
      if (failing === undefined) return;
      const { since } = failing;
      failing = undefined;
      await tell(notice('resolved', since, 'The watch can look at the account again.'));
    },
  };
}
