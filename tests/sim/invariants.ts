/** What must be so whenever everything has come to rest, however it came there. */

import assert from "node:assert/strict";
import { spoolEvents } from "../../capture/spool.ts";
import { readNews } from "../../cli/read_news.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import type { Database } from "../../core/database.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { TIERS } from "../../core/session_counts.ts";
import { recordedIo } from "../cli/recorded_io.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { type DerivedRows, derivedRows } from "../pipeline/derived_rows.ts";
import { readFile, storedEvents } from "../pipeline/read_stored.ts";
import type { SimMachine } from "./sim_machine.ts";
import type { Expected } from "./sim_transcript.ts";
import type { SimWorld } from "./sim_world.ts";

/** What is stored and derived. */
export interface Outcome {
  readonly events: readonly string[];
  readonly rows: DerivedRows;
}

/** Holds the reports to what was written. */
export function checkTotals(machines: readonly SimMachine[], now: number): void {
  const wanted = { prompts: 0, messages: 0, output: 0, tools: 0, results: 0 };
  for (const { expected } of machines.flatMap(({ transcripts }) => transcripts)) {
    for (const name of Object.keys(wanted) as (keyof Expected)[]) wanted[name] += expected[name];
  }
  const period = { from: undefined, to: Number.MAX_SAFE_INTEGER / 2 ** 10 };
  const { totals } = readFile(
    machines[0]!.workspace.home.database,
    (db) => reportMetrics(db, { period, now }),
  );
  assert.deepEqual(
    {
      prompts: totals.user_prompts ?? 0,
      messages: totals.assistant_messages ?? 0,
      output: totals.tokens.output ?? 0,
      tools: totals.tool_uses ?? 0,
      results: totals.tool_results_by_kind?.ok ?? 0,
    },
    wanted,
    "the totals are those of what was written",
  );
}

/** Nobody has read more of a file than there is. */
export function checkPositions(machine: SimMachine): void {
  for (const { position, size } of machine.positions()) {
    assert.ok(position <= size, `byte ${position} of a file of ${size} is read`);
  }
}

/** Reads what a machine has stored; each event may be there once. */
export function readOutcome(path: string, latest: number): Outcome {
  return readFile(path, (db) => {
    const events = storedEvents(db);
    assert.equal(new Set(events).size, events.length, "every event is stored once");
    return { events, rows: lastingRows(db, latest) };
  });
}

/** What a fresh data folder makes of all that was written. */
export async function importAnew(
  machines: readonly SimMachine[],
  { clock, latest }: SimWorld,
): Promise<Outcome> {
  using fresh = tempMachine();
  const [main] = machines;
  Deno.mkdirSync(fresh.home);
  Deno.copyFileSync(main!.workspace.home.key, `${fresh.home}/install.key`);
  const env = { CLAUDE_CONFIG_DIR: machines.map(({ folder }) => folder.claude).join(",") };
  const globals = { color: false, quiet: true, sync: true } as const;
  const workspace = openWorkspace(recordedIo(fresh, [], { clock, env }), globals);
  for (const { events, at } of machines.flatMap(({ hooks }) => hooks)) {
    spoolEvents(workspace.home.spool, events, at);
  }
  await readNews(workspace);
  return readOutcome(workspace.home.database, latest);
}

/** Derived rows but those of sums that are kept for a while: they may be gone, or not yet. */
function lastingRows(db: Database, latest: number): DerivedRows {
  const rows = derivedRows(db);
  const keepMs = new Map<unknown, number>(TIERS.map((tier) => [tier.seconds, tier.keepMs]));
  const lasts = ({ tier, bucket }: Record<string, unknown>) =>
    tier === undefined || Number(bucket) >= latest - keepMs.get(tier)!;
  return Object.fromEntries(
    Object.entries(rows).map(([table, all]) => [table, all.filter(lasts)]),
  ) as DerivedRows;
}
