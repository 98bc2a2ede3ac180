/** Threads beside the caller's. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Subject } from '../kinds/kind.ts';
import type { Crew } from './crew.ts';
import type { Done, News, Task } from './desk.ts';

/** What a thread is sent. Only a task is answered. */
export type Order = News | Task;

/** Starting threads, and telling them all, costs more than they save on fewer rows. */
const paysFrom = 15_000;
/** More have not been seen to be faster: the caller's thread joins what they make. */
const mostThreads = 8;

const builtWorker = new URL('./matcher-worker.js', import.meta.url);

/** Node's two loaders say it each in its own way. */
const notThere: ReadonlySet<string> = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

/** How many threads pay for so many rows on this machine. */
export function threadsFor(rows: number): number {
  return rows < paysFrom ? 0 : Math.min(mostThreads, availableParallelism());
}

/**
 * @returns undefined where the built worker does not lie beside this file, as when the source itself is run
 */
export async function startWorkers(subject: Subject, threads: number, file = builtWorker): Promise<Crew | undefined> {
  const workers = Array.from({ length: threads }, () => new Worker(file, { workerData: subject }));
  const leave = async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  try {
    await Promise.all(workers.map(heard));
  } catch (error) {
    await leave();
    if (error instanceof Error && 'code' in error && notThere.has(String(error.code))) return undefined;
    throw error;
  }
  return {
    tell(news) {
      for (const worker of workers) worker.postMessage(news, []);
    },
    do: (tasks, done) => shared(workers, tasks, done),
    leave,
  };
}

/** Each worker takes the next task when it has done one. */
async function shared(workers: readonly Worker[], tasks: readonly Task[], done?: () => void): Promise<readonly Done[]> {
  const all: Done[] = [];
  let next = 0;
  const work = async (worker: Worker) => {
    for (let at = next++; at < tasks.length; at = next++) {
      const task = tasks[at];
      if (task !== undefined) all[at] = await answered(worker, task);
      done?.();
    }
  };
  await Promise.all(workers.map(work));
  return all;
}

function answered(worker: Worker, task: Task): Promise<Done> {
  const answer = heard(worker);
  worker.postMessage(task, []);
  return answer;
}

/** The next that the thread says. */
function heard(worker: Worker): Promise<Done> {
  return new Promise((resolve, reject) => {
    const hear = (done: Done) => {
      worker.off('error', fail);
      resolve(done);
    };
    const fail = (error: Error) => {
      worker.off('message', hear);
      reject(error);
    };
    worker.once('message', hear);
    worker.once('error', fail);
  });
}
