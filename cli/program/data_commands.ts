/**
 * The commands by which all that is stored is moved, copied and brought back.
 *
 * @module
 */

import { type Act, examples, type Program } from "./command_parts.ts";

/** Adds them. */
export function addDataCommands(program: unknown, act: Act): void {
  const to = program as Program;
  to.commandsGroup("Your data:");
  to.command("archive")
    .description("Move old raw events into Parquet files, out of the database")
    .option("--older-than <days>", "events older than so many days (retention.raw_days)")
    .addHelpText("after", examples("archive", "archive --older-than 30d"))
    .action(act(async () => (await import("../commands/archive.ts")).runArchive));
}
