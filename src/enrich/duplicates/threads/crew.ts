/** Whoever does tasks: the caller's own thread, or several beside it. */

import type { Subject } from '../kinds/kind.ts';
import { Desk, type Done, type News, type Task } from './desk.ts';

export interface Crew {
  tell(news: News): void;
  /** What came of the tasks, in their order. */
  do(tasks: readonly Task[], done?: () => void): Promise<readonly Done[]>;
  leave(): Promise<void>;
}

/** @param pause lets the caller's thread see to other things between two tasks */
export function alone(subject: Subject, pause: () => Promise<void>): Crew {
  const desk = new Desk(subject);
  return {
    tell: (news) => desk.hear(news),
    async do(tasks, done) {
      const all: Done[] = [];
      for (const task of tasks) {
        all.push(desk.do(task));
        done?.();
        await pause();
      }
      return all;
    },
    leave: async () => {},
  };
}
