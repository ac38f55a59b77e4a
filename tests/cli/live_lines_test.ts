/** Tests of what the live screen shows, in any room that there is. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import type { LiveChoice } from "../../cli/live_choice.ts";
import { type LiveView, screenLines, type ScreenLook, sparkline } from "../../cli/live_lines.ts";
import { paintFor, visibleWidth } from "../../cli/table.ts";
import { LIVE_PERIODS, type LivePicture } from "../../core/live_picture.ts";
import type { Running } from "../../core/reports/running.ts";
import { NOON } from "../helpers/events.ts";
import { makePicture } from "../helpers/live_pictures.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { recordedIo } from "./recorded_io.ts";

const MINUTE_MS = 60_000;
const labels = new Map([["p1", "engine"]]);
const choice: LiveChoice = {
  period: "24h",
  grouping: "tools",
  platform: undefined,
  isPaused: false,
  isHelp: false,
};

function paintOf(color: boolean) {
  using machine = tempMachine();
  const env = { NO_COLOR: "", FORCE_COLOR: "1" };
  return paintFor(recordedIo(machine, [], { env }), { color, sync: true });
}

function look(columns = 80, rows = 24, color = false): ScreenLook {
  const bars = [..."▁▂▃▄▅▆▇█"];
  return { columns, rows, paint: paintOf(color), bars, now: NOON + 4001, labels, choice };
}

function view(changes: Partial<LiveView> = {}): LiveView {
  return { picture: makePicture(), period: "24h", source: "redis", ...changes };
}

Deno.test("screenLines() shows numbers, tools, models, the last hour and their age", () => {
  const lines = screenLines(view(), look());

  match(lines[0]!, /Blueplane {3}1 1h {3}2 24h {3}3 7d {3}4 30d {3}5 all +$/);
  ok(lines.some((line) => /^ active time +– +– +a_tie +7$/.test(line)), lines.join("\n"));
  ok(lines.some((line) => /^ last 24h +value +change +tool +calls$/.test(line)));
  ok(lines.some((line) => / first_models_b… +\$101\.70$/.test(line)));
  ok(lines.includes(" output tokens a minute, last hour; peak 2"));
  equal(lines.at(-2), " updated 4 s ago, from the live picture in Redis");
  equal(lines.at(-1), " 1–5 p period   g group   c platform   space pause   ? help   q quit");
  equal(lines.length, 24);
});

Deno.test("screenLines() has no changes of all time, and no key for what has no room", () => {
  const of = (period: "24h" | "all", columns: number) =>
    screenLines(view({ period }), { ...look(columns), choice: { ...choice, period } });
  const hasIn = (lines: readonly string[], word: string) =>
    lines.some((line) => line.includes(word));

  deepEqual([hasIn(of("24h", 80), "change"), hasIn(of("all", 80), "change")], [true, false]);
  ok(hasIn(of("all", 80), "value"));
  deepEqual([hasIn(of("24h", 80), "g group"), hasIn(of("24h", 60), "g group")], [true, false]);
});

/** A picture with numbers as months of work make them. */
function busyPicture(times: number): LivePicture {
  const picture = makePicture();
  const numbers: Record<string, number> = {
    cost_usd: 12_345 * times,
    cost_is_lower_bound: 1,
    change_cost_usd: -9876 * times,
    sessions: 1234,
    change_sessions: 9999,
    active_ms: 86_000_000 * times,
    change_active_ms: 83_100_000,
    tokens_cache_read: 34_512_345_678,
    change_tokens_cache_read: -12_345_678_901,
    acceptance_rate: 1,
    acceptance_n: 9999,
    change_acceptance_rate: -1,
    tool_ms_p50: 1200,
    tool_ms_p95: 59_400,
    turn_ms_p50: 7_500_000,
    turn_ms_p95: 11_100_000,
  };
  const part = picture.periods["24h"]!;
  const tools = [["NotebookEdit", 123_456 * times], ["Bash", 7]] as const;
  const models_by_cost = [["claude-opus-4-6", 12_345.6 * times]] as const;
  const rankings = { ...part.rankings, tools, models_by_cost };
  return { ...picture, periods: { "24h": { numbers, rankings } } };
}

