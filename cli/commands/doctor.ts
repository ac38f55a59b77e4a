/**
 * `blueplane doctor`: examines sources, files, permissions, port, queue and format, and says of
 * each finding what to do.
 *
 * @module
 */

import { type EffectiveSetting, readConfig } from "../../core/config.ts";
import type { Database } from "../../core/database.ts";
import { type Finding, isHealthy } from "../../core/finding.ts";
import { HomeClosedError } from "../../core/home_closed.ts";
import { formatCounted } from "../../core/format.ts";
import { checkCosts, costFinding } from "../../core/reports/cost_check.ts";
import { dataFindings, readVersions } from "../../core/reports/data_findings.ts";
import { formatFindings, readDrift } from "../../core/reports/format_report.ts";
import { exportFindings } from "../../core/reports/export_findings.ts";
import { priceFindings } from "../../core/reports/price_findings.ts";
import { tokenFinding } from "../../core/reports/token_finding.ts";
import type { Globals } from "../cli.ts";
import { checkArchive } from "../doctor/archive_check.ts";
import { checkCopies, checkMended } from "../doctor/copies_check.ts";
import { checkBackground } from "../doctor/background_check.ts";
import { checkCapture } from "../doctor/capture_check.ts";
import { checkDatabase } from "../doctor/database_check.ts";
import { findingsText } from "../doctor/findings_text.ts";
import { failedFinding, guard } from "../doctor/guard.ts";
import { checkHookEntries } from "../doctor/hook_entries_check.ts";
import { checkExport } from "../doctor/export_check.ts";
import { checkHooks } from "../doctor/hooks_check.ts";
import { checkHome, mendModes } from "../doctor/home_check.ts";
import { checkKey } from "../doctor/key_check.ts";
import { checkLeases } from "../doctor/leases_check.ts";
import { checkManaged } from "../doctor/managed_check.ts";
import { checkPlatforms } from "../doctor/platform_check.ts";
import { checkOwnPrices } from "../doctor/prices_check.ts";
import { checkPrivacy } from "../doctor/privacy_check.ts";
import { checkPurged } from "../doctor/purged_check.ts";
import { checkRedis } from "../doctor/redis_check.ts";
import { checkServer, removeStaleNote } from "../doctor/server_check.ts";
import { checkService } from "../doctor/service_check.ts";
import { StepNote } from "../doctor/step_note.ts";
import { checkSurroundings } from "../doctor/surroundings_check.ts";
import { checkTools } from "../doctor/tools_check.ts";
import { checkTraces } from "../doctor/traces_check.ts";
import { UsageError } from "../exit.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { findingsCsv, findingsMarkdown } from "../formats/finding_formats.ts";
import type { Io } from "../io.ts";
import { shownSettings } from "../shown_settings.ts";
import { paintFor } from "../table.ts";
import { VERSION } from "../version.ts";
import { printJson } from "../with_report.ts";
import { findHome, openWorkspace, type Workspace, workspaceWith } from "../workspace.ts";
import { ConfigError } from "../../core/setting.ts";

const CONFIG_DEFAULT = readConfig({ flags: {}, env: () => undefined, file: undefined });

/** What is not a finding, and stands beside them in JSON. */
interface Tables {
  readonly drift: ReturnType<typeof readDrift>;
  readonly versions: ReturnType<typeof readVersions>;
  readonly client_totals: ReturnType<typeof checkCosts> | null;
}

const NO_TABLES: Tables = { drift: [], versions: [], client_totals: null };

/** Runs the command; exit code 1 says that there is an error among the findings. */
export async function runDoctor(
  io: Io,
  globals: Globals,
  options: { fix?: boolean; format?: ListFormat },
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  // What is closed to us could not be opened.
  const modes = options.fix ? mendModes(findHome(io, globals)) : 0;
  const { workspace, findings: first } = open(io, globals);
  const settings = first.length > 0 ? undefined : shownSettings(io, globals);
  const findings = [...first];
  let tables = NO_TABLES;
  if (workspace) {
    if (options.fix) findings.push(...await guard("fix", () => fix(workspace, modes)));
    using note = new StepNote(io, !globals.quiet && format === "table");
    tables = await examine(workspace, findings, note);
  }
  findings.push(...configFindings(settings));
  if (format === "json") printJson(io, documentOf(findings, tables, settings));
  else if (format === "csv") io.stdout.write(findingsCsv(findings));
  else if (format === "markdown") io.stdout.write(findingsMarkdown(findings));
  else {
    const paint = paintFor(io, globals);
    io.stdout.write(findingsText(findings, tables.drift, paint, io.stdout.columns()));
  }
  return isHealthy(findings) ? 0 : 1;
}

