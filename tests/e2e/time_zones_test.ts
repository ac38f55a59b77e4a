/** Tests of one database that is read in several time zones. */

import { deepEqual, equal, notDeepEqual } from "node:assert/strict";
import { type Machine, runBinary, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

/** Whole hours, half ones, quarters, and a night in which clocks are set back. */
const ZONES = ["UTC", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York"];
/** Turns of five seconds, most of them over somebody's midnight. */
const TURNS_AT = [
  "2026-10-31T18:14:57.000Z",
  "2026-10-31T18:29:57.000Z",
  "2026-10-31T23:59:57.000Z",
  "2026-11-01T03:59:57.000Z",
  "2026-11-01T05:30:00.000Z",
  "2026-11-01T06:30:00.000Z",
  "2026-11-01T18:14:57.000Z",
  "2026-11-02T04:59:57.000Z",
  "2026-11-08T18:29:57.000Z",
].map((text) => Date.parse(text));
const SECOND_MS = 1000;

async function metrics(machine: Machine, zone: string, groupBy: string) {
  const { stdout } = await runBinary(
    machine,
    [
      ...["metrics", "--json", "--no-sync", "--group-by", groupBy],
      ...["--since", "2026-10-30T00:00:00Z", "--until", "2026-11-10T00:00:00Z"],
    ],
    { env: { ...machine.env, TZ: zone } },
  );
  return JSON.parse(stdout);
}

/** The local day or hour of a moment, as the platform's own calendar has it. */
function keyOf(at: number, zone: string, by: "hour" | "day"): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  const day = `${part("year")}-${part("month")}-${part("day")}`;
  return by === "day" ? day : `${day}T${part("hour")}`;
}

/** Milliseconds from each prompt to its response, by the local time in which they were. */
function expectedModelMs(zone: string, by: "hour" | "day"): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const at of TURNS_AT) {
    for (let second = 1; second <= 4; second++) {
      const key = keyOf(at + second * SECOND_MS, zone, by);
      sums[key] = (sums[key] ?? 0) + SECOND_MS;
    }
  }
  return sums;
}

Deno.test("blueplane metrics differs between time zones in how time is cut alone", async () => {
  using machine = tempMachine();
  TURNS_AT.forEach((startedAt, i) => {
    const transcript = new Transcript(machine.claude, { session: i + 1, startedAt });
    transcript.prompt();
    // Each line comes a second after the one before.
    for (let line = 0; line < 3; line++) transcript.line("system", {});
    transcript.response({ output: 10 + i });
  });
  await runBinary(machine, ["sync"]);
  const read = async (zone: string) => ({
    hour: await metrics(machine, zone, "hour"),
    day: await metrics(machine, zone, "day"),
    week: await metrics(machine, zone, "week"),
  });
  const utc = await read("UTC");
  equal(utc.day.totals.assistant_messages, TURNS_AT.length);
  equal(utc.day.time.model_ms, TURNS_AT.length * 4 * SECOND_MS);

  for (const zone of ZONES) {
    const found = zone === "UTC" ? utc : await read(zone);
    for (const by of ["hour", "day", "week"] as const) {
      // Days, streaks and peak hours are of the zone as the groups are.
      const { groups, usage, ...rest } = found[by];
      const { groups: _, usage: utcUsage, ...same } = utc[by];
      deepEqual(rest, same, `${zone} by ${by}`);
      equal(usage.operations, utcUsage.operations);
      deepEqual(usage.prompts, utcUsage.prompts);
      const sum = (of: (group: typeof groups[number]) => number) =>
        groups.reduce((all: number, group: typeof groups[number]) => all + of(group), 0);
      equal(sum((group) => group.totals.tokens.output), rest.totals.tokens.output);
      equal(sum((group) => group.totals.user_prompts), rest.totals.user_prompts);
      equal(sum((group) => group.time.model_ms), rest.time.model_ms);
      equal(sum((group) => group.time.duration_ms), rest.time.duration_ms);
      if (by === "week") continue;
      deepEqual(
        Object.fromEntries(groups.map((group: typeof groups[number]) => [
          group.key,
          group.time.model_ms,
        ])),
        expectedModelMs(zone, by),
        `${zone} by ${by}`,
      );
    }
    if (zone !== "UTC") notDeepEqual(found.day.groups, utc.day.groups);
  }
});
