/**
 * Pauses after which the cache was gone, so that the whole context was paid for anew.
 *
 * @module
 */

import { formatCounted } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCacheLosses } from "./cache_losses.ts";

/** Everyone takes a break. */
const LAPSES_MIN = 3;

/** Losses after pauses longer than the cache is kept; n is the responses of the main thread. */
export const lapsedCache: SessionKind = {
  name: "cost.lapsed_cache",
  type: "cost",
  counts: "lapses",
  of: "responses",
  // In millionths of a dollar: what it cost says more than how often it was.
  levels: { medium: 1_000_000, high: 5_000_000 },
  size: ({ gain }) => gain?.micros ?? 0,
  title: ({ count }) => `The context was cached anew after ${formatCounted(count, "pause")}`,
  suggestion: "Answer while the cache is warm, or compact before a break; for another task " +
    "begin a new session",
  watch: (session) =>
    watchCacheLosses(session, {
      isMeant: (pauseMs, keptMs) => pauseMs > keptMs,
      lossesMin: LAPSES_MIN,
    }),
};
