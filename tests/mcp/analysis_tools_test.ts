/** Tests of `mcp/analysis_tools.ts`, asked by the official client over known histories. */

import assert from "node:assert/strict";
import { makePrompt, makeToolResult, makeToolUse, NOON } from "../helpers/events.ts";
import { extensionOf } from "../../mcp/analysis_tools.ts";
import { ONE } from "../helpers/filled_home.ts";
import { connectTo } from "./connected.ts";

const DAY_MS = 86_400_000;

/** Edits of files of one kind, of which so many were rejected. */
function edits(extension: string, count: number, rejected: number, tool = "Edit") {
  return Array.from({ length: count }, (_, i) => {
    const of = { use: `${extension}${i}`, at: NOON + i * 1000 };
    return [
      makeToolUse({ ...of, id: `u-${of.use}`, extension, tool }),
      makeToolResult({ ...of, id: `r-${of.use}`, outcome: i < rejected ? "rejected" : "ok" }),
    ];
  }).flat();
}

Deno.test("acceptancePatterns() tells kinds of files that do worse than all others", async () => {
  await using connected = await connectTo([
    makePrompt({ id: "p" }),
    ...edits("ts", 40, 1),
    ...edits("css", 20, 18),
  ]);

  const answer = await connected.call("analyze_acceptance_patterns");

  const patterns = answer.patterns as { by: string; key: string; against_others: string }[];
  const of = (key: string) => patterns.find((one) => one.key === key)?.against_others;
  assert.deepEqual([answer.status, answer.n], ["ok", 60]);
  assert.deepEqual([of("ts"), of("css")], ["better", "worse"]);
  assert.match((answer.recommendations as string[])[0]!, /extension css.* 10 % of 20/);
});

Deno.test("acceptancePatterns() narrows to a kind of file and an operation", async () => {
  await using connected = await connectTo([makePrompt({ id: "p" }), ...edits("ts", 4, 1)]);

  const answer = await connected.call("analyze_acceptance_patterns", {
    file_type: ".css",
    operation: "create",
  });

  assert.deepEqual([answer.status, answer.n, answer.needed], ["insufficient_data", 0, 20]);
  assert.deepEqual([answer.patterns, answer.recommendations], [[], []]);
});

Deno.test("acceptancePatterns() has numbers of one operation alone, as its like", async () => {
  await using connected = await connectTo([
    makePrompt({ id: "p" }),
    ...edits("go", 24, 1),
    ...edits("ts", 12, 2),
    ...edits("md", 6, 5, "Write"),
    ...edits("rs", 3, 1, "Write"),
  ]);
  const of = (given: Record<string, string>) =>
    connected.call("analyze_acceptance_patterns", given);
  const told = ({ n, overall, patterns }: Awaited<ReturnType<typeof of>>) => [
    n,
    (overall as { n: number }).n,
    (patterns as { key: string; rate: { n: number } }[])
      .map(({ key, rate }) => `${key} ${rate.n}`),
  ];

  const create = await of({ operation: "create" });
  const edit = await of({ operation: "edit", file_type: "go" });
  const like = await connected.call("find_successful_patterns", {
    file_type: "go",
    operation_type: "edit",
  });

  assert.deepEqual(told(create), [9, 9, ["Write 9", "md 6", "rs 3"]]);
  assert.deepEqual(told(edit), [24, 24, ["go 24", "Edit 24"]]);
  assert.deepEqual([like.n, like.rate], [edit.n, edit.overall]);
});

Deno.test("extensionOf() takes what is no extension for other", () => {
  assert.deepEqual(["ts", ".TS", "my secret", ""].map(extensionOf), [
    "ts",
    "ts",
    "other",
    "other",
  ]);
});

Deno.test("productivity() compares the last day with the best, and no team", async () => {
  const days = [0, 1, 2].flatMap((day) => [
    makePrompt({ id: `p${day}`, at: NOON - day * DAY_MS }),
    ...Array.from(
      { length: day + 1 },
      (_, i) => makeToolUse({ id: `u${day}-${i}`, use: `u${day}-${i}`, at: NOON - day * DAY_MS }),
    ),
  ]);
  await using connected = await connectTo(days);

  const mine = await connected.call("analyze_productivity");
  const team = await connected.call("analyze_productivity", { compare_to: "team_average" });

  const measures = mine.measures as Record<string, unknown>[];
  const uses = measures.find(({ name }) => name === "tool_uses")!;
  assert.deepEqual([uses.last_day, uses.median, uses.best, uses.best_day], [
    1,
    2,
    3,
    "2026-02-27",
  ]);
  assert.deepEqual([team.status, team.measures], ["insufficient_data", []]);
});

Deno.test("productivity() finds no project that is not there", async () => {
  await using connected = await connectTo();

  const known = await connected.call("analyze_productivity", { context: ONE });

  assert.equal(known.status, "insufficient_data");
  assert.match(
    await connected.refusal("analyze_productivity", { context: "nope" }),
    /^Cannot find the project: .*search_sessions/,
  );
});

Deno.test("productivity() names no best day of what there was none of on any", async () => {
  const days = [0, 1, 2].map((day) => makePrompt({ id: `p${day}`, at: NOON - day * DAY_MS }));
  await using connected = await connectTo(days);

  const { measures } = await connected.call("analyze_productivity");

  const [commits, prompts] = ["git_commits", "user_prompts"].map((wanted) =>
    (measures as Record<string, unknown>[]).find(({ name }) => name === wanted)!
  );
  assert.deepEqual([commits!.last_day, commits!.best, commits!.best_day], [0, null, null]);
  assert.deepEqual([prompts!.best, prompts!.best_day], [1, "2026-03-01"]);
});

Deno.test("errorPatterns() has the tools that fail, from a frequency on", async () => {
  await using connected = await connectTo();

  const often = await connected.call("get_error_patterns", { min_frequency: 2 });
  const all = await connected.call("get_error_patterns", { min_frequency: 1, tool: "Bash" });

  assert.deepEqual(often.patterns, []);
  const [bash, ...more] = all.patterns as { tool: string; count: number }[];
  assert.deepEqual([bash!.tool, bash!.count, more.length], ["Bash", 1, 0]);
});

Deno.test("contextualInsights() puts what is about this session first", async () => {
  const failing = (session: string, at: number) => [
    makePrompt({ id: `p-${session}`, session, at }),
    ...Array.from({ length: 30 }, (_, i) => {
      const of = { use: `${session}${i}`, session, at: at + i * 1000 };
      return [
        makeToolUse({ ...of, id: `u-${of.use}`, tool: "Bash" }),
        makeToolResult({ ...of, id: `r-${of.use}`, outcome: "failed" }),
      ];
    }).flat(),
  ];
  await using connected = await connectTo([
    ...failing("s1", NOON - DAY_MS),
    ...failing("s2", NOON),
  ]);

  const answer = await connected.call("get_contextual_insights", {
    current_file: "/home/ada/secret.ts",
  }, { "test/toolUseId": "s20" });

  const insights = answer.insights as { about: string }[];
  assert.ok(insights.length > 0);
  const ranks = ["this session", "Bash", "this project", "other work"];
  const found = insights.map(({ about }) => ranks.indexOf(about));
  assert.deepEqual(found, found.toSorted((a, b) => a - b));
  assert.equal(found[0], 0);
  assert.doesNotMatch(JSON.stringify(answer), /ada|secret/);
});
