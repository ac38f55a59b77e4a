/**
 * How many lines an edit changed, by what its call tells; no line is kept.
 *
 * @module
 */

import type { EventRecord } from "../../core/event.ts";
import { countOf, type Json, objectOf, objectsOf } from "../json_access.ts";

/** How the client names what a file held before: the SHA-256 of nothing. */
const NOTHING_BEFORE =
  "composer.content.e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * Lines of a call: a difference that was made before (newer), or the pieces of a difference in
 * the result (older). Nothing where neither is there.
 */
export function changedLines(additional: Json, result: Json): EventRecord {
  const lines = objectsOf(objectOf(additional.precomputedDiff).lines);
  const count = (kind: string) => lines.filter(({ type }) => type === kind).length;
  if (result.beforeContentId === NOTHING_BEFORE && lines.length > 0) {
    return { files_created: 1, created_file_lines: lines.length - count("removed") };
  }
  if (lines.length > 0) return { lines_added: count("added"), lines_removed: count("removed") };
  const chunks = objectsOf(objectOf(result.diff).chunks);
  if (chunks.length === 0) return {};
  const sum = (name: string) =>
    chunks.reduce((all, chunk) => all + Math.max(0, countOf(chunk[name])), 0);
  return { lines_added: sum("linesAdded"), lines_removed: sum("linesRemoved") };
}