Deno.test("screenLines() has all its parts in 80 columns, whatever the numbers are", () => {
  const lines = screenLines(view({ picture: busyPicture(9) }), look());

  for (
    const whole of [
      /^ cost +≥\$111,105 +▼ \$88,884 {2}NotebookEdit +1\.1M$/,
      /^ active time +8 d 23 h +▲ 23 h 05 min {2}/,
      /^ cache reads +34\.5G +▼ 12\.3G$/,
      /^ edits accepted +100\.0 % of 9,999 +▼ 100\.0 pt$/,
      /^ time of a tool call +1\.2 s, p95 59 s +–$/,
      /^ time of a turn +2 h 05 min +–$/,
      / {2}opus-4-6 +≥\$111,110$/,
    ]
  ) {
    ok(lines.some((line) => whole.test(line)), `${whole}\n${lines.join("\n")}`);
  }
});

Deno.test("screenLines() keeps its columns where they are, whatever the numbers are", () => {
  for (const columns of [40, 60, 70, 80, 99, 100, 120, 200]) {
    const heads = [makePicture(), busyPicture(1), busyPicture(90)].map((picture) =>
      screenLines(view({ picture }), look(columns, 30))[2]
    );
    deepEqual(new Set(heads).size, 1, heads.join("\n"));
  }
});

Deno.test("screenLines() leaves out what matters least, where there are few columns", () => {
  const parts = (columns: number) => {
    const text = screenLines(view(), look(columns)).join("\n");
    return ["value", "of_1", "change"].filter((part) => text.includes(part));
  };
  deepEqual(parts(80), ["value", "of_1", "change"]);
  deepEqual([parts(79), parts(65)], [["value", "of_1"], ["value", "of_1"]]);
  deepEqual([parts(64), parts(53)], [["value", "change"], ["value", "change"]]);
  deepEqual([parts(52), parts(14)], [["value"], ["value"]]);
});

Deno.test("screenLines() cuts no number, however little room there is", () => {
  for (let columns = 14; columns <= 130; columns++) {
    for (const rows of [1, 3, 5, 8, 24, 60]) {
      const busy = view({ picture: busyPicture(9), running: RUNNING });
      const lines = screenLines(busy, look(columns, rows));

      const text = `${columns}x${rows}\n${lines.join("\n")}`;
      ok(lines.length <= rows, text);
      ok(!/[\d.,$≥▲▼] ?…/.test(text), text);
      ok(lines.some((line) => line.endsWith(" ≥$111,105") || / ≥\$111,105 {2}/.test(line)), text);
      if (rows >= 24) ok(/ ▶ .* {2}≥\$1\.50\n/.test(text), text);
    }
  }
});

Deno.test("screenLines() has the change of a number whole, or not at all", () => {
  const picture = makePicture(), part = picture.periods["24h"]!;
  const shown = (change: number, columns: number) => {
    const numbers = { ...part.numbers, active_ms: 8_000_000, change_active_ms: change };
    const told = { ...picture, periods: { "24h": { ...part, numbers } } };
    const lines = screenLines(view({ picture: told }), look(columns));
    return lines.find((line) => line.startsWith(" active time "))!.replace(/ {2}a_tie.*/, "");
  };
  for (const columns of [53, 80, 200]) {
    match(shown(-77 * MINUTE_MS, columns), /2 h 13 min +▼ 1 h 17 min$/);
    match(shown(-11 * 60 * MINUTE_MS, columns), /2 h 13 min +▼ 11 h 00 min$/);
  }
  match(shown(-77 * MINUTE_MS, 52), /2 h 13 min$/);
});

Deno.test("screenLines() has numbers before all else, when there are few rows", () => {
  const parts = (columns: number, rows: number) => {
    const lines = screenLines(view(), look(columns, rows));
    equal(lines.length, rows);
    return lines.map((line) => /^ ?[▁▂█]/.test(line) ? "chart" : line.trim().split(/ {2,}/)[0]);
  };
  deepEqual(parts(80, 1), ["cost"]);
  deepEqual(parts(80, 3), ["last 24h", "cost", "sessions"]);
  deepEqual(parts(20, 5).slice(0, 2), ["24h", "cost"]);
  deepEqual(parts(20, 5).at(-1), "4 s ago");
  ok(!parts(80, 8).includes("chart"));
  ok(parts(80, 9).includes("chart"));
});

