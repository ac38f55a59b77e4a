/** Tests of `blueplane metrics`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { keptNowhere } from "../../helpers/events.ts";
import { tellHome } from "../../helpers/filled_home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { nextTurn } from "../../../pipeline/slice.ts";

const NOON = new Date(2026, 2, 1, 12).getTime();
const CLOCK = { now: () => NOON, sleep: nextTurn };
const HOUR_MS = 3_600_000;

/** A session an hour old: a prompt, two responses, one failed and one good tool call. */
function writeSession(machine: Machine): Transcript {
  return new Transcript(machine.claude, { startedAt: NOON - HOUR_MS }).prompt()
    .response({ tool: "Edit", output: 1200, input: { file_path: "/home/ada/engine/a.ts" } })
    .result({
      toolUseResult: { structuredPatch: [{ lines: ["+a", "+b", "-c", " d"] }] },
    })
    .response({ tool: "Bash", output: 34 })
    .result({ content: "Exit code 1", isError: true });
}

async function metrics(machine: Machine, ...args: string[]) {
  return await runHere(machine, ["metrics", ...args], { clock: CLOCK });
}

Deno.test("runMetrics() prints the headline numbers of the last day", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const { code, stdout, stderr } = await metrics(machine);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  const row = (name: string) => stdout.split("\n").find((line) => line.startsWith(` ${name} `));
  // Nothing was recorded before: there is nothing to compare with.
  ok(!stdout.includes("change"));
  match(row("sessions")!, / 1$/);
  match(row("prompts")!, / 1$/);
  match(row("responses")!, / 2$/);
  match(row("tool calls")!, / 2$/);
  match(row("lines added")!, / 2$/);
  match(row("lines removed")!, / 1$/);
  match(row("output tokens")!, / 1,234$/);
  match(row("failed tool calls")!, / 50\.0 % of 2$/);
});

Deno.test("runMetrics() tells how long calls and turns took", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const { stdout } = await metrics(machine);
  match(stdout, /^ time of a tool call +–$/m);
  match(stdout, /^ time of a turn +4\.0 s, p95 4\.0 s$/m);
  match(stdout, /^ model at work +\d+ s$/m);
  const { latency, time } = JSON.parse((await metrics(machine, "--json")).stdout);
  deepEqual([latency.tool_ms, latency.turn_ms.n], [null, 1]);
  ok(Math.abs(latency.turn_ms.p50 - 4000) <= 40);
  equal(time.model_ms + time.tool_ms + time.user_ms + time.idle_ms, time.duration_ms);
});

Deno.test("runMetrics() compares with the period before, when that has anything", async () => {
  using machine = tempMachine();
  writeSession(machine);
  new Transcript(machine.claude, { session: 2, startedAt: NOON - 30 * HOUR_MS }).prompt()
    .prompt();
  const { stdout } = await metrics(machine);
  match(stdout, /^ sessions +1 +=$/m);
  match(stdout, /^ prompts +1 +▼ 1$/m);
  match(stdout, /^ responses +2 +▲ 2$/m);
});

Deno.test("runMetrics() says which period its numbers are of", async () => {
  using machine = tempMachine();
  writeSession(machine);
  match((await metrics(machine, "-p", "7d")).stdout, /7 ?d/);
});

Deno.test("runMetrics() prints the whole document as JSON and nothing else", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const { code, stdout, stderr } = await metrics(machine, "--json");
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  const document = JSON.parse(stdout);
  equal(Object.keys(document)[0], "schema");
  equal(document.schema, "blueplane.metrics/1");
  for (
    const name of ["period", "totals", "rates", "latency", "time", "concurrency", "change"]
  ) ok(name in document, name);
  for (const name of ["productivity", "coverage"]) ok(name in document, name);
  equal(document.totals.tool_uses, 2);
  equal(document.totals.cost_coverage, 1);
  deepEqual(document.rates.error.n, 2);
  deepEqual(document.coverage, {
    files_done: 1,
    files_total: 1,
    rebuild_blocks_done: 0,
    rebuild_blocks_total: 0,
  });
});

