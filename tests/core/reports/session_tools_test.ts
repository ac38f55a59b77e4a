/** Tests of `core/reports/session_tools.ts`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../core/reports/session_report.ts";
import { filesReports } from "../../../core/reports/session_tools.ts";
import type { Counts } from "../../../core/reports/sums.ts";
import { TOOL_COUNTS } from "../../../core/session_counts.ts";
import { makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("toolReports() lists tools, the most used first, with how calls ended", async () => {
  await using home = await filledHome();
  const { tools } = reportSession(home.db, "alpha")!;
  const found = tools.map(({ tool, uses, results, ...lines }) => [
    tool,
    uses,
    [results.ok, results.failed, results.rejected],
    [lines.lines_added, lines.lines_removed, lines.files_created],
    lines.tool_ms,
  ]);
  assert.deepEqual(found, [
    ["Bash", 2, [0, 1, 0], [0, 0, 0], null],
    ["Edit", 2, [1, 0, 1], [5, 2, 0], null],
    ["Write", 1, [1, 0, 0], [0, 0, 1], null],
  ]);
});

Deno.test("toolReports() tells how long calls took, of those that were measured", async () => {
  const calls = [300, 100, undefined, 200].flatMap((durationMs, i) => {
    const result = makeToolResult({ id: `r${i}`, use: `u${i}`, at: NOON + i });
    return [
      makeToolUse({ id: `u${i}`, use: `u${i}`, tool: "Bash", at: NOON + i }),
      { ...result, payload: { ...result.payload, duration_ms: durationMs } },
    ];
  });
  await using home = await filledHome(calls);
  const [bash] = reportSession(home.db, "s1")!.tools;
  assert.deepEqual(bash!.tool_ms, {
    p50: 200,
    p95: 300,
    p99: 300,
    min: 100,
    mean: 200,
    max: 300,
    n: 3,
  });
});

Deno.test("filesReports() lists extensions with lines and verdicts", async () => {
  const edit = (use: string, extension: string, outcome: string) => [
    makeToolUse({ id: `${use}-u`, use, extension }),
    makeToolResult({ id: `${use}-r`, use, outcome, added: outcome === "ok" ? 3 : 0 }),
  ];
  await using home = await filledHome([
    ...edit("a", "ts", "ok"),
    ...edit("b", "ts", "rejected"),
    ...edit("c", "md", "ok"),
  ]);
  const files = reportSession(home.db, "s1")!.files.map((one) => [
    one.extension,
    one.uses,
    one.lines_added,
    one.acceptance.accepted,
    one.acceptance.rejected,
    one.acceptance.rate,
    one.acceptance.evidence,
  ]);
  assert.deepEqual(files, [["ts", 2, 3, 1, 1, 0.5, { ran: 1 }], ["md", 1, 3, 1, 0, 1, {
    ran: 1,
  }]]);
});

Deno.test("filesReports() counts files by extension, when no edit tells a line", () => {
  const of = (some: object) => ({
    ...Object.fromEntries(TOOL_COUNTS.map((name) => [name, 0])) as Counts<
      typeof TOOL_COUNTS[number]
    >,
    ...some,
  });
  const tools = new Map([["edit_file", of({ uses: 3, files_created: 1, edits_auto: 3 })]]);
  const extensions = new Map([
    ["py", of({ uses: 2, edits_auto: 2 })],
    ["ts", of({ uses: 1, files_created: 1, edits_auto: 1 })],
  ]);

  assert.deepEqual(
    filesReports(extensions, tools, {}).map((one) => [
      one.extension,
      one.lines_added,
      one.files_created,
    ]),
    [["py", null, 0], ["ts", null, 1]],
  );
});
