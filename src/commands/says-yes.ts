import { createInterface } from 'node:readline';
import type { Terminal } from '../command.ts';

/** Asks on stderr and takes the next line of stdin. Ctrl-C, and the end of stdin, are a no. */
export async function saysYes(
  question: string,
  { stdin, stderr, ended }: Pick<Terminal, 'stdin' | 'stderr' | 'ended'>,
): Promise<boolean> {
  stderr.write(question);
  const lines = createInterface({ input: stdin });
  const answer = new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  const said = await Promise.race([answer, ended.then(() => '')]);
  lines.close();
  return /^y(es)?$/i.test(said.trim());
}