/** Adds what every check finds. @returns what else was read */
async function examine(
  workspace: Workspace,
  findings: Finding[],
  note: StepNote,
): Promise<Tables> {
  let tables: Tables = NO_TABLES;
  const look = async (what: string, id: string, check: Parameters<typeof guard>[1]) => {
    note.say(what);
    findings.push(...await guard(id, check));
  };
  await look("the data folder", "home", () => checkHome(workspace.home));
  note.say("the database");
  const { findings: found, db } = checkDatabase(workspace);
  try {
    findings.push(...found);
    await look("the server", "server", () => checkServer(workspace));
    await look("the server", "background", () => checkBackground(workspace));
    await look("Redis", "redis", () => checkRedis(workspace));
    await look("the assistants' files", "platforms", () => checkPlatforms(workspace, db));
    await look("hooks", "hooks", () => checkHooks(workspace));
    await look("hooks", "hooks.entries", () => checkHookEntries(workspace));
    await look("hooks", "exports.settings", () => checkExport(workspace));
    await look("servers of tools", "tools", () => checkTools(workspace));
    await look("the administrator's settings", "managed", () => checkManaged(workspace));
    await look("this machine", "service", () => checkService(workspace));
    await look("this machine", "machine", () => checkSurroundings(workspace));
    await look("what is left out", "capture", () => checkCapture(workspace));
    if (!db) return tables;
    await look("the data folder", "key", () => checkKey(workspace.home, db));
    await look("older databases", "copies", () => checkCopies(workspace.home));
    await look("older databases", "mended", () => checkMended(db));
    await look("what was purged", "purged", () => checkPurged(workspace, db));
    await look("the archive", "archive", () => checkArchive(workspace.home));
    await look("the queues", "queue.pending", () => checkLeases(workspace, db));
    await look("what is stored", "traces", () => checkTraces(workspace.home));
    const now = workspace.io.clock.now();
    await look("what is stored", "data", () => {
      tables = readTables(db);
      const { drift } = tables;
      return [...dataFindings(db, now), tokenFinding(db), ...formatFindings(db, drift)]
        .concat(costsOf(tables));
    });
    await look("what is stored", "privacy", () => checkPrivacy(workspace));
    const { PRICES_CHECKED } = await import("../../core/prices.ts");
    await look("exports", "exports", () => exportFindings(db, now));
    await look("prices", "prices.own", () => checkOwnPrices(workspace, db));
    await look("prices", "prices", () => priceFindings(db, now, PRICES_CHECKED));
    return tables;
  } finally {
    db?.close();
  }
}

/** Opens what can be opened: without settings there are the usual ones, without a home nothing. */
function open(io: Io, globals: Globals): { workspace?: Workspace; findings: Finding[] } {
  try {
    return { workspace: openWorkspace(io, globals), findings: [] };
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    if (!(error instanceof ConfigError)) return { findings: [homeFinding(error)] };
    const remedy = "Mend config.json in the data folder, or the variable that sets it";
    const findings = [failedFinding("config", error, remedy)];
    try {
      return { workspace: workspaceWith(io, globals, CONFIG_DEFAULT), findings };
    } catch (second) {
      if (!(second instanceof Error)) throw second;
      return { findings: [...findings, homeFinding(second)] };
    }
  }
}

function homeFinding(error: Error): Finding {
  const remedy = "Where it is not your own, have it given to you (chown -R), or name another " +
    "with --home DIR";
  return failedFinding("home", error, error instanceof HomeClosedError ? remedy : undefined);
}

function configFindings(settings: readonly EffectiveSetting[] | undefined): Finding[] {
  if (!settings) return [];
  const changed = settings.filter(({ origin }) => origin !== "default").length;
  return [{
    id: "config",
    severity: "ok",
    title: changed === 0
      ? "All settings are the defaults"
      : `${formatCounted(changed, "setting")} of your own`,
    numbers: { settings: settings.length, settings_changed: changed },
    details: settings.map(({ key, value, origin }) =>
      `${key} = ${String(value) || "–"} (${origin})`
    ),
  }];
}

async function fix(workspace: Workspace, modes: number): Promise<Finding[]> {
  const notes = removeStaleNote(workspace) ? 1 : 0;
  const numbers = { modes_closed: modes, notes_removed: notes };
  const done = [
    ...(modes > 0 ? [`set ${formatCounted(modes, "file mode")}`] : []),
    ...(notes > 0 ? ["removed the note of a server that is gone"] : []),
  ];
  const title = done.length > 0 ? `Mended: ${done.join(", ")}` : "There was nothing to mend";
  return [{ id: "fix", severity: "ok", title, numbers }];
}

function readTables(db: Database): Tables {
  return { drift: readDrift(db), versions: readVersions(db), client_totals: checkCosts(db) };
}

function costsOf({ client_totals }: Tables): Finding[] {
  const finding = client_totals && costFinding(client_totals);
  return finding ? [finding] : [];
}

/** The document; what is for a person's eyes alone is not in it. */
function documentOf(
  findings: readonly Finding[],
  tables: Tables,
  settings: readonly EffectiveSetting[] | undefined,
) {
  return {
    schema: "blueplane.doctor/1",
    version: VERSION,
    healthy: isHealthy(findings),
    findings: findings.map(({ id, severity, title, numbers = {}, remedy = null }) => ({
      id,
      severity,
      title,
      numbers,
      remedy,
    })),
    ...tables,
    settings: settings ?? null,
  };
}
