/**
 * What rules about the cache have in common: responses that wrote anew what the one before them
 * could have left to be read.
 *
 * @module
 */

import type { Found, ResponseSeen, SessionSeen, Watcher } from "../insight_rule.ts";

/** Where a loss is looked for. */
export interface CacheLosses {
  /** Whether a loss after such a pause counts; `keptMs` is how long the cache was kept. */
  isMeant(pauseMs: number, keptMs: number): boolean;
  readonly lossesMin: number;
}

const FIVE_MINUTES_MS = 300_000;
const HOUR_MS = 3_600_000;
/** A smaller context costs next to nothing. */
const TOKENS_MIN = 20_000;
/** Less than that of the context before was found in the cache. */
const FOUND_SHARE_MAX = 0.5;

/** Watches the main thread; the gain is the difference between writing and reading. */
export function watchCacheLosses(
  { priceOf }: SessionSeen,
  { isMeant, lossesMin }: CacheLosses,
): Watcher {
  let before: ResponseSeen | undefined;
  let n = 0, tokens = 0, micros: number | null = 0;
  const losses: number[] = [];
  return {
    input({ type }) {
      // What follows is another context.
      if (type === "context_compact" || type === "context_clear") before = undefined;
    },
    response(response) {
      if (response.side || !response.tokensKept) return;
      n++;
      const last = before;
      before = response;
      if (!last) return;
      const context = last.cacheRead + last.cacheCreation;
      const lost = Math.min(context, response.cacheCreation) - response.cacheRead;
      const isLoss = context >= TOKENS_MIN && lost >= TOKENS_MIN * FOUND_SHARE_MAX &&
        response.cacheRead < context * FOUND_SHARE_MAX;
      const keptMs = last.cacheCreation1h > 0 ? HOUR_MS : FIVE_MINUTES_MS;
      if (!isLoss || !isMeant(response.at - last.at, keptMs)) return;
      losses.push(response.at);
      tokens += lost;
      const difference = differenceOf(response, lost, priceOf);
      micros = micros === null || difference === null ? null : micros + difference;
    },
    found(): Found[] {
      const count = losses.length;
      if (count < lossesMin) return [];
      const gain = { tokens, ...(micros === null ? {} : { micros }) };
      return [{ at: losses[0]!, untilAt: losses.at(-1)!, count, n, gain }];
    },
  };
}

/** What it cost to write these tokens instead of reading them. */
function differenceOf(
  { model, at, fast, cacheCreation1h }: ResponseSeen,
  tokens: number,
  priceOf: SessionSeen["priceOf"],
): number | null {
  const nothing = { model, at, fast, input: 0, output: 0, webSearches: 0 };
  const ofHour = cacheCreation1h > 0;
  const written = priceOf({
    ...nothing,
    cacheRead: 0,
    cacheCreation5m: ofHour ? 0 : tokens,
    cacheCreation1h: ofHour ? tokens : 0,
  });
  const read = priceOf({ ...nothing, cacheRead: tokens, cacheCreation5m: 0, cacheCreation1h: 0 });
  return written === null || read === null ? null : Math.max(0, written - read);
}
