/**
 * `blueplane service`: has the system start the server at login, and anew when it fails.
 *
 * @module
 */

import { dirname } from "node:path";
import { writeWhole } from "../../core/write_whole.ts";
import { readLastRun } from "../background/run_record.ts";
import { requireOwnHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import { NotFoundError } from "../exit.ts";
import type { Io } from "../io.ts";
import { byHand, callManager } from "../service/manager_calls.ts";
import { ownService, readOwn } from "../service/own_service.ts";
import type { ServiceFile } from "../service/service_file.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, type Workspace } from "../workspace.ts";
import { serveWords } from "./start.ts";

/** Settings that a service would not see: it has no variables of the login. */
const SETTING_VARIABLES = [
  "BLUEPLANE_REDIS_URL",
  "BLUEPLANE_HOST",
  "BLUEPLANE_PORT",
  "BLUEPLANE_WEB_HOST",
  "BLUEPLANE_WEB_PORT",
];

/** Runs the command. */
export async function runServiceInstall(
  io: Io,
  globals: Globals,
  { dryRun = false }: { dryRun?: boolean },
): Promise<number> {
  const workspace = openWorkspace(io, globals);
  requireOwnHome(workspace.home, "serve");
  const file = serviceOf(workspace);
  const before = readOwn(file.path, "install");
  if (before === undefined && !dryRun && readLastRun(workspace.home)?.is_running) {
    throw new Error(
      "Cannot install the service: a server runs in the background; blueplane stop ends it",
    );
  }
  for (const name of SETTING_VARIABLES.filter((name) => io.env(name))) {
    io.stderr.write(`warning: The service does not see ${name}; blueplane config set keeps it\n`);
  }
  if (dryRun) return tellPlan(workspace, file);
  Deno.mkdirSync(dirname(file.path), { recursive: true });
  writeWhole(file.path, file.text);
  const failure = await callManager(file.enable);
  if (failure) {
    throw new Error(
      `Cannot start the service: ${failure.reason}; its file is written, so do it by hand: ` +
        byHand(failure.left),
    );
  }
  tell(workspace, file, "installed");
  if (file.manager === "systemd" && !globals.quiet && !globals.json) {
    io.stderr.write(
      "note: it runs while you are logged in; loginctl enable-linger lets it stay\n",
    );
  }
  return 0;
}

/** Runs the command; exit code 3 says that there was none. */
export async function runServiceUninstall(
  io: Io,
  globals: Globals,
  { dryRun = false }: { dryRun?: boolean },
): Promise<number> {
  const workspace = openWorkspace(io, globals);
  const file = serviceOf(workspace);
  if (readOwn(file.path, "uninstall") === undefined) {
    throw new NotFoundError("Cannot uninstall the service: it is not installed");
  }
  if (dryRun) return tellPlan(workspace, { ...file, text: "", enable: file.disable });
  await callManager(file.disable);
  Deno.removeSync(file.path);
  await callManager(file.forget);
  tell(workspace, file, "uninstalled");
  return 0;
}

function serviceOf(workspace: Workspace): ServiceFile {
  return ownService(workspace, serveWords(workspace, { capture: true, web: true }));
}

function tellPlan({ io, globals }: Workspace, { manager, path, text, enable }: ServiceFile) {
  const isRemoved = text === "";
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.service/1",
      manager,
      state: isRemoved ? "installed" : "uninstalled",
      dry_run: true,
    });
  } else {
    io.stderr.write(`note: would ${isRemoved ? "remove" : "write"} ${path}\n`);
    io.stderr.write(`note: would run ${byHand(enable)}\n`);
    io.stdout.write(text);
  }
  return 0;
}

function tell({ io, globals }: Workspace, { manager }: ServiceFile, state: string): void {
  if (globals.json) {
    printJson(io, { schema: "blueplane.service/1", manager, state, dry_run: false });
  } else if (!globals.quiet) io.stdout.write(`The service of ${manager} is ${state}\n`);
}
