/**
 * The commands that show numbers.
 *
 * @module
 */

import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { INSIGHT_TYPES } from "../../core/insight_kinds.ts";
import { GROUPINGS } from "../../core/reports/groups.ts";
import { PERIODS } from "../../core/reports/period.ts";
import { FORMATS } from "../formats/chosen_format.ts";
import { type Act, examples, type Program, wholeNumber } from "./command_parts.ts";

/** Adds them. */
export function addReportCommands(program: unknown, act: Act): void {
  const to = program as Program;
  to.commandsGroup("Numbers:");
  withFilters(
    to.command("metrics")
      .description("Headline numbers of a period, with the change against the one before")
      .addOption(
        new Option("-p, --period <name>", "rolling period").choices(Object.keys(PERIODS))
          .default("24h"),
      )
      .option("--since <time>", "from this local date or time on")
      .option("--until <time>", "up to this local date or time")
      .addOption(new Option("--group-by <what>", "one row a group").choices(GROUPINGS))
      .addOption(formatOption())
      .option("--list", "the catalogue: what each number is, and what it rests on")
      .option("--watch", "a live screen; with --json a line for each change")
      .option("--interval <seconds>", "how often --watch looks for news (2)", lookSeconds),
  ).addHelpText(
    "after",
    examples(
      "metrics -p 30d --group-by model",
      "metrics --since 2026-11-01 --group-by day --json",
      "metrics --watch -p 1h",
      "metrics --list",
    ),
  ).action(act(async () => (await import("../commands/metrics.ts")).runMetrics));
  withFilters(
    to.command("sessions")
      .description("Sessions, the latest first")
      .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
      .option("--offset <number>", "how many to pass over", wholeNumber, 0)
      .addOption(formatOption()),
  ).addHelpText("after", examples("sessions -n 5", "sessions -n 0 -f csv > sessions.csv"))
    .action(act(async () => (await import("../commands/sessions.ts")).runSessions));
  withFilters(
    to.command("insights")
      .description("What was found in sessions, each with its numbers and what to do")
      .addOption(
        new Option("--type <what>", "only these").choices([...INSIGHT_TYPES, "all"])
          .default("all"),
      )
      .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
      .addOption(formatOption()),
  ).addHelpText(
    "after",
    examples("insights --type errors", "insights --project blueplane --json"),
  )
    .action(act(async () => (await import("../commands/insights.ts")).runInsights));
}

function formatOption() {
  return new Option("-f, --format <name>", "how it is printed (table); --json is json")
    .choices(FORMATS);
}

function withFilters(command: unknown): Program {
  return (command as Program)
    .option("--platform <platform>", "only this assistant")
    .option("--project <name>", "only this project: its name or id")
    .option("--session <id>", "only this session: its id, or how it begins")
    .option("--model <name>", "only this model") as unknown as Program;
}

function lookSeconds(text: string): number {
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (seconds >= 0.2 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError("Cannot wait: it is no number of seconds from 0.2 to 3600");
}
