/**
 * The commands that read, mend and examine what is stored.
 *
 * @module
 */

import { LIST_FORMATS } from "../formats/chosen_format.ts";
import { type Act, examples, formatOption, type Program, wholeNumber } from "./command_parts.ts";

/** Adds them. */
export function addUpkeepCommands(program: unknown, act: Act): void {
  const to = program as Program;
  to.commandsGroup("Upkeep:");
  to.command("sync")
    .description("Read and process everything new to the end, then exit")
    .option("--platform <platform>", "only this assistant")
    .option("--since <time>", "only files changed from this local date or time on")
    .option("--again", "from the start of every file; also what was purged")
    .addHelpText("after", examples("sync", "sync --since 2026-01-31", "sync --again"))
    .action(act(async () => (await import("../commands/sync.ts")).runSync));
  to.command("rebuild")
    .description("Derive everything again from the stored traces")
    .option("--session <session>", "only this session, and those that were forked from it")
    .option("--live", "only the live picture in Redis")
    .addHelpText("after", examples("rebuild", "rebuild --session ID", "rebuild --live"))
    .action(act(async () => (await import("../commands/rebuild.ts")).runRebuild));
  to.command("doctor")
    .description("Examine sources, files, permissions, port, queue and format")
    .option("--fix", "mend file modes and a note of a server that is gone")
    .addOption(formatOption(LIST_FORMATS))
    .addHelpText("after", examples("doctor", "doctor --json"))
    .action(act(async () => (await import("../commands/doctor.ts")).runDoctor));
  addPrivacyCommands(to, act);
  to.command("purge")
    .description("Delete what is stored, everywhere; it is not read again")
    .option("--all", "all of it")
    .option("--before <date>", "what happened before: a date is its local midnight")
    .option("--platform <platform>", "only of this assistant")
    .option("--session <session>", "only of this session: its id, or how that begins")
    .option("--yes", "without asking")
    .option("--dry-run", "only say what would go")
    .addHelpText(
      "after",
      examples("purge --before 2026-01-01 --dry-run", "purge --session ID", "purge --all --yes"),
    )
    .action(act(async () => (await import("../commands/purge.ts")).runPurge));
  addDeadLetterCommands(to, act);
}

function addPrivacyCommands(program: Program, act: Act): void {
  const to = program.command("privacy")
    .description("What is stored, and proof that nothing private is")
    .helpCommand(false)
    .addHelpText("after", examples("privacy audit"));
  to.command("audit")
    .description("Show what is stored, and look at every byte for what must not be")
    .argument("[files...]", "look at these files and folders too, as exports")
    .option("--look-for <text>", "look for this text, too; may be repeated", gathered)
    .addOption(formatOption(LIST_FORMATS))
    .addHelpText(
      "after",
      examples(
        "privacy audit",
        "privacy audit -q",
        'privacy audit export.json --look-for "Ada Lovelace"',
      ),
    )
    .action(act(async () => (await import("../commands/privacy_audit.ts")).runPrivacyAudit));
}

function gathered(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function addDeadLetterCommands(program: Program, act: Act): void {
  const to = program.command("dlq")
    .description("Dead letters: what could not be stored or counted")
    .helpCommand(false)
    .addHelpText("after", examples("dlq list", "dlq show 7", "dlq replay --all"));
  to.command("list")
    .description("List dead letters and what is wrong with them")
    .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
    .option("--offset <number>", "how many to pass over", wholeNumber, 0)
    .addOption(formatOption(LIST_FORMATS))
    .addHelpText("after", examples("dlq list", "dlq list -n 0 --json"))
    .action(act(async () => (await import("../commands/dlq.ts")).runDlqList));
  to.command("show")
    .description("Show a letter, and its event as far as it may be kept")
    .argument("<letter>", "its id")
    .addHelpText("after", examples("dlq show 7"))
    .action(act(async () => (await import("../commands/dlq.ts")).runDlqShow));
  to.command("replay")
    .description("Try to store letters once more; exit code 1 when some fail again")
    .argument("[letters...]", "their ids")
    .option("--all", "all of them")
    .addHelpText("after", examples("dlq replay 7 8", "dlq replay --all --json"))
    .action(act(async () => (await import("../commands/dlq_changes.ts")).runDlqReplay));
  to.command("drop")
    .description("Remove letters for good")
    .argument("[letters...]", "their ids")
    .option("--all", "all of them, without asking")
    .addHelpText("after", examples("dlq drop 7", "dlq drop --all"))
    .action(act(async () => (await import("../commands/dlq_changes.ts")).runDlqDrop));
}
