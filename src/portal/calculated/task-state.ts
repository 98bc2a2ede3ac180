/**
 * Whether a task is done or late. Source: HubSpot's default task properties, compared 2026-11-22.
 * Guess: a task is completed 1 or 0; it is overdue and past its due date alike while it is open after `hs_timestamp`.
 */

import { isOpenTask, timeOf } from './activity-dates.ts';
import { moment } from './amounts.ts';
import { type Calculation, on } from './calculated.ts';

export const taskState: Calculation = {
  appliesTo: on('0-27'),
  calculate(subject) {
    const completed = subject.value('hs_task_status') === 'COMPLETED';
    const late = isOpenTask(subject) && (timeOf(subject) ?? subject.now) < subject.now;
    const status = completed ? subject.history('hs_task_status').at(-1)?.at : undefined;
    return {
      hs_task_is_completed: String(Number(completed)),
      hs_task_is_overdue: String(late),
      hs_task_is_past_due_date: String(late),
      hs_task_completion_date: moment(status),
    };
  },
};
