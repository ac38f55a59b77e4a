/** Tests of the commands that show numbers, as they are parsed. */

import { deepEqual, rejects } from "node:assert/strict";
import { addInsights, addMetrics, addSessions } from "../../../cli/program/report_commands.ts";
import { parsed } from "./parsed.ts";

Deno.test("addMetrics() shows a day, unless a period is named", async () => {
  deepEqual((await parsed(addMetrics, ["metrics"])).options, { period: "24h" });
  deepEqual((await parsed(addMetrics, ["metrics", "-p", "7d"])).options, { period: "7d" });
});

Deno.test("addMetrics() takes the filters that every report takes", async () => {
  const filters = { platform: "claude", project: "engine", session: "s1", model: "m" };
  const words = Object.entries(filters).flatMap(([name, value]) => [`--${name}`, value]);
  const reports = [["metrics", addMetrics], ["sessions", addSessions], [
    "insights",
    addInsights,
  ]] as const;
  for (const [command, add] of reports) {
    const { options } = await parsed(add, [command, ...words]);
    deepEqual({ ...options, ...filters }, options);
  }
});

Deno.test("addMetrics() takes an interval of a fifth of a second to an hour", async () => {
  for (const seconds of ["0.2", "3600"]) {
    const args = ["metrics", "--watch", "--interval", seconds];
    deepEqual((await parsed(addMetrics, args)).options["interval"], Number(seconds));
  }
  for (const seconds of ["0.1", "3601", "x", "-1"]) {
    await rejects(parsed(addMetrics, ["metrics", "--interval", seconds]), /number of/);
  }
});

Deno.test("addSessions() takes one session to analyze, and what to show of it", async () => {
  const { words, options } = await parsed(addSessions, ["analyze", "last", "--tools"]);
  deepEqual([words, options], [["last"], { tools: true }]);
  await rejects(parsed(addSessions, ["analyze"]), /session/);
});
