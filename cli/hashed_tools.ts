/**
 * MCP tools in texts and reports, where they stand by their hashes.
 *
 * @module
 */

import type { ErrorPatternsReport } from "../core/reports/error_patterns_report.ts";

const HASH = /^mcp:[0-9a-f]{8}$/;
const HASHES = /mcp:[0-9a-f]{8}/g;

/** Whether a tool is known by a hash alone. */
export function isHashed(tool: string): boolean {
  return HASH.test(tool);
}

/** All hashes of tools that stand in a text. */
export function hashesIn(text: string): readonly string[] {
  return text.match(HASHES) ?? [];
}

/** The text with names in place of hashes. */
export function withNames(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(HASHES, (hash) => names.get(hash) ?? hash);
}

/** Tools that failed, and those that worked then. */
export function failedTools({ patterns }: ErrorPatternsReport): string[] {
  return patterns.flatMap(({ tool, recovery }) => [
    tool,
    ...recovery.followed_by.map((next) => next.tool),
  ]);
}
