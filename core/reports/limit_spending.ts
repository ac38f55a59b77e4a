/**
 * What a percent of an account's limit takes: what was answered while it was seen to go.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { partitionPoint } from "../partition_point.ts";
import { type Estimate, ratioOf, type UsePoint } from "./limits_forecast.ts";

/** Over the latest steps of a percent; null of fewer than five percent. */
export interface PerPercent {
  readonly tokens_per_percent: Estimate | null;
  /** Over those steps of which every response has a price. */
  readonly cost_usd_per_percent: Estimate | null;
}

/** A stretch in which a percent at least was seen to go. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly gone: number;
}

type Row = [at: number, tokens: number, micros: number | null];

/** A percent is what the client rounds to; so many steps of one tell what it takes. */
const STEP = 0.01, STEPS_MAX = 100, GONE_MIN = 0.05;
/** What is computed may miss a share by its last digit. */
const ROUNDING = 1e-9;

/**
 * Tokens and cost of what a platform answered on this machine in each step.
 *
 * @param windows what was seen of each, by time, the latest window first
 */
export function readPerPercent(
  db: Database,
  platform: string,
  windows: readonly (readonly UsePoint[])[],
): PerPercent {
  const steps = windows.flatMap((points) => stepsOf(points).toReversed()).slice(0, STEPS_MAX);
  const spentIn = readSpending(db, platform, steps);
  // What went while nothing was answered here was used elsewhere.
  const spent = steps.map((step) => ({ ...step, ...spentIn(step) }))
    .filter(({ tokens }) => tokens > 0);
  return {
    tokens_per_percent: perPercent(
      spent.map(({ tokens, gone }) => ({ took: tokens, part: gone })),
    ),
    cost_usd_per_percent: perPercent(
      spent.flatMap(({ usd, gone }) => usd === null ? [] : [{ took: usd, part: gone }]),
    ),
  };
}

function perPercent(steps: readonly { took: number; part: number }[]): Estimate | null {
  const gone = steps.reduce((sum, { part }) => sum + part, 0);
  if (gone < GONE_MIN - ROUNDING) return null;
  return ratioOf(steps.map(({ took, part }) => ({ took, part: part * 100 })));
}

function stepsOf(points: readonly UsePoint[]): Step[] {
  const steps: Step[] = [];
  let last = points[0];
  for (const point of points) {
    const gone = point.used - last!.used;
    if (gone < STEP - ROUNDING) continue;
    steps.push({ from: last!.at, to: point.at, gone });
    last = point;
  }
  return steps;
}

/** What was answered after a step's begin, until its end: no cost where a part has no price. */
function readSpending(db: Database, platform: string, steps: readonly Step[]) {
  const from = Math.min(...steps.map((step) => step.from));
  const to = Math.max(...steps.map((step) => step.to));
  const rows = steps.length === 0 ? [] : prepareArrays(
    db,
    `select r.at, input + output + cache_read + cache_creation, cost from sessions s
     join words p on p.id = s.platform cross join responses r on r.session = s.id
     where p.text = ?3 and s.started_at <= ?2 and s.ended_at >= ?1
       and r.side in (0, 1) and r.at > ?1 and r.at <= ?2 and r.kept = 1 order by r.at`,
  ).all(from, to, platform) as unknown as Row[];
  const sums = [{ tokens: 0, micros: 0, unpriced: 0 }];
  for (const [, tokens, micros] of rows) {
    const before = sums.at(-1)!;
    sums.push({
      tokens: before.tokens + tokens,
      micros: before.micros + (micros ?? 0),
      unpriced: before.unpriced + (micros === null ? 1 : 0),
    });
  }
  return (step: Step): { tokens: number; usd: number | null } => {
    const a = sums[until(rows, step.from)]!, b = sums[until(rows, step.to)]!;
    return {
      tokens: b.tokens - a.tokens,
      usd: b.unpriced > a.unpriced ? null : (b.micros - a.micros) / 1_000_000,
    };
  };
}

/** How many rows are not later. */
function until(rows: readonly Row[], at: number): number {
  return partitionPoint(rows, ([moment]) => moment <= at);
}
