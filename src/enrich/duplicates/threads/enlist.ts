import type { Subject } from '../kinds/kind.ts';
import { alone, type Crew } from './crew.ts';

export async function enlist(
  subject: Subject,
  _threads: number | undefined,
  pause: () => Promise<void>,
): Promise<Crew> {
  return alone(subject, pause);
}