Deno.test("screenLines() fills the room with what there is more of", () => {
  const ranks = Array.from({ length: 40 }, (_, i) => [`t${i}`, 40 - i] as const);
  const picture = makePicture(), part = picture.periods["24h"]!;
  const rankings = { ...part.rankings, tools: ranks, models_by_cost: ranks.slice(0, 3) };
  const sessions = Array.from({ length: 8 }, () => RUNNING.sessions[0]!);
  const full = view({
    picture: { ...picture, periods: { "24h": { ...part, rankings } } },
    running: { ...RUNNING, sessions },
  });
  const count = (rows: number) => {
    const lines = screenLines(full, look(120, rows));
    equal(lines.length, rows);
    ok(lines.includes(" last  rejected Edit 2 min ago"));
    const tools = lines.filter((line) => / t\d+ +\d+$/.test(line)).length;
    const models = lines.filter((line) => / t\d+ +\$\d+\.00$/.test(line)).length;
    return { tools, models, running: lines.filter((line) => line.startsWith(" ▶")).length };
  };
  deepEqual(count(24), { tools: 8, models: 3, running: 3 });
  deepEqual(count(50), { tools: 26, models: 3, running: 8 });
});

Deno.test("screenLines() colours changes for better and worse, as the table does", () => {
  const change = (changed: Record<string, number>, rows: number) => {
    const picture = makePicture(), part = picture.periods["24h"]!;
    const numbers = { ...part.numbers, ...changed };
    const told = { ...picture, periods: { "24h": { ...part, numbers } } };
    return screenLines(view({ picture: told }), look(80, rows, true)).join("\n");
  };
  for (const rows of [20, 24, 40]) {
    ok(change({ change_cost_usd: 2 }, rows).includes("\x1b[31m▲ $2.00\x1b[39m"));
    ok(change({ change_cost_usd: -2 }, rows).includes("\x1b[32m▼ $2.00\x1b[39m"));
    ok(change({ change_error_rate: 0.5 }, rows).includes("\x1b[31m▲ 50.0 pt\x1b[39m"));
    ok(change({ change_sessions: 7 }, rows).includes(" ▲ 7 "));
  }
});

