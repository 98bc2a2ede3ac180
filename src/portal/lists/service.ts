/** Follows the portal's records, and converts lists when their time has come. */

import type { Cancel } from '../../clock.ts';
import type { Service } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { conversionAt } from './conversion-time.ts';
import { followRecords, refreshLists } from './keep.ts';

export const listService: Service = ({ store, clock }) => {
  let cancel: Cancel | undefined;
  const refresh = () => store.transaction(() => refreshLists(store, clock.now()));

  const schedule = () => {
    cancel?.();
    const times = store.lists.list(PORTAL).flatMap((list) => conversionAt(store, list) ?? []);
    cancel = times.length === 0 ? undefined : clock.after(Math.min(...times) - clock.now(), due, { background: true });
  };
  const due = () => {
    refresh();
    schedule();
  };

  followRecords(store, () => clock.now());
  store.listStates.onSchedule(schedule);
  store.onCommit(({ restored }) => {
    if (restored) schedule();
  });
  // Lists that were loaded with the portal are held against its records now.
  due();
  return { close: () => cancel?.() };
};
