/**
 * The keys of Cursor's databases that are read. Everything else, tokens and secrets among it, is
 * never asked for.
 *
 * @module
 */

import type { StateRow } from "./state_rows.ts";

/** Keys of a table: whole ones, and beginnings of them. */
export interface AllowedKeys {
  readonly exact: readonly string[];
  readonly prefixes: readonly string[];
}

/** What is read of each table; of `composerHeaders` every row. */
export const ALLOWED_KEYS: Readonly<Record<StateRow["table"], AllowedKeys>> = {
  ItemTable: {
    exact: [
      "aiService.generations",
      "aiService.prompts",
      "composer.composerData",
      "composer.composerHeaders",
      "workbench.panel.aichat.view.aichat.chatdata",
      "aiCodeTracking.recentCommit",
      "workbench.backgroundComposer.workspacePersistentData",
    ],
    prefixes: ["aiCodeTracking.dailyStats.v"],
  },
  cursorDiskKV: {
    exact: [],
    prefixes: ["composerData:", "bubbleId:", "codeBlockPartialInlineDiffFates:"],
  },
  composerHeaders: { exact: [], prefixes: [""] },
};

/** Whether a key may be read. */
export function isAllowed(table: StateRow["table"], key: string): boolean {
  const { exact, prefixes } = ALLOWED_KEYS[table];
  return exact.includes(key) || prefixes.some((prefix) => key.startsWith(prefix));
}
