/** What a thread beside the caller's runs: it hears, does what it is given, and answers, one after the other. */

import { parentPort, workerData } from 'node:worker_threads';
import type { Subject } from '../kinds/kind.ts';
import { Desk, type Done } from './desk.ts';
import type { Order } from './workers.ts';

const subject: Subject = workerData;
const desk = new Desk(subject);

parentPort?.on('message', (order: Order) => {
  if ('told' in order) desk.hear(order);
  else {
    const done = desk.do(order);
    parentPort?.postMessage(done, buffersOf(done));
  }
});

parentPort?.postMessage('ready', []);

/** Compared pairs are handed over rather than copied. Features and blocks are in shared memory. */
function buffersOf({ compared }: Done): ArrayBuffer[] {
  if (compared === undefined) return [];
  const { a, b, levels, holders } = compared;
  return [a.buffer, b.buffer, levels.buffer, holders.buffer];
}
