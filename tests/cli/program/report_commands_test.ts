/** Tests of the commands that show numbers, as they are parsed. */

import { deepEqual, rejects } from "node:assert/strict";
import { addReportCommands } from "../../../cli/program/report_commands.ts";
import { parsed } from "./parsed.ts";

Deno.test("addReportCommands() shows a day, unless a period is named", async () => {
  deepEqual((await parsed(addReportCommands, ["metrics"])).options, { period: "24h" });
  deepEqual((await parsed(addReportCommands, ["metrics", "-p", "7d"])).options, { period: "7d" });
});

Deno.test("addReportCommands() gives every report the same filters", async () => {
  const filters = { platform: "claude", project: "engine", session: "s1", model: "m" };
  const words = Object.entries(filters).flatMap(([name, value]) => [`--${name}`, value]);
  for (const command of ["metrics", "sessions", "insights"]) {
    const { options } = await parsed(addReportCommands, [command, ...words]);
    deepEqual({ ...options, ...filters }, options);
  }
});

Deno.test("addReportCommands() takes an interval of a fifth of a second to an hour", async () => {
  for (const seconds of ["0.2", "3600"]) {
    const args = ["metrics", "--watch", "--interval", seconds];
    deepEqual((await parsed(addReportCommands, args)).options["interval"], Number(seconds));
  }
  for (const seconds of ["0.1", "3601", "x", "-1"]) {
    await rejects(parsed(addReportCommands, ["metrics", "--interval", seconds]), /number of/);
  }
});

Deno.test("addReportCommands() takes one session to analyze, and what to show of it", async () => {
  const { words, options } = await parsed(addReportCommands, ["analyze", "last", "--tools"]);
  deepEqual([words, options], [["last"], { tools: true }]);
  await rejects(parsed(addReportCommands, ["analyze"]), /session/);
});
