/**
 * The commands that run Blueplane, here or in the background.
 *
 * @module
 */

import { Option } from "@commander-js/extra-typings";
import { LIST_FORMATS } from "../formats/chosen_format.ts";
import { type Act, examples, formatOption, type Program, wholeNumber } from "./command_parts.ts";

/** Adds them. */
export function addServerCommands(program: unknown, act: Act): void {
  const to = program as Program;
  to.commandsGroup("Server:");
  withServeOptions(
    to.command("serve")
      .description("Read and follow all transcripts and serve the dashboard, in the foreground"),
  )
    .option("--log", "say it in the log of the data folder, as start and the service do")
    .addHelpText("after", examples("serve --open", "serve --port 0 --quiet"))
    .action(
      act(async () => (await import("../background/serve_logged.ts")).runServeLogged),
    );
  withServeOptions(
    to.command("start").description("Start serve in the background, and say where it is"),
  )
    .addHelpText("after", examples("start", "start --open --port 8080"))
    .action(act(async () => (await import("../commands/start.ts")).runStart));
  to.command("stop")
    .description("Stop the server, and wait until it has finished what it read")
    .addHelpText("after", examples("stop", "stop --json"))
    .action(act(async () => (await import("../commands/stop.ts")).runStop));
  to.command("logs")
    .description("Show what the server said in the background")
    .option("-f, --follow", "go on showing, until Ctrl+C")
    .option("-n, --lines <number>", "how many of the last lines; 0 for all", wholeNumber, 20)
    .addHelpText("after", examples("logs", "logs -f", "logs -n 0 --json"))
    .action(act(async () => (await import("../commands/logs.ts")).runLogs));
  addService(to, act);
  to.command("worker")
    .description("Capture on this machine for another one that processes, over Redis")
    .addOption(new Option("--role <role>", "what it does").choices(["capture"]))
    .option("--name <name>", "name of this machine, of which only a hash is told")
    .option("--once", "end when everything that is there is published")
    .option("--invite", "print what lets another machine capture for this one: a secret")
    .option("--join", "capture for the machine whose invitation is on stdin")
    .addHelpText(
      "after",
      examples("worker --invite", "worker --join < invitation", "worker --role capture"),
    )
    .action(act(async () => (await import("../commands/worker.ts")).runWorker));
  to.command("status")
    .description("Say what runs, what is stored and what is waiting")
    .addOption(formatOption(LIST_FORMATS))
    .addHelpText("after", examples("status", "status --json"))
    .action(act(async () => (await import("../commands/status.ts")).runStatus));
}

function addService(program: Program, act: Act): void {
  const to = program.command("service")
    .description("Have the system start the server at login, and anew when it fails")
    .helpCommand(false)
    .addHelpText("after", examples("service install --dry-run", "service uninstall"));
  to.command("install")
    .description("Write blueplane.service (systemd), a launchd agent or a task, and start it")
    .option("--dry-run", "print what would be written, and change nothing")
    .addHelpText("after", examples("service install", "service install --dry-run"))
    .action(act(async () => (await import("../commands/service.ts")).runServiceInstall));
  to.command("uninstall")
    .description("Stop it, and remove what install wrote")
    .option("--dry-run", "say what would be removed, and change nothing")
    .addHelpText("after", examples("service uninstall"))
    .action(act(async () => (await import("../commands/service.ts")).runServiceUninstall));
}

function withServeOptions(command: Program): Program {
  return command
    .option("--port <number>", "port to listen at (7531; 0 takes a free one)", wholeNumber)
    .option("--host <address>", "loopback address to listen at (127.0.0.1)")
    .option("--open", "open the dashboard in the browser")
    .option("--no-capture", "read nothing, only show")
    .option("--no-web", "show nothing, only read") as unknown as Program;
}
