/**
 * The commands by which all that is stored is moved, copied and brought back.
 *
 * @module
 */

import { Option } from "@commander-js/extra-typings";
import { type Act, examples, type Program, wholeNumber } from "./command_parts.ts";

/** Adds them. */
export function addDataCommands(program: unknown, act: Act): void {
  const to = program as Program;
  to.commandsGroup("Your data:");
  to.command("archive")
    .description("Move old raw events into Parquet files, out of the database")
    .option("--older-than <days>", "events older than so many days (retention.raw_days)")
    .addHelpText("after", examples("archive", "archive --older-than 30d"))
    .action(act(async () => (await import("../commands/archive.ts")).runArchive));
  to.command("backup")
    .description("Copy all of the data folder into one file, also while a server runs")
    .argument("<file>", "the file to write, as telemetry.backup.tar.gz")
    .option("--with-key", "the key of this installation, too, under a passphrase")
    .option("--force", "replace a file that is there")
    .addHelpText("after", examples("backup all.tar.gz", "backup all.tar.gz --with-key"))
    .action(act(async () => (await import("../commands/backup.ts")).runBackup));
  to.command("restore")
    .description("Put a backup in the place of the data folder")
    .argument("<file>", "a file that backup wrote")
    .option("--with-key", "the key, too: it asks for the passphrase")
    .option("--force", "replace what the data folder holds")
    .option("--dry-run", "only look whether the backup is sound, and what it holds")
    .addHelpText(
      "after",
      examples("restore all.tar.gz --dry-run", "restore all.tar.gz --with-key"),
    )
    .action(act(async () => (await import("../commands/restore.ts")).runRestore));
  addTeamCommands(to, act);
}

function addTeamCommands(program: Program, act: Act): void {
  const to = program.command("team")
    .description("What the anonymous exports of a team come to together")
    .helpCommand(false)
    .addHelpText("after", examples("team aggregate exports/*.json"));
  to.command("aggregate")
    .description("Merge exports made with --anonymize --team; exit code 1 when some cannot be")
    .argument("<files...>", "exports as JSON, JSON Lines, CSV or Parquet")
    .option("-o, --output <file>", "write there; - for stdout (the default)")
    .addOption(
      new Option("-f, --format <name>", "how it is written (by the suffix of -o, else json)")
        .choices(["json", "markdown"] as const),
    )
    .option("--min-members <number>", "show no number of fewer members", wholeNumber, 3)
    .option("--force", "replace a file that is there")
    .addHelpText(
      "after",
      examples("team aggregate exports/*.json", "team aggregate *.parquet -o team.md"),
    )
    .action(act(async () => (await import("../commands/team_aggregate.ts")).runTeamAggregate));
}
