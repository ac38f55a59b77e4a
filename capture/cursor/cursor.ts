/**
 * Cursor: where it leaves its databases how they are read, and its hooks.
 *
 * @module
 */

import { literal, type Privacy } from "../../core/privacy.ts";
import type { Environment, Platform } from "../platform.ts";
import { Projects } from "../project.ts";
import { cursorHooks, cursorToolClient, isCursorHook } from "./cursor_hooks.ts";
import { listDatabases, userFolders, workspaceFolders } from "./locate.ts";
import { workspaceCandidates } from "./workspace_json.ts";

/** The platform of Cursor. */
export const cursor: Platform = {
  id: literal("cursor"),
  label: "Cursor",
  traceTable: "cursor_raw_traces",
  aliases: [],
  facts: {
    prompts: "state.vscdb",
    interruptions: "state.vscdb",
    compactions: "hooks",
    inline_prompts: "state.vscdb",
    responses: "state.vscdb, hooks",
    estimates: "state.vscdb",
    tool_calls: "state.vscdb, hooks",
    edits: "state.vscdb, hooks",
    reviews: "state.vscdb",
    subagents: "state.vscdb, hooks",
    rewinds: "state.vscdb",
    gauges: "state.vscdb, hooks",
    daily_lines: "state.vscdb",
    tracked_code: "ai-code-tracking.db",
  },
  words: async () => (await import("./own_words.ts")).OWN_WORDS,
  roots: (environment) => userFolders(environment),
  contentFiles: (environment) => listDatabases(environment).map(({ path }) => path),
  inspect: async (environment) =>
    (await import("./state_findings.ts")).stateFindings(environment),
  async open(context) {
    const { StateSource } = await import("./state_source.ts");
    return new StateSource(cursor.id, loadProjectRow, context);
  },
  projectLabels,
  // Its calls do not tell of which server a tool is.
  toolServers: () => new Map(),
  toolNames: () => new Map(),
  isCaller: isCursorHook,
  readHook: async (payload, receivedAt, context) =>
    (await import("./hook_payload.ts")).readCursorHook(payload, receivedAt, context),
  // It exports nothing.
  isExporter: () => false,
  readExport: () => Promise.resolve({ events: [], rejected: 0 }),
  hooks: cursorHooks,
  toolClient: cursorToolClient,
};

async function loadProjectRow() {
  return (await import("./project_row.ts")).projectRow;
}

/** The folders that were open in windows, by the hash of the project that each may belong to. */
function projectLabels(environment: Environment, privacy: Privacy): ReadonlyMap<string, string> {
  const projects = new Projects(privacy, environment.home);
  const folders = userFolders(environment).flatMap(({ path }) => workspaceFolders(path));
  const candidates = folders.flatMap((folder) => workspaceCandidates(folder, projects));
  return new Map(candidates.map(({ hash, label }) => [hash, label]));
}
