/** Calls that wait, and whose turn is next: callers take turns, however many calls each of them has waiting. */

export interface Waiting {
  readonly caller: string;
  /** 0 (first) to 9 (last). */
  readonly priority: number;
}

/** Priorities above are work in the background, which people's calls go before. */
const USUAL_PRIORITY = 5;

/** Of so many calls in a row, one is of the background if any such call waits. */
const BACKGROUND_TURN = 10;

export const isBackground = ({ priority }: Waiting): boolean => priority > USUAL_PRIORITY;

export interface Line<T extends Waiting> {
  join(call: T): void;
  /** False when it was not in the line any more. */
  leave(call: T): boolean;
  /** As `leave`, for a call that was served: its caller's next turn comes after everybody else's. */
  served(call: T): boolean;
  /**
   * Whose turn it is among those that are due and not chosen already; of one caller, the first by priority and then by
   * time. Work in the background that was passed over for long enough is due in any case.
   */
  next(due: (call: T) => boolean, chosen?: readonly T[]): T | undefined;
  isOverdue(call: T): boolean;
  readonly size: number;
  sizeOf(caller: string): number;
}

export function createLine<T extends Waiting>(): Line<T> {
  /** Each caller's calls in their order; the callers in the order of their turns. */
  const front = new Map<string, T[]>();
  const back = new Map<string, T[]>();
  let size = 0;
  /** How many were served since one of the background was, while such calls waited. */
  let passedOver = 0;

  const laneOf = (call: T) => (isBackground(call) ? back : front);

  const isOverdue = (call: T) => isBackground(call) && passedOver + 1 >= BACKGROUND_TURN;

  const leave = (call: T): boolean => {
    const calls = laneOf(call).get(call.caller);
    const at = calls?.indexOf(call) ?? -1;
    if (!calls || at < 0) return false;
    calls.splice(at, 1);
    if (calls.length === 0) laneOf(call).delete(call.caller);
    size -= 1;
    return true;
  };

  const first = (lane: Map<string, T[]>, due: (call: T) => boolean, chosen: readonly T[]): T | undefined => {
    for (const calls of lane.values()) {
      const call = calls.find((each) => !chosen.includes(each));
      if (call && due(call)) return call;
    }
    return undefined;
  };

  return {
    join(call) {
      const lane = laneOf(call);
      const calls = lane.get(call.caller);
      if (calls) calls.splice(calls.findLastIndex(({ priority }) => priority <= call.priority) + 1, 0, call);
      else lane.set(call.caller, [call]);
      size += 1;
    },
    leave,
    served(call) {
      if (!leave(call)) return false;
      const lane = laneOf(call);
      const calls = lane.get(call.caller);
      if (calls) {
        lane.delete(call.caller);
        lane.set(call.caller, calls);
      }
      passedOver = lane === back || back.size === 0 ? 0 : passedOver + 1;
      return true;
    },
    next(due, chosen = []) {
      const isNew = (call: T) => chosen.every(({ caller }) => caller !== call.caller);
      return (
        (chosen.length === 0 ? first(back, isOverdue, []) : undefined) ??
        first(front, (call) => isNew(call) && due(call), chosen) ??
        first(front, due, chosen) ??
        first(back, due, chosen)
      );
    },
    isOverdue,
    get size() {
      return size;
    },
    sizeOf: (caller) => (front.get(caller)?.length ?? 0) + (back.get(caller)?.length ?? 0),
  };
}
