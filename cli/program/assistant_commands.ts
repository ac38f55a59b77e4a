/**
 * The commands that an assistant calls, and those that tell it to.
 *
 * @module
 */

import { EXAMPLE_PLATFORM as first } from "../../capture/example_platform.ts";
import { type Act, examples, type Program } from "./command_parts.ts";

/** Adds them. */
export function addAssistantCommands(program: unknown, act: Act): void {
  const to = program as Program;
  to.commandsGroup("Assistants:");
  const what = `assistant into whose settings it goes, as ${first}`;
  to.command("install")
    .description("Make an assistant tell of sessions, prompts and permissions as they happen")
    .argument("<platform>", what)
    .option("--hooks", "by its hooks (the default)")
    .option("--statusline", "a line in its status bar: cost, context, limits")
    .option(
      "--mcp",
      "a server of tools: it can ask how it does, and note what became of its work",
    )
    .option(
      "--otel",
      "its export (OpenTelemetry): request times, who decided on tools, hidden requests",
    )
    .option("--all", "all of these")
    .option("--force", "in the place of a status line of your own, which uninstall puts back")
    .option("--dry-run", "show what would be changed, and change nothing")
    .addHelpText("after", examples(`install ${first}`, `install ${first} --all --dry-run`))
    .action(act(async () => (await import("../commands/install.ts")).runInstall));
  to.command("uninstall")
    .description("Take out of an assistant's settings what install put in")
    .argument("<platform>", what)
    .option("--hooks", "its hooks (the default)")
    .option("--statusline", "our line in its status bar")
    .option("--mcp", "our server of tools")
    .option("--otel", "its export to us")
    .option("--all", "all of these")
    .option("--dry-run", "show what would be changed, and change nothing")
    .addHelpText("after", examples(`uninstall ${first}`))
    .action(act(async () => (await import("../commands/uninstall.ts")).runUninstall));
  to.command("hook")
    .description("What an installed hook runs, with JSON on stdin: silent, never fails")
    .argument("<platform>", `assistant that calls, as ${first}`)
    .addHelpText("after", examples(`hook ${first} < payload.json`))
    .action(act(async () => (await import("../commands/hook.ts")).runHook));
  to.command("statusline")
    .description("One line for an assistant's status bar, of the JSON that it gives on stdin")
    .addHelpText("after", examples("statusline < status.json"))
    .action(act(async () => (await import("../commands/statusline.ts")).runStatusline));
  to.command("mcp")
    .description("Serve metrics to an assistant over MCP, on stdin and stdout")
    .addHelpText("after", examples("mcp"))
    .action(act(async () => (await import("../commands/mcp.ts")).runMcp));
}
