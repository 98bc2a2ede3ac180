import type { Terminal } from '../../command.ts';
import { UsageError } from '../../option.ts';
import type { ImportOptions } from '../import.ts';
import { understood } from '../understood.ts';
import { openWorkbench } from '../workbench.ts';
import { openFile } from './open-file.ts';
import { suggestMapping } from './suggest-mapping.ts';

/** Of what divides fields, whichever the header has most of. */
const DELIMITERS = [',', ';', '\t', '|'];

/** Writes a mapping for the columns of a file to stdout, and to stderr what is left to do about it. */
export async function suggestFor(name: string, options: ImportOptions, terminal: Terminal): Promise<void> {
  const file = await openFile(name, options.format, terminal);
  try {
    const { columns, delimiter } = await columnsOf(file);
    const bench = await openWorkbench(options, terminal, 'import', 'read');
    try {
      const { crm } = bench;
      const type = await understood(() => crm.objectTypes.resolve(options.objectType ?? 'contacts'));
      const { mapping, guessed, left } = suggestMapping(type, await crm.properties.of(type), columns, delimiter);
      terminal.stdout.write(`${JSON.stringify(mapping, null, 2)}\n`);
      if (guessed.length > 0) {
        const pairs = guessed.map(({ column, property }) => `${column} -> ${property}`).join(', ');
        terminal.stderr.write(`Guessed by what other files call them, so look whether it is meant: ${pairs}\n`);
      }
      if (left.length > 0) {
        terminal.stderr.write(
          `Not imported, for want of a property of that name that can be written: ${left.join(', ')}\n`,
        );
      }
      if (mapping.key.length === 0) {
        terminal.stderr.write(
          `No column tells ${type.name} apart. Put one into \`key\`, with a unique property: \`hubspot-crm-mcp setup\` and create_properties can make one.\n`,
        );
      }
    } finally {
      await bench.close();
    }
  } finally {
    await file.close();
  }
}

async function columnsOf(file: Awaited<ReturnType<typeof openFile>>) {
  let failure: unknown;
  for (const delimiter of DELIMITERS) {
    try {
      const { columns } = await file.source(delimiter);
      if (columns.length > 1 || file.format === 'jsonl') return { columns, delimiter };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return { columns: (await file.source(',')).columns, delimiter: ',' };
}
