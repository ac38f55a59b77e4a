/**
 * The numbers that the sessions of `hand_checked_test.ts` cannot tell, against what was worked out
 * by hand in `tests/fixtures/hand_checked_others`: a session of a newer client with its hooks and
 * exports, and Cursor's older databases. With these every metric of the catalogue is checked.
 */

import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { claudeCode } from "../../capture/claude_code/claude_code.ts";
import { recordsOf } from "../../capture/otlp_record.ts";
import { METRICS } from "../../core/metrics.ts";
import { runHere } from "../cli/recorded_io.ts";
import { privacy } from "../capture/cursor/state_rows.ts";
import { makeState, type PlainRow } from "../helpers/cursor_databases.ts";
import { tellHome } from "../helpers/filled_home.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { copyFolder, differences } from "../helpers/told.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { stepsOf, TOLD_BY_OTHERS, toldByNone } from "./told_by_others.ts";

const folder = decodeURIComponent(
  new URL("../fixtures/hand_checked_others", import.meta.url).pathname,
);
/** The one that is called K in the working. */
const SESSION = "1b000000-0000-4000-8000-000000000001";
const NOW = Date.UTC(2026, 2, 10, 18);
/** How exact percentiles are. */
const WITHIN = 0.01;

Deno.test("blueplane tells by hand what seven kinds of sessions cannot", async () => {
  using machine = tempMachine();
  await fillMachine(machine);
  const read = async (...args: string[]) =>
    JSON.parse((await run(machine, [...args, "--json"])).stdout);
  const metrics = await read("metrics", "-p", "all");
  const analyzed = await read("analyze", SESSION);
  const expected = JSON.parse(Deno.readTextFileSync(`${folder}/expected.json`));

  const ids = Object.keys(TOLD_BY_OTHERS).sort();
  deepEqual(Object.keys(expected).sort(), ids);
  deepEqual(toldByNone([metrics, analyzed]).filter((id) => ids.includes(id)), []);
  const told = METRICS.filter(({ id }) => ids.includes(id)).map(({ id, foundIn }) => {
    equal(foundIn.metrics === null && foundIn.analyze === null, false, id);
    const found = foundIn.metrics === null
      ? valueAt(analyzed, stepsOf(foundIn.analyze!))
      : valueAt(metrics, stepsOf(foundIn.metrics));
    return [id, near(found, expected[id])];
  });
  deepEqual(differences(expected, Object.fromEntries(told)), []);
});

/** Reads the folder as this machine's, with a client that asks and exports meanwhile. */
async function fillMachine(machine: Machine): Promise<void> {
  copyFolder(`${folder}/projects`, `${machine.claude}/projects`);
  const user = `${machine.path}/User`;
  makeState(`${user}/globalStorage/state.vscdb`, rowsOf("cursor_global"));
  makeState(`${user}/workspaceStorage/${"0".repeat(32)}/state.vscdb`, rowsOf("cursor_workspace"));
  const tracking = `${machine.env.HOME}/.cursor/ai-tracking`;
  Deno.mkdirSync(tracking, { recursive: true });
  using db = new DatabaseSync(`${tracking}/ai-code-tracking.db`);
  db.exec(Deno.readTextFileSync(`${folder}/tracked.sql`));
  for (const { at, payload } of linesOf("hooks")) {
    const clock = new VirtualClock(Date.parse(at));
    await run(machine, ["hook", "claude-code"], clock, JSON.stringify(payload));
  }
  await run(machine, ["sync"]);
  const logs = JSON.parse(Deno.readTextFileSync(`${folder}/logs.json`));
  const records = recordsOf(logs, "logs")
    .filter((record) => record !== null).filter((record) => claudeCode.isExporter(record));
  const { events, rejected } = await claudeCode.readExport(records, { privacy } as never);
  deepEqual([events.length, rejected], [10, 0]);
  await tellHome(machine.home, ...events);
}

async function run(
  machine: Machine,
  args: readonly string[],
  clock = new VirtualClock(NOW),
  stdin?: string,
) {
  const env = { BLUEPLANE_CURSOR_USER_DIR: `${machine.path}/User` };
  const result = await runHere(machine, [...args], { clock, env, ...(stdin ? { stdin } : {}) });
  equal(result.code, 0, result.stderr);
  return result;
}

/** What stands at a path; where any name may, the values by name. */
function valueAt(at: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || typeof at !== "object" || at === null) return at;
  if (!step.startsWith("<")) return valueAt((at as Record<string, unknown>)[step], rest);
  const pairs = Object.entries(at)
    // What a server is called is a hash with this machine's own key.
    .map(([name, one]) => [name.replace(/^mcp:\w+$/, "mcp"), valueAt(one, rest)]);
  return Object.fromEntries(pairs);
}

/** Percentiles as they are expected, where they are as exact as is promised. */
function near(found: unknown, expected: unknown): unknown {
  if (typeof found !== "object" || found === null || !("p50" in found)) return found;
  const wanted = expected as Record<string, number>;
  return Object.fromEntries(
    Object.entries(found as Record<string, number>).map(([part, value]) => [
      part,
      part !== "n" && Math.abs(value - wanted[part]!) <= wanted[part]! * WITHIN
        ? wanted[part]
        : value,
    ]),
  );
}

// deno-lint-ignore no-explicit-any -- lines as the test that wrote them knows them
function linesOf(name: string): any[] {
  return Deno.readTextFileSync(`${folder}/${name}.jsonl`).trimEnd().split("\n")
    .map((line) => JSON.parse(line));
}

function rowsOf(name: string): PlainRow[] {
  return linesOf(name).map(([key, value]) => [key, JSON.stringify(value)]);
}
