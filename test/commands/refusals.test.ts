import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Command } from '../../src/command.ts';
import { commands, serve } from '../../src/commands/index.ts';
import { optionsOf, readOptions } from '../../src/option.ts';

const NONSENSE = ['nonsense!', '-1', '0.0001', '7.5', '999999999999', '10s', '99d', '$'];

/** What is said of each value that no option of its kind can take. */
function refusalsOf({ options }: Command, name: string): Set<string> {
  const said = NONSENSE.flatMap((value) => {
    try {
      readOptions(z.object({ [name]: options.shape[name] }), { [name]: value }, {});
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
  return new Set(said);
}

const options = [serve, ...commands].flatMap((command: Command) =>
  optionsOf(command.options)
    // commander gathers those that can be repeated.
    .filter(([, { flag, gone }]) => flag !== undefined && /[<[]/.test(flag) && !flag.includes('...') && gone !== true)
    .map(([name, { flag = '' }]) => ({ command, name, flag })),
);
const refusing = options
  .filter(({ flag }, place) => options.findIndex((each) => each.flag === flag) === place)
  .filter(({ command, name }) => refusalsOf(command, name).size > 0);

describe('Whatever is wrong with a value', () => {
  it.each(refusing.map((each) => [each.command.name, each.flag, each] as const))(
    '%s %s is refused with all that may be said instead',
    (_command, _flag, { command, name }) => {
      const refusals = [...refusalsOf(command, name)];
      expect(refusals).toHaveLength(1);
      expect(refusals[0]).toMatch(/ from \S+ to \S| such as | or |\bone of |: expected FILE/);
    },
  );
});
