/**
 * The words by which users name Claude Code.
 *
 * @module
 */

/** Spellings besides its id, the one to show the last. */
export const ALIASES = ["claude", "claude-code"] as const;
