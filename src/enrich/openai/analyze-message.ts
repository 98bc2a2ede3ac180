/** Asks a model what a message wants. */

import * as z from 'zod';
import { analyzeMessage as instructions } from '../../../prompts/analyze-message.ts';
import { type Analysis, intents, sentiments, urgencies } from '../messages/types.ts';
import { longText, maskedText } from './text-for-model.ts';
import type { Answer, Redaction, Run } from './types.ts';

const shape = z.strictObject({
  intent: z.enum(intents),
  sentiment: z.enum(sentiments),
  urgency: z.enum(urgencies),
  language: z.string(),
  confidence: z.number(),
});

export interface MessageForModel {
  readonly text: string;
  /** Of people in it, as far as records tell. */
  readonly names: readonly string[];
  readonly redaction: Exclude<Redaction, 'features'>;
}

/** As the model may have it. */
export function messageOf({ text, names, redaction }: MessageForModel): string {
  const clean = longText(text);
  return redaction === 'none' ? clean : maskedText(clean, names);
}

export async function analyzeByModel(message: MessageForModel, run: Run): Promise<Answer<Analysis>> {
  const answer = await run.ask({
    name: 'analyze_message',
    instructions,
    data: { message: messageOf(message) },
    schema: shape,
    maxOutputTokens: 200,
  });
  if (!answer.ok) return answer;
  const { language, confidence } = answer.value;
  const code = language.trim().toLowerCase().split(/[-_]/)[0] ?? '';
  const sound = /^[a-z]{2,3}$/.test(code) && confidence >= 0 && confidence <= 1;
  if (!sound) return { ok: false, why: 'rejected', note: "The model's answer was out of bounds." };
  return { ok: true, value: { ...answer.value, language: code } };
}
