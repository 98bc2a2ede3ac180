/** Reads an account's definitions and writes a file about them. */

import { writeFile } from 'node:fs/promises';
import { type AccountConfig, openAccount } from '../../account/account.ts';
import { systemClock, systemRandom } from '../../clock.ts';
import { CommandFailure, type Terminal } from '../../command.ts';
import type { HubSpot } from '../../hubspot/index.ts';
import { operatorLine } from '../../operator-line.ts';
import { UsageError } from '../../option.ts';
import { createProgress, type Progress } from '../demo/progress.ts';
import { openFlag, refuseTargets } from '../out-file.ts';
import { lateProgress } from './late-progress.ts';
import type { DefinitionOptions } from './options.ts';
import { type Definitions, type Gap, readDefinitions } from './read.ts';

type Options = AccountConfig & Pick<DefinitionOptions, 'out' | 'force' | 'types'>;

export interface Reading {
  readonly hubspot: HubSpot;
  readonly definitions: Definitions;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Reads the definitions of the account that the options name and writes what `render` makes of them to `options.out`,
 * wholly or not at all. What could not be read is said on stderr.
 */
export async function writeDefinitions(
  options: Options,
  { stderr, ended }: Terminal,
  render: (reading: Reading) => string | Promise<string>,
): Promise<Definitions> {
  const { out, force } = options;
  await refuseTargets([{ flag: '--out', path: out }], { force });
  const interruption = new AbortController();
  void ended.then(() => interruption.abort(new CommandFailure('Stopped. Nothing was written.')));
  const account = openAccount(options, {
    clock: systemClock,
    random: systemRandom,
    log: (message) => stderr.write(`${operatorLine(message)}\n`),
    // Nobody else calls it, and nobody learns anything from waiting.
    portalLimits: 'off',
  });
  const progress = lateProgress(createProgress(stderr), systemClock);
  const { signal } = interruption;
  try {
    const hubspot = await account.hubspot();
    const definitions = await readDefinitions(hubspot, { types: options.types, progress, signal, unknownType });
    if (definitions.types.length === 0) {
      throw new CommandFailure(['No object type could be read.', ...definitions.gaps.map(sentenceOf)].join('\n'));
    }
    const text = await render({ hubspot, definitions, progress, signal });
    progress.stop();
    await writeFile(out, text, { flag: await openFlag(options) });
    if (definitions.gaps.length > 0) {
      stderr.write(`${definitions.gaps.map((gap) => operatorLine(sentenceOf(gap))).join('\n')}\n`);
    }
    return definitions;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    progress.stop();
    await account.close();
  }
}

function unknownType(said: string): UsageError {
  return new UsageError(`--types: there is no object type ${JSON.stringify(said)} in this account`);
}

function sentenceOf({ what, missingScopes, message }: Gap): string {
  const why =
    missingScopes.length === 0
      ? message
      : `the token lacks ${missingScopes.length === 1 ? 'the scope' : 'any of the scopes'} ${missingScopes.join(', ')}`;
  return `Not read: ${what}: ${why}`;
}
