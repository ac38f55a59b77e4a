/**
 * What many rules have in common: of the calls of each tool, those that ended in a certain way.
 *
 * @module
 */

import type { CallSeen, Found, Watcher } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

/** Which calls are counted, and from when on that is a finding. */
export interface CallShare {
  /** Whether a call is one of those that are found. */
  isHit(call: CallSeen): boolean;
  /** Fewer of them are no finding. */
  readonly hitsMin: number;
  /** The share of the tool's finished calls that they must surely be over; none without it. */
  readonly shareOver?: number;
  /** What a hit cost. */
  msOf?(call: CallSeen): number;
}

/** Watches the calls of each tool that came to an end. */
export function watchCallShare({ isHit, hitsMin, shareOver = 0, msOf }: CallShare): Watcher {
  const tools = new Map<string, { n: number; hits: CallSeen[] }>();
  return {
    call(call) {
      if (call.outcome === null) return;
      const tool = tools.get(call.tool) ?? { n: 0, hits: [] };
      tools.set(call.tool, tool);
      tool.n++;
      if (isHit(call)) tool.hits.push(call);
    },
    found: () =>
      tools.entries().flatMap(([member, { n, hits }]): Found[] => {
        const count = hits.length;
        if (count < hitsMin || !surelyOver(count, n, shareOver)) return [];
        const ms = msOf && hits.reduce((sum, call) => sum + msOf(call), 0);
        const gain = ms === undefined ? {} : { gain: { ms } };
        return [{ member, at: hits[0]!.at, untilAt: hits.at(-1)!.at, count, n, ...gain }];
      }).toArray(),
  };
}
