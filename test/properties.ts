/** A property that fails is made smaller until its test's time ends: end before, so that it is told with its seed. */

import * as fc from 'fast-check';
import { beforeEach } from 'vitest';

beforeEach(({ task }) => {
  fc.configureGlobal({ interruptAfterTimeLimit: 0.8 * task.timeout, markInterruptAsFailure: true });
});
