/** Many records that change in one and the same millisecond, and a scan that is stopped while it reads them. */

import { HOUR, names, type Office, valuesOf } from './office.ts';

export interface ChangedAtOnce {
  /** Whether the first scan was stopped in the middle. */
  readonly stopped: boolean;
  /** Pages of the list that the second one took. */
  readonly pages: number;
  /** The first record changed once more, before the place where the first scan stopped. */
  readonly first: string | undefined;
  /** How many of the others have the new name. */
  readonly others: number;
}

export async function changedAtOnce(office: Office, many: number): Promise<ChangedAtOnce> {
  const { clock } = office.portal.control;
  const rename = (ids: readonly string[], firstname: string) =>
    office.hubspot.objects.batchUpdate(
      'contacts',
      ids.map((id) => ({ id, properties: { firstname } })),
    );
  const ids = await office.make(many);
  const type = await office.contacts();
  const copy = office.copy();
  office.pass(HOUR);
  await copy.refresh(type, names);
  office.pass(HOUR);
  clock.freeze();
  await rename(ids, 'All at once');
  clock.run();
  office.pass(HOUR);
  const stopping = new AbortController();
  const progress = (read: number) => {
    if (read >= many / 2) stopping.abort(new Error('stopped'));
  };
  const stopped = await copy.refresh(type, { ...names, progress, signal: stopping.signal }).then(
    () => false,
    () => stopping.signal.aborted,
  );
  const [first = ''] = ids;
  await rename([first], 'Meanwhile');
  office.pass(HOUR);
  const next = office.copy();
  const pages = await office.pagesOf(() => next.refresh(type, names));
  const found = await valuesOf(next, type, 'firstname');
  const others = [...found.values()].filter((name) => name === 'All at once').length;
  return { stopped, pages, first: found.get(first), others };
}
