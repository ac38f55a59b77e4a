/**
 * Examines each assistant's folders and files, and what is kept of them here alone.
 *
 * @module
 */

import type { Pending, Platform, Root, SourceInspection } from "../../capture/platform.ts";
import { withoutUnreadable } from "../../capture/source_inspection.ts";
import { PLATFORMS } from "../../capture/registry.ts";
import type { Database } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { formatAgo, formatBytes, formatCounted } from "../../core/format.ts";
import { isThere } from "../../core/if_there.ts";
import { countDays, readLastSeen } from "../../core/reports/data_findings.ts";
import { readingCommand } from "../capture_home.ts";
import { findServer } from "../server_file.ts";
import { openSources } from "../open_sources.ts";
import type { Workspace } from "../workspace.ts";

const PATHS_MAX = 10;
/** A server looks at every file twice a minute. */
const LATE_MS = 5 * 60_000;

type RootState = "present" | "missing" | "unreadable";

/** What is to be said of all platforms. */
export async function checkPlatforms(
  workspace: Workspace,
  db: Database | undefined,
): Promise<Finding[]> {
  const isServed = await findServer(workspace.home) !== undefined;
  const checks = PLATFORMS.map((platform) => checkPlatform(platform, workspace, db, isServed));
  return (await Promise.all(checks)).flat();
}

async function checkPlatform(
  platform: Platform,
  workspace: Workspace,
  db: Database | undefined,
  isServed: boolean,
): Promise<Finding[]> {
  const roots = platform.roots(workspace.environment);
  const states = roots.map((root) => ({ root, state: stateOf(root) }));
  const sources = await openSources(workspace, { accept: async () => {} }, db, platform);
  const source = sources.find((one) => one.platform === platform.id);
  const inspection = source!.inspect();
  const isHere = states.some(({ state }) => state !== "missing");
  // In a folder that cannot be read may be anything.
  const isWhole = inspection.foldersUnreadable === 0 &&
    states.every(({ state }) => state !== "unreadable");
  // Of what is not here nothing is to be read, and whether all of it is still there is not known.
  const read = isHere
    ? [pendingFinding(platform, withoutUnreadable(source!.scan(), inspection), workspace, {
      isServed,
      isWhole: isWhole && inspection.unreadable.length === 0,
    })]
    : [];
  const hasKept = db && isWhole && (isHere || inspection.goneSessions.length > 0);
  return [
    folderFinding(platform, states, inspection, workspace, db),
    ...unreadableFindings(platform, inspection),
    ...read,
    ...await platform.inspect(workspace.environment),
    ...hasKept ? [keptFinding(platform, inspection, db)] : [],
  ];
}

function folderFinding(
  { id, label }: Platform,
  states: readonly { root: Root; state: RootState }[],
  { files }: SourceInspection,
  { io }: Workspace,
  db: Database | undefined,
): Finding {
  const of = (state: RootState) => states.filter((one) => one.state === state).length;
  const seen = db && readLastSeen(db, id);
  const lastAt = seen?.lastAt ?? null;
  const now = io.clock.now();
  const base = {
    id: `platform.${id}`,
    numbers: {
      roots_present: of("present"),
      roots_missing: of("missing"),
      roots_unreadable: of("unreadable"),
      files,
      sessions: seen?.sessions ?? 0,
      last_event_age_ms: lastAt === null ? null : Math.max(0, now - lastAt),
    },
    details: states.map(({ root, state }) => `${root.path}: ${state}`),
  };
  const last = lastAt === null ? "no event yet" : `last event ${formatAgo(lastAt, now)}`;
  const title = `${label}: ${formatCounted(files, "file")}, ${last}`;
  if (of("unreadable") > 0) {
    const remedy = "Let your user read the folder";
    return { ...base, severity: "warning", title: `${title}; a folder cannot be read`, remedy };
  }
  if (states.some(({ root, state }) => root.named && state === "missing")) {
    const remedy = "Check the variable that names the assistant's folders";
    return { ...base, severity: "warning", title: `${title}; a named folder is missing`, remedy };
  }
  if (of("present") === 0) {
    const counted = seen?.sessions
      ? `; ${formatCounted(seen.sessions, "session")} of it stored, ${last}`
      : "";
    return { ...base, severity: "note", title: `${label} is not on this machine${counted}` };
  }
  return { ...base, severity: "ok", title };
}

function unreadableFindings({ id, label }: Platform, inspection: SourceInspection): Finding[] {
  const { unreadable, foldersUnreadable: folders } = inspection;
  if (unreadable.length === 0) return [];
  const files = unreadable.length - folders;
  const counted = [[files, "file"], [folders, "folder"]] as const;
  const what = counted.filter(([n]) => n > 0).map(([n, one]) => formatCounted(n, one));
  return [{
    id: `files.${id}`,
    severity: "warning",
    title: `${label}: ${what.join(" and ")} cannot be read`,
    numbers: { files_unreadable: files, folders_unreadable: folders },
    remedy: "Let your user read them; the rest is read meanwhile",
    details: unreadable.slice(0, PATHS_MAX).map(({ path, problem }) => `${path}: ${problem}`),
  }];
}

function pendingFinding(
  { id, label }: Platform,
  pending: readonly Pending[],
  { home, io }: Workspace,
  { isServed, isWhole }: { readonly isServed: boolean; readonly isWhole: boolean },
): Finding {
  const files = pending.length;
  const bytes = pending.reduce((sum, { bytes }) => sum + bytes, 0);
  const numbers = { files_pending: files, bytes_pending: bytes };
  if (files === 0) {
    const which = isWhole ? "every file" : "every file that can be read";
    const title = `${label}: ${which} is read to its end`;
    return { id: `coverage.${id}`, severity: "ok", title, numbers };
  }
  const late = pending.filter(({ modifiedAt }) => io.clock.now() - modifiedAt > LATE_MS).length;
  if (isServed && late > 0) {
    return {
      id: `coverage.${id}`,
      severity: "warning",
      title: `${label}: a server runs, and does not read ${formatCounted(late, "file")}`,
      numbers,
      remedy: "blueplane status says what it waits for, blueplane logs what went wrong",
    };
  }
  return {
    id: `coverage.${id}`,
    severity: "note",
    title: `${label}: ${formatCounted(files, "file")} (${formatBytes(bytes)}) to be read yet`,
    numbers,
    remedy: `${readingCommand(home)} reads it, if nothing that runs here does`,
  };
}

function keptFinding(
  { id, label }: Platform,
  inspection: SourceInspection,
  db: Database,
): Finding {
  const { sessions, days } = countDays(db, id, inspection.goneSessions);
  const numbers = { days_kept_here_alone: days, sessions_kept_here_alone: sessions };
  const title = sessions === 0
    ? `${label}: every session that is counted is still on disk`
    : `${label}: ${formatCounted(days, "day")} (${
      formatCounted(sessions, "session")
    }) kept here ` +
      "alone, their transcripts are gone";
  return { id: `kept.${id}`, severity: "ok", title, numbers };
}

function stateOf({ path }: Root): RootState {
  try {
    Deno.readDirSync(path)[Symbol.iterator]().next();
    return "present";
  } catch (error) {
    // In a file lies nothing; what is one itself is no folder.
    const isInFile = error instanceof Deno.errors.NotADirectory && !isThere(path);
    if (error instanceof Deno.errors.NotFound || isInFile) return "missing";
    if (!(error instanceof Error)) throw error;
    return "unreadable";
  }
}
