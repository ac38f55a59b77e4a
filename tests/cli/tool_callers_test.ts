/** Tests of `cli/tool_callers.ts`. */

import assert from "node:assert/strict";
import { toolCallers } from "../../cli/tool_callers.ts";
import type { Workspace } from "../../cli/workspace.ts";
import { Privacy } from "../../core/privacy.ts";
import { tempFolder } from "../core/temp_folder.ts";

const ID = "5be69bff-2daf-4e1e-94a2-e815e97cdb2d";

function callers(env: Readonly<Record<string, string>>, home = "/home/ada") {
  const environment = { home, get: (name: string) => env[name] };
  const privacy = new Privacy(new Uint8Array(32));
  return toolCallers({ environment, privacy } as Workspace, "/home/ada/here", 4242);
}

Deno.test("toolCallers() knows the session and the folder that the environment names", () => {
  const { named, projects, projectOf } = callers({
    CLAUDE_CODE_SESSION_ID: ID,
    CLAUDE_PROJECT_DIR: "/home/ada/engine",
  });

  assert.deepEqual(named, { platform: "claude_code", sessionId: ID });
  assert.deepEqual(projects, [projectOf("/home/ada/engine")]);
});

Deno.test("toolCallers() takes its own folder, where the environment names none", () => {
  const { named, projects, projectOf } = callers({ CLAUDE_CODE_SESSION_ID: "../etc" });

  assert.equal(named, undefined);
  assert.deepEqual(projects, [projectOf("/home/ada/here")]);
});

Deno.test("toolCallers() takes every folder that is named", () => {
  const { projects, projectOf } = callers({ WORKSPACE_FOLDER_PATHS: "/home/ada/a,/home/ada/b" });

  assert.deepEqual(projects, ["/home/ada/a", "/home/ada/b"].map(projectOf));
});

Deno.test("toolCallers() knows clients of every platform", () => {
  const { clients, callIds } = callers({});

  assert.deepEqual([clients.get("claude-code"), clients.get("cursor-vscode")], [
    "claude_code",
    "cursor",
  ]);
  assert.deepEqual(callIds, ["claudecode/toolUseId"]);
});

Deno.test("toolCallers() asks anew in which session its client is", () => {
  using folder = tempFolder();
  const { running } = callers({}, folder.path);
  const ids = [ID, ID.replace("5", "6")].map((sessionId) => {
    Deno.mkdirSync(`${folder.path}/.claude/sessions`, { recursive: true });
    const note = JSON.stringify({ pid: 4242, sessionId });
    Deno.writeTextFileSync(`${folder.path}/.claude/sessions/4242.json`, note);
    return running();
  });

  assert.deepEqual(ids, [
    { platform: "claude_code", sessionId: ID },
    { platform: "claude_code", sessionId: ID.replace("5", "6") },
  ]);
});