Deno.test("runMetrics() counts nothing twice, when it is asked again", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const first = await metrics(machine, "--json");
  const second = await metrics(machine, "--json");
  deepEqual(JSON.parse(second.stdout), JSON.parse(first.stdout));
});

Deno.test("runMetrics() takes the first moment of a period and not the one after it", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const total = async (...args: string[]) =>
    JSON.parse((await metrics(machine, "--json", ...args)).stdout).totals.sessions;
  equal(await total("-p", "1h"), 0 + 1);
  equal(await total("--since", "2026-03-01"), 1);
  equal(await total("--until", "2026-03-01"), 0);
  equal(await total("--since", "2026-03-01T11:30"), 0);
  equal(await total("--since", "2026-02-27", "--until", "2026-03-02"), 1);
});

Deno.test("runMetrics() refuses moments that are none, and periods turned round", async () => {
  using machine = tempMachine();
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await metrics(machine, ...args);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    return stderr;
  };
  match(await refused("--since", "yesterday"), /^error: Cannot read the time: 'yesterday' is no/);
  match(await refused("--since", "2026-02-30"), /^error: Cannot read the time: '2026-02-30'/);
  match(await refused("--since", "2026-13-01"), /^error: Cannot read the time: '2026-13-01'/);
  const turned = ["--since", "2026-01-02", "--until", "2026-01-01"];
  match(await refused(...turned), /^error: Cannot read the period: it ends before it begins\n$/);
  match(await refused("--since", "9999-01-01"), /the period: it begins in the future\n$/);
  match(await refused("-p", "7d", "--since", "2026-01-01"), /leave one of them out\n$/);
});

Deno.test("runMetrics() reads nothing and makes no folder, when called wrongly", async () => {
  using machine = tempMachine();
  await metrics(machine, "--platform", "emacs");
  await metrics(machine, "--since", "yesterday");
  deepEqual([...Deno.readDirSync(machine.path)].map(({ name }) => name).sort(), [
    "claude",
    "user",
  ]);
});

Deno.test("runMetrics() gives each group a row, by every grouping", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const keys = async (by: string) => {
    const { stdout } = await metrics(machine, "--group-by", by, "--json");
    return JSON.parse(stdout).groups.map((group: { key: string; label?: string }) =>
      group.label ?? group.key
    );
  };
  deepEqual(await keys("model"), ["claude-opus-4-6"]);
  deepEqual((await keys("tool")).sort(), ["Bash", "Edit"]);
  deepEqual(await keys("project"), ["engine"]);
  deepEqual(await keys("platform"), ["claude_code"]);
  deepEqual(await keys("hour"), ["2026-03-01T11"]);
  deepEqual(await keys("day"), ["2026-03-01"]);
  deepEqual(await keys("week"), ["2026-W09"]);
  deepEqual(await keys("month"), ["2026-03"]);
  deepEqual(await keys("weekday"), ["7"]);
});

Deno.test("runMetrics() keeps its tables within 80 columns", async () => {
  using machine = tempMachine();
  const transcript = writeSession(machine);
  for (let i = 0; i < 12; i++) {
    transcript.response({ tool: "AskUserQuestion", output: 1_234_567 }).result({
      toolUseResult: { structuredPatch: [{ lines: Array(1300).fill("+x") }] },
    });
  }
  for (
    const by of [[], ["--group-by", "tool"], ["--group-by", "hour"], ["--group-by", "model"]]
  ) {
    const args = ["metrics", ...by];
    const { stdout } = await runHere(machine, args, { clock: CLOCK, columns: 80 });
    deepEqual(stdout.split("\n").filter((line) => line.length > 80), []);
  }
});

Deno.test("runMetrics() says so, when a grouped period is empty", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { startedAt: NOON - 30 * HOUR_MS }).prompt();
  for (const format of ["table", "chart"]) {
    const { code, stdout } = await metrics(machine, "--group-by", "tool", "-f", format);
    deepEqual({ code, stdout }, { code: 0, stdout: "Nothing in this period.\n" });
  }
});

