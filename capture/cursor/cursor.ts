/**
 * Cursor: how its hooks are read.
 *
 * @module
 */

import { literal } from "../../core/privacy.ts";
import type { Platform, Source } from "../platform.ts";
import { cursorHooks, readCursorHook } from "./cursor_hooks.ts";
import { isCursorHook } from "./hook_payload.ts";

/** The platform of Cursor. */
export const cursor: Platform = {
  id: literal("cursor"),
  label: "Cursor",
  traceTable: "cursor_raw_traces",
  aliases: [],
  roots: () => [],
  inspect: () => [],
  open: openNothing,
  projectLabels: () => new Map(),
  isCaller: isCursorHook,
  readHook: readCursorHook,
  hooks: cursorHooks,
};

function openNothing(): Source {
  return {
    platform: cursor.id,
    roots: [],
    scan: () => [],
    check: () => [],
    coverage: () => ({ filesDone: 0, filesTotal: 0 }),
    read: () => Promise.resolve(),
    flush: () => Promise.resolve(),
    rewind: () => Promise.resolve(),
    unread: () => 0,
    inspect: () => ({ files: 0, unreadable: [], goneSessions: [] }),
  };
}
