/** A toolbox that tells how its calls and the reads of resources ended. */

import { ANONYMOUS } from '../author.ts';
import { callError } from '../call-error.ts';
import type { Caller, Outcome, Toolbox } from '../calls/toolbox.ts';
import type { Clock } from '../clock.ts';
import type { Listener } from './happening.ts';
import { type CallOutcome, outcomeOf } from './outcome.ts';

export function watchedToolbox(toolbox: Toolbox, clock: Clock, tell: Listener): Toolbox {
  return {
    ...toolbox,
    async call(name: string, said: unknown, caller: Caller = {}) {
      const begun = clock.elapsed();
      const outcome = await toolbox.call(name, said, caller);
      tell({
        kind: 'call',
        author: caller.author ?? ANONYMOUS,
        // What is called by another name is whatever somebody wrote there.
        tool: toolbox.catalogue.find(name) === undefined ? 'unknown' : name,
        tookMs: clock.elapsed() - begun,
        ...endOf(outcome),
      });
      return outcome;
    },
    async read(resource, work, caller = {}) {
      const begun = clock.elapsed();
      const ended = (outcome: CallOutcome, code?: string) =>
        tell({
          kind: 'call',
          author: caller.author ?? ANONYMOUS,
          tool: resource.tool,
          resource: resource.name,
          tookMs: clock.elapsed() - begun,
          outcome,
          ...(code !== undefined && { code }),
        });
      try {
        const found = await toolbox.read(resource, work, caller);
        if (found === undefined) ended('invalid', 'not_found');
        else ended('ok');
        return found;
      } catch (error) {
        const { code } = callError(error) ?? { code: 'internal' };
        ended(outcomeOf(code), code);
        throw error;
      }
    },
  };
}

function endOf(outcome: Outcome): { outcome: CallOutcome; code?: string; callId?: string } {
  if (!outcome.ok) return { outcome: outcomeOf(outcome.error.code), code: outcome.error.code };
  const { callId } = outcome.data;
  return { outcome: outcome.failed ? 'failed' : 'ok', ...(typeof callId === 'string' && { callId }) };
}
