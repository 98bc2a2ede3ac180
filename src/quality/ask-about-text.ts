/** A model's word on a message, where its text may leave. */

import type { Redaction, Run } from '../enrich/openai/types.ts';
import type { Message } from './message.ts';
import type { Enrichment } from './types.ts';

export interface TextMode {
  readonly model: string;
  readonly redaction: Exclude<Redaction, 'features'>;
}

/** `note` says why nothing was sent, where a model is there. */
export async function askAboutText<T>(
  asking: Enrichment['asking'],
  { mayLeave }: Pick<Message, 'mayLeave'>,
  work: (run: Run, mode: TextMode) => Promise<T>,
): Promise<{ readonly said: T; readonly by: string } | { readonly said?: undefined; readonly note?: string }> {
  if (asking === undefined) return {};
  if (!mayLeave) return { note: 'No model was asked: HubSpot calls the text sensitive.' };
  return asking(async (run, { model, redaction }) =>
    redaction === 'features'
      ? { note: 'No model was asked: its redaction lets no text leave.' }
      : { said: await work(run, { model, redaction }), by: `model:${model}` },
  );
}
