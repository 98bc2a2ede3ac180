/** What can be asked of the control port. */

import { readFault } from '../faults/fault.ts';
import type { PortalControl } from './control.ts';

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** JSON in pieces, instead of a body. */
  readonly text?: Iterable<string>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that cannot be, in words for whoever sent it. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Asked {
  /** What stands for the `*` of the route's path. */
  readonly name: string;
  readonly query: URLSearchParams;
  /** @throws Refused */
  json(): unknown;
}

export interface ControlRoute {
  readonly method: string;
  /** A segment `*` is a name. */
  readonly path: string;
  readonly says: string;
  handle(control: PortalControl, asked: Asked): Reply;
}

export const controlRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/',
    says: 'this list',
    handle: () => ({
      status: 200,
      body: { routes: controlRoutes.map(({ method, path, says }) => `${method} ${path}: ${says}`) },
    }),
  },
  {
    method: 'GET',
    path: '/export',
    says: 'the whole portal as a file that --seed FILE.json loads',
    handle: (control) => ({ status: 200, text: control.export() }),
  },
  {
    method: 'GET',
    path: '/diff',
    says: '?since=NAME: everything that changed since that snapshot, and nothing else',
    handle(control, { query }) {
      const since = query.get('since');
      if (since === null || since === '') throw new Refused(400, 'Say since which snapshot: GET /diff?since=NAME.');
      return { status: 200, body: control.diff(since) };
    },
  },
  {
    method: 'GET',
    path: '/requests',
    says: 'what arrived, oldest first: arrival (ms), token, method, path, query, body, bodyBytes, status, fault',
    handle: (control) => ({
      status: 200,
      body: control.requests() ?? [],
      headers: { 'x-requests-forgotten': String(control.requestsForgotten()) },
    }),
  },
  {
    method: 'DELETE',
    path: '/requests',
    says: 'forget what arrived',
    handle(control) {
      control.clearRequests();
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/faults',
    says: 'the faults that are set, and how often each matched and struck',
    handle: (control) => ({ status: 200, body: control.faults.list() }),
  },
  {
    method: 'POST',
    path: '/faults',
    says: 'set one, or a list: {"kind":"apply-then-502","method":"POST","path":"/crm/**","nth":2,"count":1}',
    handle(control, asked) {
      const said = asked.json();
      if (!Array.isArray(said)) return { status: 201, body: control.faults.add(readFault(said)) };
      // All are read before one is set.
      return { status: 201, body: said.map(readFault).map((fault) => control.faults.add(fault)) };
    },
  },
  {
    method: 'DELETE',
    path: '/faults',
    says: 'let everything go right again',
    handle(control) {
      control.faults.clear();
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/faults/*',
    says: 'take the fault of that id away',
    handle(control, { name }) {
      if (!control.faults.remove(name)) throw new Refused(404, `No fault has the id ${name}; GET /faults lists them.`);
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/snapshots',
    says: 'the names of the snapshots that were taken',
    handle: (control) => ({ status: 200, body: control.snapshots() }),
  },
  {
    method: 'POST',
    path: '/snapshots/*',
    says: 'remember everything that the portal holds under that name',
    handle(control, { name }) {
      control.snapshot(name);
      return { status: 201, body: { name } };
    },
  },
  {
    method: 'POST',
    path: '/snapshots/*/restore',
    says: 'go back to that snapshot',
    handle(control, { name }) {
      control.restore(name);
      return { status: 200, body: { name } };
    },
  },
  {
    method: 'DELETE',
    path: '/snapshots/*',
    says: 'forget that snapshot; without any, writes cost nothing more',
    handle(control, { name }) {
      control.dropSnapshot(name);
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/webhooks',
    says: 'how many webhook events wait to be sent, and the last that nobody took: appId, event, attempt, failedAt (ms), failure',
    handle: (control) => ({ status: 200, body: control.webhooks() }),
  },
  {
    method: 'GET',
    path: '/clock',
    says: 'what time the portal believes it is',
    handle: (control) => ({ status: 200, body: clockOf(control) }),
  },
  {
    method: 'POST',
    path: '/clock',
    says: 'set it: {"now":"2026-11-22T09:00:00Z"}, {"advanceMs":60000}, {"frozen":true}, or several of them',
    handle(control, asked) {
      const { now = control.clock.now(), advanceMs = 0, frozen } = readClock(asked.json());
      if (!isTime(now + advanceMs)) throw new Refused(400, 'The clock runs from 1970 to 9999.');
      control.clock.set(now + advanceMs);
      if (frozen === true) control.clock.freeze();
      if (frozen === false) control.clock.run();
      return { status: 200, body: clockOf(control) };
    },
  },
];

function readClock(said: unknown): { now?: number; advanceMs?: number; frozen?: boolean } {
  const members = typeof said === 'object' && said !== null ? Object.entries(said) : [];
  if (members.length === 0) throw new Refused(400, 'Say {"now":ISO}, {"advanceMs":MS} or {"frozen":true|false}.');
  const read: { now?: number; advanceMs?: number; frozen?: boolean } = {};
  for (const [name, value] of members) {
    if (name === 'now') {
      const now = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : value;
      if (typeof now !== 'number' || !isTime(now))
        throw new Refused(400, 'now is a date such as "2026-11-22T09:00:00Z", or milliseconds since 1970.');
      read.now = now;
    } else if (name === 'advanceMs') {
      if (typeof value !== 'number' || !Number.isSafeInteger(value))
        throw new Refused(400, 'advanceMs is a whole number of milliseconds.');
      read.advanceMs = value;
    } else if (name === 'frozen') {
      if (typeof value !== 'boolean') throw new Refused(400, 'frozen is true or false.');
      read.frozen = value;
    } else throw new Refused(400, `${name} means nothing to the clock; there are now, advanceMs and frozen.`);
  }
  return read;
}

const YEAR_10000 = Date.UTC(10_000, 0);

/** Whether it is a time of whole milliseconds that dates of four-digit years can name. */
function isTime(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= 0 && ms < YEAR_10000;
}

function clockOf({ clock }: PortalControl): { now: string; frozen: boolean } {
  return { now: new Date(clock.now()).toISOString(), frozen: clock.frozen };
}
