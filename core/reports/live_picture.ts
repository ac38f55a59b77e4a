/**
 * Makes the live picture of the functions that make every other report.
 *
 * @module
 */

import { type Database, isKeeper, ofOneState, prepareArrays } from "../database.ts";
import {
  type LivePart,
  type LivePeriod,
  type LivePicture,
  type PictureParts,
  type Rank,
  ranked,
  WHOLE_PICTURE,
} from "../live_picture.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { keptTiers } from "../tiers.ts";
import { readWords } from "../words.ts";
import { costOf, PRICED_COUNTS, type PricedCounts } from "./cost.ts";
import { readDearestSessions } from "./dearest_sessions.ts";
import { liveNumbers } from "./live_numbers.ts";
import { reportHeadlines } from "./metrics_report.ts";
import { type Period, rollingPeriod } from "./period.ts";
import { readSeries } from "./series.ts";
import { byTier, piecesOf, type Stretch, stretchOf, summedPeriod } from "./pieces.ts";
import { countGoingOn } from "./session_heads.ts";
import { readSessionCosts } from "./session_order.ts";
import {
  addCounts,
  countsOf,
  readRows,
  sessionConditions,
  type SessionFilter,
  whereOf,
} from "./sums.ts";
import type { ModelTotals } from "./totals.ts";
import { hasSearches } from "./usage_over_time.ts";

/** The picture of this moment; all that a filter lets through. */
export function readLivePicture(
  db: Database,
  now: number,
  parts: PictureParts = WHOLE_PICTURE,
  filter: SessionFilter = {},
): LivePicture {
  return ofOneState(db, () => ({
    madeAt: now,
    periods: Object.fromEntries(
      parts.periods.map((period) => [period, readPart(db, now, period, filter)]),
    ),
    series: Object.fromEntries(
      parts.tiers.map((tier) => [tier, readSeries(db, { tier, now, filter })]),
    ),
  }));
}

function readPart(
  db: Database,
  now: number,
  name: LivePeriod,
  filter: SessionFilter,
): LivePart {
  const period = summedPeriod(db, { period: rollingPeriod(name, now), now });
  const report = reportHeadlines(db, { ...filter, period, now });
  const { tool_uses_by_name, tokens_by_model } = report.totals;
  const models = Object.entries(tokens_by_model ?? {});
  return {
    numbers: known(liveNumbers(report)),
    rankings: {
      tools: ranked(Object.entries(tool_uses_by_name ?? {})),
      models_by_cost: ranked(models.map(([model, { cost_usd }]) => [model, cost_usd ?? 0])),
      models_by_tokens: ranked(models.map(([model, totals]) => [model, tokensOf(totals)])),
      projects: ranked(projectSessions(db, period, filter)),
      sessions: ranked(sessionCosts(db, period, now, filter)),
    },
  };
}

function known(numbers: Record<string, number | null>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== null),
  );
}

function tokensOf({ input, output, cache_read, cache_creation }: ModelTotals): number {
  return (input ?? 0) + (output ?? 0) + (cache_read ?? 0) + (cache_creation ?? 0);
}

/** How many sessions of each project were going on; not known for a model. */
function projectSessions(db: Database, { from, to }: Period, filter: SessionFilter): Rank[] {
  if (filter.model !== undefined) return [];
  const { sql, parameters } = sessionConditions(filter);
  if (sql === "" && isKeeper(db)) {
    const words = readWords(db);
    return [...countGoingOn(db, { from, to }).projects]
      .map(([project, count]) => [words.get(project) ?? "other", count]);
  }
  return prepareArrays(
    db,
    `select w.text, count(*) from sessions s join words w on w.id = s.project
     where s.counted = 1 and ifnull(s.started_at, 0) < ? and ifnull(s.ended_at, ?) >= ?${sql}
     group by 1`,
  ).all(to, to, from ?? 0, ...parameters) as unknown as Rank[];
}

/** What each session cost in the period, or at least those that cost most. */
function sessionCosts(db: Database, period: Period, now: number, filter: SessionFilter): Rank[] {
  const stretch = stretchOf(period, now, keptTiers(db)),
    { sql, parameters } = sessionConditions(filter);
  if (sql === "" && isKeeper(db) && stretch.tier === 0) return readDearestSessions(db);
  const costs = stretch.tier === 0 ? readSessionCosts(db) : costsIn(db, stretch, filter);
  const sessions = [...costs.keys()];
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(s.id, s.session_id)) from sessions s
     where true${sql}${ofSessions("s.id", sessions)}`,
  ).get(...parameters, ...among(sessions)) as unknown as [string];
  const ids = JSON.parse(text) as [number, string][];
  return ids.map(([session, id]) => [id, costs.get(session) ?? 0]);
}

/** Quarters of an hour are read where they are whole: there are fewer. */
function costsIn(
  db: Database,
  stretch: Stretch,
  filter: SessionFilter,
): Map<number, number | null> {
  const models = new Map<number, PricedCounts>(), searches = new Map<number, number>();
  const areSearched = hasSearches(db);
  for (const piece of byTier(stretch).flatMap(piecesOf)) {
    const where = whereOf(piece, filter);
    for (const row of readRows(db, "model_sums", "x.session", PRICED_COUNTS, where)) {
      const counts = countsOf(PRICED_COUNTS, row), known = models.get(row[0]!);
      models.set(row[0]!, known ? addCounts(PRICED_COUNTS, counts, known) : counts);
    }
    if (!areSearched) continue;
    const searching = { ...where, sql: `${where.sql} and x.web_searches <> 0` };
    const rows = readRows(db, "tool_sums", "x.session", ["web_searches"], searching);
    for (const [session, count] of rows) {
      searches.set(session!, (searches.get(session!) ?? 0) + (count ?? 0));
    }
  }
  return new Map(
    [...models].map(([session, counts]) => [
      session,
      costOf([counts], searches.get(session) ?? 0).cost_usd,
    ]),
  );
}
