/**
 * The commands that show numbers.
 *
 * @module
 */

import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { INSIGHT_TYPES, SEVERITIES } from "../../core/insight_rule.ts";
import { EXPORT_FORMATS, EXPORTS } from "../../core/exported.ts";
import { FORMATS, LIST_FORMATS } from "../formats/chosen_format.ts";
import {
  type Act,
  examples,
  formatOption,
  type Program,
  wholeNumber,
  withPeriod,
} from "./command_parts.ts";
import {
  ACCEPTANCE_DIMENSIONS,
  GROUPINGS,
  SESSION_SORTS,
} from "../../core/reports/report_choices.ts";

/** Adds `metrics`, the first of them. */
export function addMetrics(program: unknown, act: Act): void {
  const to = program as Program;
  to.commandsGroup("Numbers:");
  withFilters(
    withPeriod(
      to.command("metrics")
        .description("Headline numbers of a period, with the change against the one before"),
      { fallback: "24h" },
    )
      .addOption(new Option("--group-by <what>", "one row a group").choices(GROUPINGS))
      .addOption(formatOption(FORMATS))
      .option("--all", "every number of context, usage and productivity, too")
      .option("--metric <metric>", "the number that -f chart draws (cost and responses)")
      .option("--list", "the catalogue: what each number is, and what it rests on")
      .option("--watch", "a live screen; with --json a line for each change")
      .option("--interval <seconds>", "how often --watch looks for news (2)", lookSeconds),
  ).addHelpText(
    "after",
    examples(
      "metrics -p 30d --group-by model",
      "metrics --since 2026-11-01 --group-by day --json",
      "metrics --all -p 30d",
      "metrics -p 30d -f chart --metric tokens_output",
      "metrics --watch -p 1h",
      "metrics --list",
    ),
  ).action(act(async () => (await import("../commands/metrics.ts")).runMetrics));
}

/** Adds `acceptance`. */
export function addAcceptance(program: unknown, act: Act): void {
  const to = program as Program;
  withFilters(
    withPeriod(
      to.command("acceptance")
        .description(
          "What became of what the assistant proposed, by whom and what, and its cost",
        ),
      { fallback: "24h" },
    )
      .addOption(
        new Option("--by <what>", "one row for each of these").choices(ACCEPTANCE_DIMENSIONS),
      )
      .addOption(formatOption(LIST_FORMATS)),
  ).addHelpText("after", examples("acceptance -p 30d", "acceptance -p all --by model --json"))
    .action(act(async () => (await import("../commands/acceptance.ts")).runAcceptance));
}

/** Adds `sessions` and `analyze`. */
export function addSessions(program: unknown, act: Act): void {
  const to = program as Program;
  withFilters(
    withPeriod(
      to.command("sessions").description("Sessions, the latest first"),
      { fallback: "all", what: "only those that went on in this rolling period" },
    )
      .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
      .option("--offset <number>", "how many to pass over", wholeNumber, 0)
      .addOption(
        new Option("--sort <what>", "the most first; tokens of output, lines added").choices(
          SESSION_SORTS,
        ).default("recent"),
      )
      .option("--min-acceptance <share>", "edits accepted, from 0 to 1, at least", share)
      .addOption(formatOption(FORMATS)),
  ).addHelpText(
    "after",
    examples(
      "sessions -n 5",
      "sessions -p 7d --sort cost -n 10",
      "sessions -n 0 -f csv > sessions.csv",
    ),
  )
    .action(act(async () => (await import("../commands/sessions.ts")).runSessions));
  to.command("analyze")
    .description("One session in depth")
    .argument("<session>", "its id, how it begins, or last")
    .option("--tools", "calls by tool: how they ended, how long they took, what they changed")
    .option("--files", "files by extension: lines, and what became of edits")
    .option("--timeline", "turn by turn: when, how long, with which tools, and the cost so far")
    .option("--path", "what it waited for, by what and the longest first; and its phases")
    .option("--insights", "what was found in it, and what to do")
    .option("--sources", "what files, hooks and exports each saw of it, and where they disagree")
    .addOption(formatOption(FORMATS))
    .addHelpText(
      "after",
      examples(
        "analyze last",
        "analyze last --timeline",
        "analyze last -f chart",
        "analyze last --tools -f csv",
      ),
    )
    .action(act(async () => (await import("../commands/analyze.ts")).runAnalyze));
}

/** Adds `export`. */
export function addExport(program: unknown, act: Act): void {
  withFilters(
    withPeriod(
      (program as Program).command("export")
        .description("Sessions, days, turns or events as a file for other programs")
        .addOption(
          new Option("-f, --format <format>", "by the suffix of -o, else json")
            .choices(EXPORT_FORMATS),
        )
        .option("-o, --output <file>", "where to; - is stdout, the default")
        .addOption(
          new Option("--what <rows>", "what each row is of").choices(EXPORTS)
            .default("sessions"),
        ),
      { fallback: "all", what: "rolling period: of sessions those that began in it" },
    )
      .option("--anonymize", "make every row the same as those of other sessions")
      .option("--k <number>", "with --anonymize: of how many at least (5)", wholeNumber)
      .option("--team <key>", "with --anonymize: add a member id that holders of the key know")
      .option("--force", "replace a file that is there"),
  ).addHelpText(
    "after",
    examples(
      "export -o sessions.parquet",
      "export --what events -f jsonl | head",
      "export --anonymize -o shared.json",
    ),
  ).action(act(async () => (await import("../commands/export.ts")).runExport));
}

/** Adds `insights` and what changes them. */
export function addInsights(program: unknown, act: Act): void {
  const to = withFilters(
    withPeriod(
      (program as Program).command("insights")
        .description("What was found in sessions, each with its numbers and what to do")
        .addOption(
          new Option("--type <what>", "only these").choices([...INSIGHT_TYPES, "all"])
            .default("all"),
        )
        .addOption(
          new Option("--priority <what>", "only those that matter so much")
            .choices([...SEVERITIES, "all"]).default("all"),
        ),
      { what: "only what was found in it (all that is kept)" },
    )
      .option("--hidden", "show dismissed and muted ones, too")
      .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
      .addOption(formatOption(LIST_FORMATS)),
  ).helpCommand(false).addHelpText(
    "after",
    examples(
      "insights --priority high",
      "insights -p 7d --type cost --json",
      "insights --hidden",
    ),
  );
  to.action(act(async () => (await import("../commands/insights.ts")).runInsights));
  const load = () => import("../commands/insight_changes.ts");
  const what = { id: "its id, as the list shows it", kind: "kind of insights" };
  to.command("dismiss")
    .description("Hide an insight until it gets clearly worse")
    .argument("<insight>", what.id)
    .addHelpText("after", examples("insights dismiss 1a2b3c4d"))
    .action(act(async () => (await load()).runInsightDismiss));
  to.command("restore")
    .description("Show an insight that was dismissed")
    .argument("<insight>", what.id)
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

function withFilters(command: unknown): Program {
  return (command as Program)
    .option("--platform <platform>", "only this assistant")
    .option("--project <project>", "only this project: its name or id")
    .option("--session <session>", "only this session: its id, how it begins, or last")
    .option("--model <model>", "only this model") as unknown as Program;
}

function share(text: string): number {
  const value = /^\d+(\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("Cannot compare: it is no number from 0 to 1, as 0.8");
}

function lookSeconds(text: string): number {
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (seconds >= 0.2 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError("Cannot wait: it is no number of seconds from 0.2 to 3600");
}

export { formatOption, withFilters };