Deno.test("screenLines() draws with the bars that a terminal has", () => {
  const lines = screenLines(view(), { ...look(), bars: [...".:|#"] });
  match(lines.at(-3)!, /^ [.:|#]{60}$/);
});

Deno.test("screenLines() fits into any room, whatever the picture holds", () => {
  const names = fc.dictionary(fc.string(), fc.double({ noNaN: true }), { maxKeys: 30 });
  const ranks = fc.array(fc.tuple(fc.string(), fc.double({ min: 0, noNaN: true })));
  fc.assert(
    fc.property(
      fc.record({
        columns: fc.integer({ min: 1, max: 200 }),
        rows: fc.integer({ min: 1, max: 60 }),
        period: fc.constantFrom(...LIVE_PERIODS),
        color: fc.boolean(),
        names,
        ranks,
      }),
      ({ columns, rows, period, color, names, ranks }) => {
        const whole = makePicture();
        const part = whole.periods[period]!;
        const picture = {
          ...whole,
          periods: {
            [period]: {
              numbers: { ...part.numbers, ...names },
              rankings: { ...part.rankings, tools: ranks, models_by_cost: ranks },
            },
          },
        };

        const lines = screenLines(view({ picture, period }), look(columns, rows, color));

        ok(lines.length <= rows);
        for (const line of lines) ok(visibleWidth(line) <= columns, `${columns}: ${line}`);
        // deno-lint-ignore no-control-regex -- what a terminal would obey
        ok(!/[\x00-\x1a\x1c-\x1f]/.test(lines.join("")));
      },
    ),
    fcRuns(),
  );
});

Deno.test("screenLines() keeps the foot and the last hour, when there are few rows", () => {
  const lines = screenLines(view(), look(80, 10));
  equal(lines.length, 10);
  match(lines[0]!, /Blueplane/);
  match(lines[1]!, /last 24h/);
  match(lines[6]!, /output tokens a minute/);
  match(lines[8]!, /updated/);
  match(lines[9]!, /q quit/);
});

Deno.test("sparkline() has a bar a minute, the highest for the most", () => {
  const points = [[NOON - 4 * MINUTE_MS, 9], [NOON - 2 * MINUTE_MS, 1], [NOON, 70]] as const;
  equal(sparkline(points, NOON + 59_999, 4), "▁▂▁█");
  equal(sparkline(points, NOON + MINUTE_MS, 4), "▂▁█▁");
  equal(sparkline([], NOON, 3), "▁▁▁");
  deepEqual([...sparkline(points, NOON, 60)].length, 60);
});

const RUNNING: Running = {
  sessions: [
    {
      session_id: "abcdefgh-1",
      platform: "claude_code",
      project_id: "p1",
      last_at: NOON - 1000,
      tool: "Bash",
      tool_at: NOON - 8000,
      cost_usd: 1.5,
      cost_is_lower_bound: true,
      cost_coverage: 1,
    },
    {
      session_id: "ijklmnop-2",
      platform: "cursor",
      project_id: null,
      last_at: NOON - 200_000,
      tool: null,
      tool_at: null,
      cost_usd: null,
      cost_is_lower_bound: null,
      cost_coverage: null,
    },
  ],
  decisions: [{ session_id: "abcdefgh-1", at: NOON - 90_000, tool: "Edit", kind: "rejected" }],
};

Deno.test("screenLines() shows what goes on now, in 80 columns and in 60", () => {
  for (const columns of [80, 60]) {
    const lines = screenLines(view({ running: RUNNING }), look(columns));

    equal(lines.length, 24);
    ok(lines.some((line) => /^ now {2}2 running · \$\S+\/h · \S+ output tokens/.test(line)));
    ok(
      lines.some((line) => /^ ▶ engine {14}Bash 12 s {17}≥\$1\.50$/.test(line)),
      lines.join("\n"),
    );
    ok(lines.some((line) => /^ {3}ijklmnop {12}3 min ago {17}–$/.test(line)), lines.join("\n"));
    ok(lines.includes(" last  rejected Edit 2 min ago"));
    for (const title of ["cost", "prompts", "output tokens", "edits accepted"]) {
      ok(lines.some((line) => line.startsWith(` ${title} `)), `${title}\n${lines.join("\n")}`);
    }
    match(lines.at(-1)!, /q quit$/);
  }
});

Deno.test("screenLines() shows another ranking, a platform and a pause, when chosen", () => {
  const chosen = (changes: Partial<LiveChoice>) =>
    screenLines(view(), { ...look(), choice: { ...choice, ...changes } }).join("\n");

  match(chosen({ grouping: "models" }), /model +cost\n[^]* model +tokens\n/);
  match(chosen({ grouping: "projects" }), /project +sessions\n[^]* session +cost\n/);
  match(chosen({ platform: "cursor" }), /5 all +Cursor \n/);
  match(chosen({ isPaused: true }), /5 all +paused \n/);
  match(chosen({ platform: "cursor", isPaused: true }), /5 all +Cursor · paused \n/);
  for (const columns of [20, 30, 40, 60]) {
    const [title] = screenLines(view(), {
      ...look(columns),
      choice: { ...choice, isPaused: true },
    });
    match(title!, / paused $/);
  }
});

Deno.test("screenLines() explains every key, when asked", () => {
  const lines = screenLines(view(), { ...look(), choice: { ...choice, isHelp: true } });

  ok(lines.some((line) => /^ space {2}pauses/.test(line)), lines.join("\n"));
  ok(!lines.some((line) => line.startsWith(" cost")));
});

Deno.test("screenLines() explains g only where it does something", () => {
  for (const [columns, isThere] of [[100, true], [60, false]] as const) {
    const lines = screenLines(view(), { ...look(columns), choice: { ...choice, isHelp: true } });
    equal(lines.some((line) => / g {2,}beside/.test(line)), isThere, lines.join("\n"));
  }
});
