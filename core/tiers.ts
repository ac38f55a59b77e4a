/**
 * How far back each tier of sums goes: as the settings say, and no further than to where the
 * database has it whole. A tier that is kept for longer than before begins where it began.
 *
 * @module
 */

import { type Database, prepareArrays } from "./database.ts";
import { madeWith, noteMadeWith } from "./made_with.ts";
import { TIERS } from "./session_counts.ts";

/** One tier. */
export interface Tier {
  /** Length of its buckets; 0 of whole sessions. */
  readonly seconds: number;
  /** For how long they are kept, in milliseconds. */
  readonly keepMs: number;
  /** Before that moment (milliseconds since 1970 UTC) some are missing. */
  readonly since: number;
}

/** How many days the finer tiers are kept at least. */
export interface TierDays {
  readonly minuteDays: number;
  readonly fiveMinuteDays: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** All tiers as this database has them, the finest first, after that of whole sessions. */
export function keptTiers(db: Database): readonly Tier[] {
  const noted = notedTiers(madeWith(db, "tiers") ?? "");
  return TIERS.map(({ seconds, keepMs }) =>
    noted.get(seconds) ?? { seconds, keepMs, since: -Infinity }
  );
}

/** The first moment whose bucket a tier has, as seen at `now`. */
export function keptFrom({ keepMs, since }: Omit<Tier, "seconds">, now: number): number {
  return Math.max(now - keepMs, since);
}

/** Notes for how long tiers are kept from now on; whoever has them open goes on as before. */
export function noteTiers(db: Database, days: TierDays, now: number): void {
  // Reports of so many days begin within a bucket, and clocks are set.
  const wanted = new Map([
    [60, days.minuteDays * DAY_MS + HOUR_MS],
    [300, (days.fiveMinuteDays + 1) * DAY_MS],
  ]);
  const tiers = keptTiers(db);
  if (tiers.every(({ seconds, keepMs }) => keepMs === (wanted.get(seconds) ?? keepMs))) return;
  const isNew = prepareArrays(db, "select 1 from sessions limit 1").get() === undefined;
  const told = tiers.flatMap((tier) => {
    const keepMs = wanted.get(tier.seconds);
    if (keepMs === undefined) return [];
    const since = isNew ? 0 : Math.max(0, keptFrom(tier, now));
    return [`${tier.seconds} ${keepMs} ${since}`];
  });
  noteMadeWith(db, "tiers", told.join(" "));
}

function notedTiers(text: string): Map<number, Tier> {
  const numbers = text.split(" ").map(Number), tiers = new Map<number, Tier>();
  for (let i = 0; i + 2 < numbers.length; i += 3) {
    const [seconds, keepMs, since] = numbers.slice(i, i + 3);
    tiers.set(seconds!, { seconds: seconds!, keepMs: keepMs!, since: since! });
  }
  return tiers;
}
