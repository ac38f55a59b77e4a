/** A command table with everything that completes, and a few words that a shell could mistake. */

import { Argument, Command, Option } from "@commander-js/extra-typings";
import {
  type CompletionTable,
  completionTable,
} from "../../../cli/completion/completion_table.ts";
import type { Program } from "../../../cli/program/command_parts.ts";

/** Its table. */
export function sampleTable(): CompletionTable {
  const program = new Command("blueplane").helpCommand(false)
    .option("--json", "print JSON: it's for scripts")
    .option("--home <dir>", "folder");
  program.command("show").description("Show 100% of it, don't \\ hide")
    .addOption(new Option("-p, --period <name>", "when").choices(["1h", "24h", "7d"]))
    .option("--platform <platform>", "only this")
    .option("-o, --output <file>", "where to")
    .option("--name <name>", "anything")
    .option("--session <session>", "of the data")
    .option("--no-color", "plain");
  const group = program.command("letters").description("Letters").helpCommand(false);
  group.command("list").description("List them").option("--limit <number>", "how many");
  group.command("drop").description("Drop them").argument("[ids...]", "ids");
  program.command("shell").description("Of a shell")
    .addArgument(new Argument("<shell>", "which").choices(["bash", "zsh"]))
    .argument("<platform>", "which");
  const hints = {
    dir: "folders",
    file: "files",
    platform: ["claude-code"],
    session: "sessions",
  } as const;
  return completionTable(program as unknown as Program, hints);
}

/** Stands for the program, which is asked for words: it knows two sessions. In a shell. */
export const PROGRAM = `
printf '%s\\n' "$*" >> asked
test "$1 $2 $3 $4" = "completions --words sessions --beginning" || exit 1
printf '7a\\tone: 100%% of it\\n7b\\tthe other\\n' | while read -r line; do
  case "$line" in "$5"*) printf '%s\\n' "$line" ;; esac
done
`;

/** Lines, and what a shell offers for the last word of each: a word more, or all that fit. */
export const OFFERS: readonly (readonly [readonly string[], readonly string[]])[] = [
  [[""], ["letters", "shell", "show"]],
  [["s"], ["shell", "show"]],
  [["show", "-p", ""], ["1h", "24h", "7d"]],
  [["show", "--period", "2"], ["24h"]],
  [["show", "--pl"], ["--platform"]],
  [["show", "--session", ""], ["7a", "7b"]],
  [["show", "--session", "7b"], ["7b"]],
  [["show", "--platform", ""], ["claude-code"]],
  [["show", "--name", "x", "--p"], ["--period", "--platform"]],
  [["show", "--name", ""], []],
  [["--home", "/x", "show", "--no"], ["--no-color"]],
  [["show", "--js"], ["--json"]],
  [["letters", ""], ["drop", "list"]],
  [["letters", "list", "--l"], ["--limit"]],
  [["letters", "drop", "7", ""], []],
  [["--json", "letters", "l"], ["list"]],
  [["shell", ""], ["bash", "zsh"]],
  [["shell", "bash", ""], ["claude-code"]],
  [["nonsense", ""], ["letters", "shell", "show"]],
  [["show", "--name", "$(touch evil)", "--pl"], ["--platform"]],
];