Deno.test("runMetrics() shows no zeros, when nothing was ever recorded", async () => {
  using machine = tempMachine();
  match((await metrics(machine)).stdout, /^No sessions yet;/);
  equal((await metrics(machine, "--model", "gpt-5")).stdout, "No session matches.\n");
  equal(JSON.parse((await metrics(machine, "--json")).stdout).totals.sessions, 0);
});

Deno.test("runMetrics() draws one metric that is asked for, and no other", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const { stdout } = await metrics(machine, "-f", "chart", "--metric", "tokens_output");
  match(stdout, /^output tokens by hour, last 24h: 1,234$/m);
  for (const args of [["--metric", "cost_usd"], ["-f", "chart", "--metric", "nonsense"]]) {
    const { code, stderr } = await metrics(machine, ...args);
    equal(code, 2);
    match(stderr, /^error: Cannot (use --metric|draw the metric): /);
  }
});

Deno.test("runMetrics() takes every spelling of a platform", async () => {
  using machine = tempMachine();
  writeSession(machine);
  for (const name of ["claude", "claude-code", "claude_code"]) {
    const { stdout } = await metrics(machine, "--platform", name, "--json");
    equal(JSON.parse(stdout).totals.sessions, 1, name);
  }
});

Deno.test("runMetrics() narrows its numbers to a session and to a model", async () => {
  using machine = tempMachine();
  const first = writeSession(machine);
  new Transcript(machine.claude, { session: 2, startedAt: NOON - HOUR_MS }).prompt()
    .response({ model: "claude-haiku-4-5-20251001", output: 9 });
  const output = async (...args: string[]) =>
    JSON.parse((await metrics(machine, "--json", ...args)).stdout).totals.tokens.output;
  equal(await output(), 1243);
  equal(await output("--session", first.sessionId), 1234);
  equal(await output("--model", "claude-haiku-4-5-20251001"), 9);
});

Deno.test("runMetrics() refuses --interval, when it watches nothing", async () => {
  using machine = tempMachine();
  for (const more of [[], ["--json"]]) {
    const { code, stdout, stderr } = await runHere(machine, [
      "metrics",
      "--interval",
      "5",
      ...more,
    ]);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    equal(stderr, "error: Cannot use --interval: it goes with --watch\n");
  }
});

Deno.test("runMetrics() prints the same numbers as JSON, CSV and Markdown", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const json = await metrics(machine, "--json");
  equal((await metrics(machine, "-f", "json")).stdout, json.stdout);
  match((await metrics(machine, "-f", "csv")).stdout, /^tokens_output,tokens,1234,/m);
  const markdown = await metrics(machine, "-f", "markdown");
  match(markdown.stdout, /^\| last 24h \| value \|\n\| --- \| ---: \|\n/);
  match(markdown.stdout, /^\| output tokens \| 1,234 \|$/m);
  const groups = await metrics(machine, "-f", "csv", "--group-by", "project");
  match(groups.stdout, /^[0-9a-f]{16},engine,1,1,/m);
});

Deno.test("runMetrics() says below a Markdown table what its sums leave out", async () => {
  using machine = tempMachine();
  writeSession(machine);
  await metrics(machine);
  await tellHome(machine.home, keptNowhere({ id: "a", platform: "cursor", at: NOON - HOUR_MS }));

  const { stdout } = await metrics(machine, "--no-sync", "-f", "markdown");

  ok(stdout.endsWith(
    "|\n\ntokens and cost are not kept in 1 of 2 sessions; they are in no sum\n",
  ));
});

Deno.test("runMetrics() refuses a format beside another one, or on a live screen", async () => {
  using machine = tempMachine();
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await metrics(machine, ...args);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    return stderr;
  };
  match(await refused("--json", "-f", "csv"), /^error: Cannot print csv: --json asks for JSON\n/);
  match(await refused("--watch", "-f", "csv"), /^error: Cannot watch as csv: --watch prints/);
  match(await refused("-f", "xml"), /table, json, chart, csv, markdown/);
});
