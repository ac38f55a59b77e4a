/**
 * The one setting of the assistant's client that decides how long there is something to read:
 * after how many days it deletes transcripts. Its settings are looked at and never written.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import type { Root } from "../platform.ts";

const DEFAULT_DAYS = 30;
/** Whoever keeps a year has thought of it. */
const LONG_DAYS = 365;
const FILE_BYTES_MAX = 1024 * 1024;

/** What is to be said of the settings in the folders that exist; nothing without one. */
export function cleanupFindings(roots: readonly Root[]): Finding[] {
  const folders = roots.flatMap(({ path }) => {
    const days = cleanupDays(path);
    return days === undefined ? [] : [{ path, days }];
  });
  if (folders.length === 0) return [];
  const broken = folders.filter(({ days }) => days === null).length;
  const days = Math.min(...folders.map((folder) => folder.days ?? DEFAULT_DAYS));
  const isLong = days >= LONG_DAYS;
  return [{
    id: "cleanup.claude_code",
    severity: isLong && broken === 0 ? "ok" : "warning",
    title: `Claude Code deletes transcripts after ${days} days`,
    numbers: { cleanup_period_days: days, folders: folders.length, settings_broken: broken },
    ...(isLong ? {} : {
      remedy: 'Blueplane keeps its counts; to keep transcripts too, set "cleanupPeriodDays" ' +
        "in settings.json",
    }),
    details: folders.map((folder) =>
      `${folder.path}: ${folder.days ?? `settings.json is no JSON; ${DEFAULT_DAYS} assumed`}`
    ),
  }];
}

/** The days of one folder; null where its settings cannot be read, undefined without a folder. */
function cleanupDays(root: string): number | null | undefined {
  const folder = root.replace(/[/\\]projects[/\\]?$/, "");
  try {
    if (!Deno.statSync(folder).isDirectory) return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
  try {
    const path = `${folder}/settings.json`;
    if (Deno.statSync(path).size > FILE_BYTES_MAX) return null;
    const days = JSON.parse(Deno.readTextFileSync(path))?.cleanupPeriodDays;
    return typeof days === "number" && days >= 0 ? Math.trunc(days) : DEFAULT_DAYS;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return DEFAULT_DAYS;
    // No JSON, or closed to us: the client may see what we do not.
    if (!(error instanceof Error)) throw error;
    return null;
  }
}
