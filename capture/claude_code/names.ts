/**
 * The words by which users name Claude Code.
 *
 * @module
 */

/** As it stands in events. */
export const PLATFORM_ID = "claude_code";

/** Spellings besides its id, the one to show the last. */
export const ALIASES = ["claude", "claude-code"] as const;
