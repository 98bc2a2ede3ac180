/** Whether a source still has the columns that its mapping was written for. */

import { nearest } from '../crm/words.ts';
import { type Mapping, MappingError } from './mapping.ts';

/** @throws {@link MappingError} that names what is missing, new or renamed */
export function refuseDrift({ columns, ignore }: Pick<Mapping, 'columns' | 'ignore'>, found: readonly string[]): void {
  const missing = columns.filter((column) => !found.includes(column));
  const stray = found.filter((column) => !columns.includes(column));
  const left = new Set(stray.filter((column) => !ignore.includes(column) && !ignore.includes('*')));
  const renamed = missing.flatMap((column) => {
    const [near] = nearest(
      column,
      stray.map((name) => ({ id: name, label: name })),
      1,
    );
    if (near === undefined) return [];
    left.delete(near);
    return [[column, near] as const];
  });
  const gone = missing.filter((column) => !renamed.some(([from]) => from === column));
  if (missing.length === 0 && left.size === 0) return;
  const parts = [
    ...renamed.map(([from, to]) => `${JSON.stringify(from)} seems to be called ${JSON.stringify(to)} now`),
    ...(gone.length > 0 ? [`missing: ${quoted(gone)}`] : []),
    ...(left.size > 0 ? [`new: ${quoted([...left])}`] : []),
  ];
  throw new MappingError(
    `The columns of the source are not those that the mapping was written for (${parts.join('; ')}). Nothing was read or written. Put \`columns\` right, or list new ones in \`ignore\`.`,
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
