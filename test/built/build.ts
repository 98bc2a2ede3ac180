/** Builds `dist` once before the tests: some of them start the built program. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export default async function build(): Promise<void> {
  await promisify(execFile)('npm', ['run', '-s', 'bundle']);
}
