/**
 * The commands that read and change settings, those of your shell too.
 *
 * @module
 */

import { Argument, Option } from "@commander-js/extra-typings";
import { LIST_FORMATS } from "../formats/chosen_format.ts";
import { type Act, examples, formatOption, type Program } from "./command_parts.ts";
import { ASKED } from "../completion/completion_table.ts";
import { SETTINGS } from "../../core/settings.ts";

const COMPLETIONS_HELP = `
One of these lines is enough; open a new shell after it:
  echo 'eval "$(blueplane completions bash)"' >> ~/.bashrc
  echo 'eval "$(blueplane completions zsh)"' >> ~/.zshrc
  echo 'blueplane completions fish | source' >> ~/.config/fish/config.fish

Examples:
  blueplane completions bash`;

/** Adds them. */
export function addSettingsCommands(program: unknown, act: Act): void {
  (program as Program).commandsGroup("Settings:");
  addConfig(program as Program, act);
  const shells = new Argument("[shell]", "the shell").choices(["bash", "zsh", "fish"]);
  (program as Program).command("completions")
    .description("Print what a shell needs to complete commands, options and values")
    .addArgument(shells)
    .addOption(
      new Option("--words <what>", "words of your data, which a shell asks for").choices(ASKED),
    )
    .option("--beginning <text>", "with --words: those that begin so")
    .addHelpText("after", COMPLETIONS_HELP)
    .action(act(async () => (await import("../commands/completions.ts")).runCompletions));
}

function addConfig(program: Program, act: Act): void {
  const to = program.command("config")
    .description("Settings, and where each one comes from")
    .helpCommand(false)
    .addHelpText("after", examples("config list", "config set web.port 8080"));
  const read = () => import("../commands/config.ts");
  const change = () => import("../commands/config_changes.ts");
  const keys = `one of ${SETTINGS.map(({ key }) => key).join(", ")}`;
  to.command("list")
    .description("List all settings: flag, environment, config.json or default")
    .addOption(formatOption(LIST_FORMATS))
    .addHelpText("after", examples("config list", "config list --json"))
    .action(act(async () => (await read()).runConfigList));
  to.command("get")
    .description("Print a value, for scripts")
    .argument("<key>", keys)
    .addHelpText("after", examples("config get web.port"))
    .action(act(async () => (await read()).runConfigGet));
  to.command("set")
    .description("Change a value in config.json; comments stay")
    .argument("<key>", keys)
    .argument("[value]", "the value; without it, it is asked for, or read from stdin")
    .addHelpText("after", examples("config set web.port 8080", "config set redis.url < secret"))
    .action(act(async () => (await change()).runConfigSet));
  to.command("unset")
    .description("Take a value out of config.json")
    .argument("<key>", keys)
    .addHelpText("after", examples("config unset web.port"))
    .action(act(async () => (await change()).runConfigUnset));
  to.command("path")
    .description("Print where config.json is, or would be")
    .addHelpText("after", examples("config path", "config path | xargs -o vi"))
    .action(act(async () => (await read()).runConfigPath));
  to.command("validate")
    .description("Say what is wrong in config.json, by line and column; exit code 2 if anything")
    .addHelpText("after", examples("config validate", "config validate --json"))
    .action(act(async () => (await read()).runConfigValidate));
}
