/**
 * Cursor: where it leaves its databases and how they are read.
 *
 * @module
 */

import { literal } from "../../core/privacy.ts";
import type { HookSettings } from "../hook_settings.ts";
import type { CaptureContext, Platform, Source } from "../platform.ts";
import { userFolders } from "./locate.ts";

const hooks: HookSettings = {
  files: () => [],
  programVersion: () => Promise.resolve(undefined),
  seenVersions: () => [],
  lowest: () => undefined,
  lists: () => ({}),
  isOwn: () => false,
  programOf: () => undefined,
};

/** The platform of Cursor. */
export const cursor: Platform = {
  id: literal("cursor"),
  label: "Cursor",
  traceTable: "cursor_raw_traces",
  aliases: [],
  roots: userFolders,
  inspect: () => [],
  open: openSource,
  projectLabels: () => new Map(),
  readHook: () => [],
  hooks,
};

function openSource(_context: CaptureContext): Source {
  return {
    platform: cursor.id,
    roots: [],
    scan: () => [],
    check: () => [],
    coverage: () => ({ filesDone: 0, filesTotal: 0 }),
    read: () => Promise.resolve(),
    flush: () => Promise.resolve(),
    rewind: () => Promise.resolve(),
    inspect: () => ({ files: 0, unreadable: [], goneSessions: [] }),
  };
}
