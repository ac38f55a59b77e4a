/**
 * `blueplane purge`: deletes what was stored, everywhere, by whoever may write.
 *
 * @module
 */

import { purgeSpool } from "../../capture/spool_purge.ts";
import { databaseBytes } from "../../core/database.ts";
import { formatBytes, formatCounted } from "../../core/format.ts";
import { type PurgeChoice, type Purged, requirePast } from "../../core/purge.ts";
import { askWriter } from "../ask_writer.ts";
import { requireOwnHome } from "../capture_home.ts";
import { asUsage, chosenMoment } from "../chosen_period.ts";
import { chosenSession } from "../chosen_session.ts";
import type { Globals } from "../cli.ts";
import { NotFoundError, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { refreshLive } from "../live.ts";
import { withPurgeProgress } from "../purge_progress.ts";
import { tryReadNews } from "../read_news.ts";
import { readLine } from "../read_line.ts";
import { printJson } from "../with_report.ts";
import { openHomeReader, openWorkspace, requirePlatform, type Workspace } from "../workspace.ts";

/** Options of the command. */
export interface PurgeOptions {
  readonly all?: true;
  readonly before?: string;
  readonly platform?: string;
  readonly session?: string;
  readonly yes?: true;
  readonly dryRun?: true;
}

/** Runs the command. */
export async function runPurge(
  io: Io,
  globals: Globals,
  options: PurgeOptions,
): Promise<number> {
  requireChoice(options);
  const { yes, dryRun } = options;
  const workspace = openWorkspace(io, globals);
  requireOwnHome(workspace.home, "purge");
  const choice = await readChoice(workspace, options);
  // What is wrong with the choice is said first: it stays wrong with --yes.
  if (!yes && !dryRun && !io.typed()) {
    throw new UsageError("Cannot purge: nobody can be asked; say --yes, or --dry-run to look");
  }
  if (dryRun) {
    tell(workspace, await ask(workspace, { ...choice, dry_run: true }), true);
    return 0;
  }
  if (!yes) await confirm(workspace, choice);
  const before = databaseBytes(workspace.home.database);
  const purged = await withPurgeProgress(workspace, ask(workspace, choice));
  purgeSpool(workspace.home.spool, choice);
  await refreshLive(workspace);
  tell(workspace, purged, false);
  if (!globals.json && !globals.quiet) {
    const after = databaseBytes(workspace.home.database);
    io.stdout.write(`  telemetry.db: ${formatBytes(before)} before, ${formatBytes(after)} now\n`);
  }
  return 0;
}

function requireChoice({ all, before, platform, session }: PurgeOptions): void {
  const isNarrow = [before, platform, session].some((value) => value !== undefined);
  if (all && isNarrow) {
    throw new UsageError("Cannot purge: --all goes with no --before, --platform or --session");
  }
  if (!all && !isNarrow) {
    throw new UsageError("Cannot purge: say what: --all, --before, --platform or --session");
  }
}

async function readChoice(workspace: Workspace, options: PurgeOptions): Promise<PurgeChoice> {
  const { all, before, platform, session } = options;
  const choice = {
    ...(all ? { all } : {}),
    ...(platform === undefined ? {} : { platform: requirePlatform(platform, "purge").id }),
    ...(before === undefined ? {} : { before: chosenMoment(before) }),
    ...(session === undefined ? {} : { session: await foundSession(workspace, session) }),
  };
  asUsage(() => requirePast(choice, workspace.io.clock.now()));
  return choice;
}

/** One that nobody has read yet is found as by a report; of others a tombstone keeps the rest. */
async function foundSession(workspace: Workspace, text: string): Promise<string> {
  const { io, globals } = workspace;
  try {
    return sessionOf(workspace, text);
  } catch (error) {
    if (!globals.sync || !(error instanceof NotFoundError)) throw error;
  }
  await tryReadNews(workspace, ({ message }) => io.stderr.write(`warning: ${message}\n`));
  return sessionOf(workspace, text);
}

function sessionOf(workspace: Workspace, text: string): string {
  const db = openHomeReader(workspace);
  if (!db) throw new NotFoundError("Cannot purge: nothing is stored here yet");
  try {
    return chosenSession(db, text);
  } finally {
    db.close();
  }
}

async function ask(workspace: Workspace, choice: PurgeChoice): Promise<Purged> {
  const purged = await askWriter(workspace, "purge", "purge", choice);
  if (purged) return purged;
  throw new NotFoundError("Cannot purge: there is no such session");
}

/** @throws {Error} where it is not meant */
async function confirm(workspace: Workspace, choice: PurgeChoice): Promise<void> {
  const { sessions, events } = await ask(workspace, { ...choice, dry_run: true });
  const answer = await readLine(
    workspace.io,
    `This deletes ${formatCounted(events, "event")} of ${formatCounted(sessions, "session")}. ` +
      "Type yes to go on: ",
  );
  if (answer !== "yes") throw new Error("Cannot purge: it was not confirmed; nothing is deleted");
}

function tell({ io, globals }: Workspace, purged: Purged, isDry: boolean): void {
  const { sessions, events, bytes } = purged;
  if (globals.json) {
    printJson(io, { schema: "blueplane.purge/1", dry_run: isDry, sessions, events, bytes });
  } else if (!globals.quiet) {
    io.stdout.write(
      `${formatCounted(events, "event")} of ${formatCounted(sessions, "session")} ` +
        `(${formatBytes(bytes)} of traces) ${isDry ? "would go" : "purged"}\n`,
    );
  }
}
