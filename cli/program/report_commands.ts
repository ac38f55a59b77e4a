/**
 * The commands that show numbers.
 *
 * @module
 */

import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { INSIGHT_TYPES, SEVERITIES } from "../../core/insight_rule.ts";
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
  to.command("analyze")
    .description("One session in depth")
    .argument("<session>", "its id, how it begins, or last")
    .option("--tools", "calls by tool: how they ended, how long they took, what they changed")
    .option("--files", "files by extension: lines, and what became of edits")
    .option("--timeline", "turn by turn: when, how long, with which tools, and the cost so far")
    .option("--insights", "what was found in it, and what to do")
    .addHelpText(
      "after",
      examples("analyze last", "analyze 8c1f4a6e --timeline", "analyze last --json"),
    )
    .action(act(async () => (await import("../commands/analyze.ts")).runAnalyze));
  addInsights(program, act);
}

function addInsights(program: unknown, act: Act): void {
  const to = withFilters(
    (program as Program).command("insights")
      .description("What was found in sessions, each with its numbers and what to do")
      .addOption(
        new Option("--type <what>", "only these").choices([...INSIGHT_TYPES, "all"])
          .default("all"),
      )
      .addOption(
        new Option("--priority <what>", "only those that matter so much")
          .choices([...SEVERITIES, "all"]).default("all"),
      )
      .option("--hidden", "show dismissed and muted ones, too")
      .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
      .addOption(formatOption()),
  ).helpCommand(false).addHelpText(
    "after",
    examples("insights --priority high", "insights --type cost --json", "insights dismiss ID"),
  );
  to.action(act(async () => (await import("../commands/insights.ts")).runInsights));
  const load = () => import("../commands/insight_changes.ts");
  const what = { id: "id of an insight, as the list shows it", kind: "kind of insights" };
  to.command("dismiss")
    .description("Hide an insight until it gets clearly worse")
    .argument("<id>", what.id)
    .addHelpText("after", examples("insights dismiss 1a2b3c4d"))
    .action(act(async () => (await load()).runInsightDismiss));
  to.command("restore")
    .description("Show an insight that was dismissed")
    .argument("<id>", what.id)
    .addHelpText("after", examples("insights restore 1a2b3c4d"))
    .action(act(async () => (await load()).runInsightRestore));
  to.command("mute")
    .description("Hide all insights of a kind")
    .argument("<kind>", what.kind)
    .addHelpText("after", examples("insights mute patterns.churn"))
    .action(act(async () => (await load()).runInsightMute));
  to.command("unmute")
    .description("Show a kind that was muted")
    .argument("<kind>", what.kind)
    .addHelpText("after", examples("insights unmute patterns.churn"))
    .action(act(async () => (await load()).runInsightUnmute));
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

export { formatOption, withFilters };
