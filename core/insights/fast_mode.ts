/**
 * Responses in the fast mode, which costs a multiple.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";

const RESPONSES_MIN = 20;
/** Half a dollar, in millionths. */
const MICROS_MIN = 500_000;

/** The gain is what the fast mode cost above the normal one; nothing where that is not known. */
export const fastMode: SessionKind = {
  name: "cost.fast_mode",
  type: "cost",
  counts: "fast_responses",
  of: "responses",
  // In millionths of a dollar.
  levels: { medium: 5_000_000, high: 20_000_000 },
  size: ({ gain }) => gain?.micros ?? 0,
  title: ({ count, n }) =>
    `${formatCount(count)} of ${formatCount(n)} responses came in the fast mode`,
  suggestion: "Leave the fast mode where nobody waits for the answer",
  watch({ priceOf }) {
    let n = 0, micros = 0;
    const times: number[] = [];
    return {
      response({ at, model, input, output, cacheRead, cacheCreation, cacheCreation1h, fast }) {
        n++;
        if (!fast) return;
        times.push(at);
        const usage = {
          model,
          at,
          input,
          output,
          cacheRead,
          cacheCreation5m: cacheCreation - cacheCreation1h,
          cacheCreation1h,
          webSearches: 0,
        };
        const dear = priceOf({ ...usage, fast: true }),
          usual = priceOf({ ...usage, fast: false });
        if (dear !== null && usual !== null) micros += dear - usual;
      },
      found() {
        const count = times.length;
        if (count < RESPONSES_MIN || micros < MICROS_MIN) return [];
        return [{ at: times[0]!, untilAt: times.at(-1)!, count, n, gain: { micros } }];
      },
    };
  },
};
