/**
 * Claude Code: where it leaves its transcripts and how they are read.
 *
 * @module
 */

import { literal, type Privacy } from "../../core/privacy.ts";
import type { HookSettings } from "../hook_settings.ts";
import { isFolder } from "../is_folder.ts";
import type { Environment, Platform } from "../platform.ts";
import { cleanupFindings } from "./client_settings.ts";
import { lowestVersion, readProgramVersion, readSeenVersions } from "./client_version.ts";
import { hookLists, isOwnHook, programOfHook } from "./hook_set.ts";
import { managedFolder, managedRules } from "./managed_settings.ts";
import { ALIASES, isClaudeCode, PLATFORM_ID } from "./names.ts";
import { linkFindings } from "./link_findings.ts";
import { configFolders, listTranscripts, projectsFolders } from "./locate.ts";
import { Projects } from "../project.ts";
import { otelSettings } from "./otel_settings.ts";
import { readProjectLabels } from "./project_labels.ts";
import { sessionOfClient } from "./running_client.ts";
import { statusSettings } from "./status_line.ts";
import { readToolNames } from "./tool_names.ts";
import { readToolServers } from "./tool_servers.ts";

const hooks: HookSettings = {
  files: settingsFiles,
  frame: {},
  gain: "permissions that you give cannot be seen",
  programVersion: readProgramVersion,
  seenVersions: (environment, now) =>
    readSeenVersions(projectsFolders(configFolders(environment)), now),
  lowest: lowestVersion,
  lists: hookLists,
  isOwn: isOwnHook,
  programOf: programOfHook,
  offSwitches: ["disableAllHooks"],
};

/** The platform of Claude Code. */
export const claudeCode: Platform = {
  id: literal(PLATFORM_ID),
  label: "Claude Code",
  traceTable: "claude_raw_traces",
  aliases: ALIASES,
  facts: {
    prompts: "transcripts, hooks",
    commands: "transcripts",
    interruptions: "transcripts",
    compactions: "transcripts, hooks",
    api_errors: "transcripts",
    responses: "transcripts",
    tokens: "transcripts",
    tool_calls: "transcripts, hooks",
    permissions: "hooks, OpenTelemetry",
    edits: "transcripts",
    git: "transcripts",
    subagents: "transcripts, hooks",
    rewinds: "transcripts",
    attributions: "transcripts",
    starts: "hooks",
    exports: "OpenTelemetry",
  },
  words: async () => (await import("./own_words.ts")).OWN_WORDS,
  roots: configFolders,
  contentFiles: (environment) =>
    projectsFolders(configFolders(environment)).flatMap(listTranscripts),
  inspect(environment) {
    const folders = configFolders(environment);
    const links = linkFindings(projectsFolders(folders));
    return Promise.resolve([...cleanupFindings(folders), ...links]);
  },
  open: async (context) => (await import("./transcript_source.ts")).transcriptSource(context),
  projectLabels(environment: Environment, privacy: Privacy) {
    const projects = new Projects(privacy, environment.home);
    return readProjectLabels(projectsFolders(configFolders(environment)), projects);
  },
  toolServers: (environment, privacy) =>
    readToolServers(environment.home, configFolders(environment), privacy),
  toolNames: (environment, privacy, wanted) =>
    readToolNames(projectsFolders(configFolders(environment)), privacy, wanted),
  // Its payloads have nothing that no other assistant's has.
  isCaller: () => false,
  readHook: async (payload, receivedAt, context) =>
    (await import("./hook_payload.ts")).readHookPayload(payload, receivedAt, context),
  isExporter: isClaudeCode,
  readExport: async (records, { privacy }) =>
    (await import("./otel_events.ts")).readOtel(records, privacy),
  hooks,
  toolClient: {
    names: [literal("claude-code")],
    callId: "claudecode/toolUseId",
    sessionVariable: "CLAUDE_CODE_SESSION_ID",
    sessionOfProcess: (environment, pid) => sessionOfClient(configFolders(environment), pid),
    folderVariable: "CLAUDE_PROJECT_DIR",
    files: toolServerFiles,
    entry: ([command, ...args]) => ({ type: "stdio", command, args, env: {} }),
  },
  status: statusSettings,
  exports: otelSettings,
  managedRules: () => managedRules(managedFolder(Deno.build.os)),
};

function settingsFiles(environment: Environment): readonly string[] {
  const folders = configFolders(environment).map(({ path }) => path.replace(/[/\\]+$/, ""));
  // A `projects` folder may be named as well; no settings are in it.
  return folders.filter((path) => !/[/\\]projects$/.test(path) && isFolder(path))
    .map((path) => `${path}/settings.json`);
}

/** One file for the user, whatever the project; it need not be there. */
function toolServerFiles(environment: Environment): readonly string[] {
  const folders = configFolders(environment).filter(({ path }) => isFolder(path));
  const named = folders.filter((root) => root.named && !/[/\\]projects[/\\]*$/.test(root.path));
  if (named.length > 0) {
    return named.map(({ path }) => `${path.replace(/[/\\]+$/, "")}/.claude.json`);
  }
  return folders.length > 0 ? [`${environment.home}/.claude.json`] : [];
}
