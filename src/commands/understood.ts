import { UserError } from '../crm/user-error.ts';
import { UsageError } from '../option.ts';

/**
 * Looks up what a command line, or a file that it names, says.
 * @throws UsageError with the nearest names for what is not there; a scope that the token lacks is no slip of the command
 */
export async function understood<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'missing_scope') throw error;
    const { nearest = [], allowed = [], candidates = [] } = error.details;
    const meant = candidates.map(({ id, label }) => `${label} (${id})`);
    throw new UsageError(
      [
        error.message,
        ...named('Nearest', nearest),
        ...named('Allowed', nearest.length > 0 ? [] : allowed),
        ...named('It could be', meant),
      ].join(' '),
    );
  }
}

function named(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}.`];
}
