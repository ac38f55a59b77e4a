/** Tests of what the live screen shows, in any room that there is. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { type LiveView, screenLines, type ScreenLook, sparkline } from "../../cli/live_lines.ts";
import { paintFor, visibleWidth } from "../../cli/table.ts";
import { LIVE_PERIODS, type LivePicture } from "../../core/live_picture.ts";
import { NOON } from "../helpers/events.ts";
import { makePicture } from "../helpers/live_pictures.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { fcRuns } from "../core/fc_runs.ts";
import { recordedIo } from "./recorded_io.ts";

const MINUTE_MS = 60_000;

function paintOf(color: boolean) {
  using machine = tempMachine();
  const env = { NO_COLOR: "", FORCE_COLOR: "1" };
  return paintFor(recordedIo(machine, [], { env }), { color, sync: true });
}

function look(columns = 80, rows = 24, color = false): ScreenLook {
  return { columns, rows, paint: paintOf(color), now: NOON + 4001 };
}

function view(changes: Partial<LiveView> = {}): LiveView {
  return { picture: makePicture(), period: "24h", source: "redis", ...changes };
}

Deno.test("screenLines() shows numbers, tools, models, the last hour and their age", () => {
  const lines = screenLines(view(), look());

  match(lines[0]!, /Blueplane {3}1 1h {3}2 24h {3}3 7d {3}4 30d +q quits/);
  ok(lines.some((line) => /^ active time +– +– +a_tie +7$/.test(line)), lines.join("\n"));
  ok(lines.some((line) => /^ last 24h +value +change +tool +calls$/.test(line)));
  ok(lines.some((line) => / first_models_by_cost +\$101\.70$/.test(line)));
  ok(lines.includes(" output tokens a minute, last hour; peak 2"));
  equal(lines.at(-1), " updated 4 s ago, from the live picture in Redis");
  equal(lines.length, 24);
});

Deno.test("screenLines() says where else the numbers are from, and why", () => {
  const trouble = "Cannot reach Redis: nothing listens at redis.url";
  const foot = (changes: Partial<LiveView>) => screenLines(view(changes), look(120)).at(-1);

  equal(foot({ source: "database" }), " updated 4 s ago, from the database");
  equal(
    foot({ source: "database", trouble }),
    ` updated 4 s ago, from the database (${trouble})`,
  );
});

Deno.test("screenLines() is yellow, when the numbers are old", () => {
  const foot = (madeAt: number) =>
    screenLines(view({ picture: { ...makePicture(), madeAt } }), look(80, 24, true)).at(-1)!;

  equal(foot(NOON - 175_000).includes("\x1b[33m"), false);
  equal(foot(NOON - 200_000).includes("\x1b[33m"), true);
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
  match(lines[7]!, /output tokens a minute/);
  match(lines[9]!, /updated/);
});

Deno.test("screenLines() ranks models by tokens, when none has a price", () => {
  const picture = makePicture();
  const part = picture.periods["24h"]!;
  const rankings = { ...part.rankings, models_by_cost: [] };
  const free: LivePicture = { ...picture, periods: { "24h": { ...part, rankings } } };

  const lines = screenLines(view({ picture: free }), look());

  ok(lines.some((line) => / model +tokens$/.test(line)));
  ok(lines.some((line) => / first_models_by_token\S* +103$/.test(line)), lines.join("\n"));
});

Deno.test("sparkline() has a bar a minute, the highest for the most", () => {
  const points = [[NOON - 4 * MINUTE_MS, 9], [NOON - 2 * MINUTE_MS, 1], [NOON, 70]] as const;
  equal(sparkline(points, NOON + 59_999, 4), "▁▂▁█");
  equal(sparkline(points, NOON + MINUTE_MS, 4), "▂▁█▁");
  equal(sparkline([], NOON, 3), "▁▁▁");
  deepEqual([...sparkline(points, NOON, 60)].length, 60);
});
