/**
 * A session in which calls of the model's interface failed again and again.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

const ERRORS_MIN = 5;
/** Now and then a server is busy. */
const SHARE_OVER = 0.03;

/** Errors, of responses and errors together. */
export const apiErrors: SessionKind = {
  name: "errors.api_errors",
  type: "errors",
  counts: "api_errors",
  of: "calls of the API",
  levels: { medium: 10, high: 30 },
  title: ({ count, n }) =>
    `${formatCount(count)} of ${formatCount(n)} calls of the model's API failed`,
  suggestion: "Look at limits, network and proxy; work at another hour where the server is busy",
  watch() {
    const times: number[] = [];
    let responses = 0;
    return {
      input({ at, type }) {
        if (type === "api_error") times.push(at);
      },
      response() {
        responses++;
      },
      found() {
        const count = times.length, n = count + responses;
        if (count < ERRORS_MIN || !surelyOver(count, n, SHARE_OVER)) return [];
        return [{ at: times[0]!, untilAt: times.at(-1)!, count, n }];
      },
    };
  },
};
