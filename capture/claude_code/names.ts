/**
 * The words by which users name Claude Code, and by which it names itself.
 *
 * @module
 */

import type { OtlpRecord } from "../otlp_record.ts";

/** As it stands in events. */
export const PLATFORM_ID = "claude_code";

/** Spellings besides its id, the one to show the last. */
export const ALIASES = ["claude", "claude-code"] as const;

/** What stands before the names of records that it exports. */
export const EXPORT_PREFIX = /^claude_code\./;

const SERVICE = "claude-code";

/** Whether a record is of Claude Code: the program that exports says its name. */
export function isClaudeCode({ resource, name }: OtlpRecord): boolean {
  return resource.get("service.name") === SERVICE || EXPORT_PREFIX.test(name);
}
