/**
 * What was read and could not be understood: broken lines, and names that the format's list does
 * not have.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Finding } from "../finding.ts";
import { formatCount, formatCounted, formatShare } from "../format.ts";

/** From this share of broken lines on something is wrong. */
const MALFORMED_SHARE_MAX = 0.01;

/** One thing that is not known, over all files. */
export interface Drift {
  readonly platform: string;
  /** `line_type`, `field.<type of line>`, `system_subtype`, `line` and the like. */
  readonly kind: string;
  readonly name: string;
  readonly count: number;
  readonly files: number;
}

/** Everything that is not known, the most frequent first. */
export function readDrift(db: Database): Drift[] {
  const rows = prepareArrays(
    db,
    `select w.text, d.key, sum(d.value), count(*) from sources s
     join words w on w.id = s.platform, json_each(s.drift) d
     where s.drift <> '{}' group by 1, 2 order by 3 desc, 2`,
  ).all() as unknown as [string, string, number, number][];
  return rows.map(([platform, key, count, files]) => {
    const cut = key.lastIndexOf(":");
    return { platform, kind: key.slice(0, cut), name: key.slice(cut + 1), count, files };
  });
}

/** What is to be said of lines and of drift. */
export function formatFindings(db: Database, drift: readonly Drift[]): Finding[] {
  const [lines, malformed, unknown] = prepareArrays(
    db,
    `select ifnull(sum(lines), 0), ifnull(sum(lines_malformed), 0),
       ifnull(sum(lines_unknown), 0) from sources`,
  ).get() as unknown as [number, number, number];
  return [
    linesFinding(lines, malformed, drift),
    driftFinding(unknown, drift.filter(({ kind }) => kind !== "line")),
  ];
}

function linesFinding(lines: number, malformed: number, drift: readonly Drift[]): Finding {
  const odd = (name: string) =>
    drift.filter((one) => one.kind === "line" && one.name === name)
      .reduce((sum, { count }) => sum + count, 0);
  const numbers = {
    lines_read: lines,
    lines_malformed: malformed,
    lines_null_bytes: odd("null_bytes"),
    lines_too_long: odd("too_long"),
    lines_glued: odd("glued"),
  };
  const title = `${formatCounted(lines, "line")} read, ${formatCount(malformed)} of them broken`;
  const share = lines === 0 ? 0 : malformed / lines;
  if (share === 0) return { id: "lines", severity: "ok", title, numbers };
  return {
    id: "lines",
    severity: share > MALFORMED_SHARE_MAX ? "warning" : "note",
    title: `${title} (${formatShare(share)})`,
    numbers,
    remedy:
      "Broken lines come of crashes and full disks, and of files that are no transcripts; " +
      "what stood in them is not counted",
  };
}

function driftFinding(linesUnknown: number, drift: readonly Drift[]): Finding {
  const numbers = {
    names_unknown: drift.length,
    sights: drift.reduce((sum, { count }) => sum + count, 0),
    lines_unknown: linesUnknown,
  };
  if (drift.length === 0) {
    return { id: "format", severity: "ok", title: "Every kind of line is known", numbers };
  }
  return {
    id: "format",
    severity: "note",
    title: `${formatCounted(drift.length, "name")} not known to us; what is known is counted`,
    numbers,
    remedy: "The assistant's format moves on: a newer blueplane may know them",
  };
}
