/** Tests of the foot of the live screen: the age of the numbers, and what they leave out. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { footLines } from "../../cli/live_foot.ts";
import type { LiveView } from "../../cli/live_lines.ts";
import type { Paint } from "../../cli/table.ts";
import { NOON } from "../helpers/events.ts";
import { makePicture } from "../helpers/live_pictures.ts";

function plain(text: string): string {
  return text;
}
const paint: Paint = {
  dim: plain,
  bold: plain,
  green: plain,
  red: plain,
  yellow: (text) => `!${text}`,
};

function feet(changes: Partial<LiveView>, columns = 80, at = NOON): string[] {
  const view: LiveView = { picture: makePicture(), period: "24h", source: "redis", ...changes };
  return footLines(view, { columns, paint, now: at + 4001 });
}

Deno.test("footLines() says where the numbers are from, and why from there", () => {
  const trouble = "Cannot reach Redis: nothing listens at redis.url";
  const source = "database";

  deepEqual(feet({}), [" updated 4 s ago, from the live picture in Redis"]);
  deepEqual(feet({ source }), [" updated 4 s ago, from the database"]);
  deepEqual(feet({ source, isServed: true }), [" updated 4 s ago, from the server"]);
  deepEqual(feet({ source, trouble }, 120), [
    ` updated 4 s ago, from the database !(${trouble})`,
  ]);
});

Deno.test("footLines() cuts nothing, and why it is not new has lines of its own", () => {
  const trouble = "Cannot publish to Redis: no server with the key of this machine is there";

  deepEqual(feet({}, 40), [" updated 4 s ago, from Redis"]);
  deepEqual(feet({}, 20), [" 4 s ago"]);
  deepEqual(feet({ trouble, source: "database" }, 60), [
    "! Cannot publish to Redis: no server with the key of this",
    "! machine is there",
    " updated 4 s ago, from the database",
  ]);
  for (let columns = 24; columns < 130; columns++) {
    ok(!feet({ trouble }, columns).some((line) => line.endsWith("…")), `${columns}`);
  }
});

Deno.test("footLines() says what is not read and not derived again so far", () => {
  const told = (coverage: Record<string, number>, columns?: number) => {
    const picture = makePicture(), part = picture.periods["24h"]!;
    const numbers = { ...part.numbers, ...coverage };
    const whole = { ...picture, periods: { "24h": { ...part, numbers } } };
    return feet({ picture: whole }, columns).slice(0, -1);
  };
  const reading = { files_done: 12, files_total: 3200 };
  deepEqual(told(reading), [" 12 of 3,200 files are read"]);
  deepEqual(told(reading, 16), [" 12 of 3,200", " files are read"]);
  deepEqual(told({ files_done: 3200, files_total: 3200 }), []);
  const rebuilding = { rebuild_blocks_done: 3, rebuild_blocks_total: 1210 };
  deepEqual(told(rebuilding), [" rebuilding: 3 of 1,210 blocks"]);
  deepEqual(told({ rebuild_blocks_done: 0, rebuild_blocks_total: 0 }), []);
});

Deno.test("footLines() is yellow, when the numbers are old", () => {
  equal(feet({}, 80, NOON + 175_000)[0]!.startsWith("!"), false);
  equal(feet({}, 80, NOON + 200_000)[0]!.startsWith("!"), true);
});
