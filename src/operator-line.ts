/** What an operator is told, as a terminal and a log may have it. */

import { cleanText } from './text/index.ts';

/** Without secrets, and without what steers a terminal: a message can quote what strangers wrote. */
export function harmless(message: string): string {
  return withoutSecrets(cleanText(message));
}

/** The same as one entry of a log: its further lines begin with two spaces, so that none passes for a message of its own. */
export function operatorLine(message: string): string {
  return harmless(message).replaceAll('\n', '\n  ');
}

/** No code here puts a token into a message; this is for what a library might. */
function withoutSecrets(message: string): string {
  return message
    .replaceAll(/\bpat-[a-z0-9]+-[\w-]+/gi, 'pat-…')
    .replaceAll(/\bBearer\s+[\w.~+/-]+=*/gi, 'Bearer …')
    .replaceAll(/\b(rediss?:\/\/[^\s:@/]*):[^\s@/]*@/gi, '$1:…@');
}
