/** Tests of the catalogue's inputs. */

import { deepEqual } from "node:assert/strict";
import { INPUT_METRICS } from "../../../core/metrics/input_metrics.ts";
import { INPUT_NAMES } from "../../../core/session_counts.ts";

Deno.test("INPUT_METRICS() tells of every kind of input that is counted", () => {
  const ids = INPUT_METRICS.map(({ id }) => id);

  deepEqual(Object.values(INPUT_NAMES).filter((name) => !ids.includes(name)), []);
});
