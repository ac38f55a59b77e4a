/**
 * Responses that found nothing in a cache that was still warm: something early in the context
 * had changed.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCacheLosses } from "./cache_losses.ts";

/** A change of the model or of the tools costs one each. */
const BREAKS_MIN = 3;

/** Losses without a pause; n is the responses of the main thread. */
export const brokenCache: SessionKind = {
  name: "cost.broken_cache",
  type: "cost",
  counts: "breaks",
  of: "responses",
  // In millionths of a dollar.
  levels: { medium: 1_000_000, high: 5_000_000 },
  size: ({ gain }) => gain?.micros ?? 0,
  title: ({ count }) => `A warm cache was not found ${formatCount(count)} times`,
  suggestion: "Choose model, tools and servers of tools before the session begins: each change " +
    "has the whole context cached anew",
  watch: (session) =>
    watchCacheLosses(session, {
      isMeant: (pauseMs, keptMs) => pauseMs <= keptMs,
      lossesMin: BREAKS_MIN,
    }),
};
