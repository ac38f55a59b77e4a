/**
 * The commands that learn from what was: similar sessions, chances, and how tools fail.
 *
 * @module
 */

import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { PREDICTION_TARGETS } from "../../core/prediction_features.ts";
import { FREQUENCY_MAX } from "../../core/reports/report_choices.ts";
import { LIST_FORMATS } from "../formats/chosen_format.ts";
import {
  type Act,
  examples,
  formatOption,
  type Program,
  wholeNumber,
  withPeriod,
} from "./command_parts.ts";
import { withFilters } from "./report_commands.ts";

/** Adds them. */
export function addAdviceCommands(program: unknown, act: Act): void {
  const to = program as Program;
  to.commandsGroup("Advice:");
  to.command("similar")
    .description("Sessions like one or like a task, and what those did that went well")
    .argument("[session]", "its id, how it begins, or last (the default)")
    .option("--task <text>", "like what is to be done: read, and kept nowhere")
    .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 5)
    .option("--min-similarity <share>", "only those so much alike, 0 to 1", share, 0)
    .option("--platform <platform>", "only among those of this assistant")
    .option("--project <project>", "only among those of this project: its name or id")
    .option("--model <model>", "only among those with this model")
    .addOption(formatOption(LIST_FORMATS))
    .addHelpText(
      "after",
      examples("similar last -n 10", 'similar --task "fix the failing tests in parse.ts"'),
    )
    .action(act(async () => (await import("../commands/similar.ts")).runSimilar));
  to.command("predict")
    .description("How likely an edit is to be accepted, and how well that is known")
    .addOption(
      new Option("--target <what>", "accepted by a person, or kept whoever let it run")
        .choices(PREDICTION_TARGETS).default("acceptance"),
    )
    .addOption(
      new Option("--operation <what>", "whether a file is made or changed")
        .choices(["create", "edit"]),
    )
    .option("--tool <name>", "by this tool")
    .option("--extension <extension>", "of a file of this kind")
    .option("--model <model>", "by this model")
    .option("--mode <name>", "in this permission mode")
    .option("--project <project>", "in this project: its name or id")
    .option("--session <session>", "in this session: its id, how it begins, or last")
    .addOption(formatOption(LIST_FORMATS))
    .addHelpText(
      "after",
      examples("predict --extension ts --operation edit", "predict --session last --json"),
    )
    .action(act(async () => (await import("../commands/predict.ts")).runPredict));
  withFilters(
    withPeriod(
      to.command("errors")
        .description("How tools fail, whether that grows, what worked next, and what to do"),
      { fallback: "30d" },
    )
      .option("--tool <name>", "only this tool")
      .option("--min-frequency <number>", "only what happened so often", frequency, 2)
      .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
      .addOption(formatOption(LIST_FORMATS)),
  ).addHelpText("after", examples("errors -p 7d", "errors --tool Bash -p all --json"))
    .action(act(async () => (await import("../commands/errors.ts")).runErrors));
  to.command("limits")
    .description("How much of the account's limits is used, and where that goes")
    .addOption(formatOption(LIST_FORMATS))
    .addHelpText("after", examples("limits", "limits --json"))
    .action(act(async () => (await import("../commands/limits.ts")).runLimits));
}

function frequency(text: string): number {
  const number = wholeNumber(text);
  if (number >= 1 && number <= FREQUENCY_MAX) return number;
  throw new InvalidArgumentError(`Cannot count: it is no number from 1 to ${FREQUENCY_MAX}`);
}

function share(text: string): number {
  const number = /^(?:0|1|0?\.\d{1,6}|1\.0{1,6})$/.test(text) ? Number(text) : NaN;
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError("Cannot compare: it is no number from 0 to 1");
}
