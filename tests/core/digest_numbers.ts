/** What reports tell of periods, in all and by group: stored digests serve, or rows. */

import type { Database } from "../../core/database.ts";
import { emptyDigest } from "../../core/reports/digest.ts";
import { digestTexts } from "../../core/reports/digest_text.ts";
import { readDigest, readGroupedDigests, wholeQuery } from "../../core/reports/digests.ts";
import { localKeys } from "../../core/reports/local_time.ts";
import type { Period } from "../../core/reports/period.ts";
import { NOON } from "../helpers/events.ts";

const DAY_MS = 86_400_000;
const PERIODS: readonly Period[] = [
  { from: undefined, to: NOON + 1 },
  { from: NOON - 33.7 * DAY_MS, to: NOON - 0.4 * DAY_MS },
  { from: NOON - 1.51 * DAY_MS, to: NOON + 1 },
];

/** All that digests tell, in their texts: the order of what is in them says nothing. */
export function numbers(db: Database) {
  const nothing = JSON.stringify(digestTexts(emptyDigest()));
  return PERIODS.map((period) => {
    const whole = wholeQuery(period, {}, NOON);
    const groups = (["project", "day", "month", "hour"] as const).map((by) => {
      const group = by === "project" ? by : "time";
      const name = by === "project" ? String : localKeys(by);
      const parts = { whole: false, times: true, tools: false };
      return [...readGroupedDigests(db, { ...whole, parts }, { group, by, name })]
        .map(([key, digest]) => [key, JSON.stringify(digestTexts(digest))])
        .filter(([, text]) => text !== nothing).sort();
    });
    const tools = { ...whole, parts: { ...whole.parts, tools: true } };
    return [digestTexts(readDigest(db, whole)), digestTexts(readDigest(db, tools)), groups];
  });
}
