/**
 * Adds up what the digests of a day are made of: of all sessions, hour by hour and place by place.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { QUARTER_SECONDS } from "../session_counts.ts";
import { NO_OVERLAP } from "./concurrency.ts";
import { addDigest, type Digest, emptyDigest } from "./digest.ts";
import type { Digests } from "./digest_rows.ts";
import type { Interval } from "./digest_store.ts";
import { type PlaceDigest, readHourDigests } from "./hour_digests.ts";

/** The digests of a day. */
export interface DayDigests {
  /** Undefined of a day on which nothing was. */
  readonly all: Digest | undefined;
  readonly hours: readonly (readonly [from: number, to: number, digest: Digest])[];
  readonly places: readonly PlaceDigest[];
}

/** What groups of a report do not tell. */
const NOT_GROUPED = ["errors", "attributions", "usage", "words", "hours", "tools"] as const;

/** Of a day of the local calendar. */
export function readDayDigests(db: Database, [from, to]: Interval): DayDigests {
  const hours = readHourDigests(db, { tier: QUARTER_SECONDS, from, to });
  if (hours.length === 0) return { all: undefined, hours: [], places: [] };
  const all = emptyDigest(), places: Digests = new Map();
  for (const hour of hours) {
    addDigest(all, hour.all);
    for (const { platform, project, digest } of hour.places) {
      const place = `${platform} ${project}`;
      addDigest(places.getOrInsertComputed(place, emptyDigest), digest);
    }
  }
  return {
    all,
    hours: hours.map((hour, i) => [hour.at, hours[i + 1]?.at ?? to, grouped(hour.all)]),
    places: [...places].map(([place, digest]) => {
      const [platform, project] = place.split(" ").map(Number);
      return { platform: platform!, project: project!, digest: grouped(digest) };
    }),
  };
}

function grouped(digest: Digest): Digest {
  const nothing = emptyDigest();
  return {
    ...digest,
    ...Object.fromEntries(NOT_GROUPED.map((name) => [name, nothing[name]])),
    overlap: NO_OVERLAP,
  };
}
