import { readSaidFile } from '../../named-file.ts';
import { UsageError } from '../../option.ts';
import { type Mapping, MappingError, parseMapping } from '../../transfer/mapping.ts';

/** @throws UsageError */
export async function readMapping(path: string): Promise<Mapping> {
  const text = await readSaidFile('--mapping', path);
  return checked(`--mapping ${path}`, () => parseMapping(text));
}

/** What does not fit the mapping is told with the place it is said in. */
export function checked<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MappingError) throw new UsageError(`${where}: ${error.message}`);
    throw error;
  }
}
