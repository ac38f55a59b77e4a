/** Tests of what a person does not want captured, on every source, with the binary. */

import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { inflateSync } from "node:zlib";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { OFF_CATEGORIES } from "../../core/capture_choices.ts";
import { logsRequest } from "../capture/export_bodies.ts";
import { makeState } from "../helpers/cursor_databases.ts";
import {
  binaryPath,
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { ProcessTransport } from "../mcp/process_transport.ts";
import { run } from "./piped_run.ts";

const OUT = "/home/ada/private", IN = "/home/ada/shop";

/** A machine on which Cursor's folder is known. */
function machineWithCursor(): Machine {
  const machine = tempMachine();
  const env = { ...machine.env, BLUEPLANE_CURSOR_USER_DIR: `${machine.path}/User` };
  return { ...machine, env };
}

function transcript(machine: Machine, session: number, cwd: string): Transcript {
  const told = new Transcript(machine.claude, { session, cwd, startedAt: Date.now() - 9000 });
  // Lines before the first that names a folder.
  told.write(`{"type":"file-history-snapshot","messageId":"m","snapshot":{}}\n`);
  const file_path = `${cwd}/a.ts`;
  return told.prompt("a b c").response({ tool: "Edit", input: { file_path, new_string: "b" } })
    .result({ toolUseResult: { filePath: file_path, structuredPatch: [{ lines: ["+b"] }] } })
    .response({ tool: "Bash", input: { command: "npm test" } }).result();
}

/** Something that is typed at this moment. */
function promptNow(machine: Machine, session: number): Transcript {
  const startedAt = Date.now() - 1000;
  return new Transcript(machine.claude, { session, cwd: IN, startedAt }).prompt();
}

function composer(id: string, folder: string) {
  const createdAt = Date.now() - 60_000;
  return [
    [
      `composerData:${id}`,
      JSON.stringify({
        composerId: id,
        createdAt,
        lastUpdatedAt: createdAt + 5000,
        unifiedMode: "agent",
        workspaceIdentifier: { uri: { fsPath: folder, external: `file://${folder}` } },
        fullConversationHeadersOnly: [{ bubbleId: `b-${id}`, type: 1 }],
      }),
    ],
    [
      `bubbleId:${id}:b-${id}`,
      JSON.stringify({
        bubbleId: `b-${id}`,
        type: 1,
        text: "Do it",
        createdAt: new Date(createdAt).toISOString(),
      }),
    ],
  ] as const;
}

async function hook(machine: Machine, platform: string, payload: Record<string, unknown>) {
  const { code } = await run(machine, binaryPath(), ["hook", platform], JSON.stringify(payload));
  equal(code, 0);
}

/** Tells of an edit as the assistant itself. */
async function track(machine: Machine, sessionId: string, folder: string): Promise<unknown> {
  const transport = new ProcessTransport(binaryPath(), {
    args: ["mcp", "--no-sync"],
    env: { ...machine.env, CLAUDE_CODE_SESSION_ID: sessionId, CLAUDE_PROJECT_DIR: folder },
  });
  const client = new Client({ name: "claude-code", version: "2.1.330" });
  await client.connect(transport);
  const given = { decision_type: "edit", session_id: sessionId };
  const answer = await client.callTool({ name: "track_decision", arguments: given });
  await client.close();
  if (answer.isError) throw new Error(JSON.stringify(answer.content));
  return answer.structuredContent;
}

async function told(machine: Machine): Promise<string[]> {
  const { stdout } = await runBinary(machine, ["sessions", "--json", "-n", "0"]);
  return JSON.parse(stdout).sessions.map(({ session_id }: { session_id: string }) => session_id)
    .sort();
}

function eventsOf(machine: Machine) {
  using db = new DatabaseSync(`${machine.home}/telemetry.db`, { readOnly: true });
  return db.prepare("select body from trace_blocks").all().flatMap(({ body }) =>
    inflateSync(body as Uint8Array).toString().split("\n").map((line) => JSON.parse(line))
  );
}

/** Files of the home in which any of these texts stands. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return filesWith(path, texts);
    const bytes = new TextDecoder("latin1").decode(Deno.readFileSync(path));
    return texts.some((text) => bytes.includes(text)) ? [name] : [];
  });
}

// Goal: nothing of a folder that is left out gets anywhere. Method: transcripts, hooks, Cursor's
// databases and the assistant's own words, once of such a folder and once of another.
Deno.test("blueplane config leaves folders out, with all in them, on every source", async () => {
  using machine = machineWithCursor();
  const args = ["config", "set", "capture.exclude", OUT];
  equal((await runBinary(machine, args)).code, 0);
  const out = transcript(machine, 1, `${OUT}/deep`), kept = transcript(machine, 2, IN);
  makeState(`${machine.path}/User/globalStorage/state.vscdb`, [
    ...composer("outcomposer", OUT),
    ...composer("incomposer", IN),
  ]);
  const storage = `${machine.path}/User/workspaceStorage/w1`;
  makeState(`${storage}/state.vscdb`, [[
    "aiService.generations",
    JSON.stringify([{ unixMs: Date.now(), generationUUID: "outgeneration", type: "cmdk" }]),
  ]]);
  Deno.writeTextFileSync(
    `${storage}/workspace.json`,
    JSON.stringify({ folder: `file://${OUT}` }),
  );
  for (const [id, folder] of [["outhook", `${OUT}/x`], ["inhook", IN]] as const) {
    const hookOf = (name: string) => ({ hook_event_name: name, session_id: id, cwd: folder });
    await hook(machine, "claude-code", { ...hookOf("UserPromptSubmit"), prompt: "a" });
    const cursors = { conversation_id: `c${id}`, workspace_roots: [folder] };
    await hook(machine, "cursor", { ...cursors, hook_event_name: "sessionStart" });
  }

  equal((await runBinary(machine, ["sync"])).code, 0);

  deepEqual(await told(machine), [kept.sessionId, "incomposer", "inhook"].sort());
  const sessions = new Set(eventsOf(machine).map(({ session_id }) => session_id));
  deepEqual(
    [...sessions].sort(),
    [kept.sessionId, "cinhook", "incomposer", "inhook"].sort(),
  );
  await rejects(track(machine, kept.sessionId, OUT), /by the user's settings/);
  await track(machine, kept.sessionId, IN);
  const texts = [out.sessionId, "outcomposer", "outhook", "outgeneration"];
  deepEqual(filesWith(machine.home, texts), []);
  out.prompt("more");
  await runBinary(machine, ["sync"]);
  deepEqual(filesWith(machine.home, texts), []);
  const { code } = await runBinary(machine, ["privacy", "audit", "-q"]);
  equal(code, 0);
});

// Goal: who leaves a folder out loses the exports of its sessions, and of no others. Method: an
// export comes before anything tells where its sessions are; then lines and a hook tell it.
Deno.test("blueplane serve tells exports apart by the folders of their sessions", async () => {
  using machine = tempMachine();
  const args = ["config", "set", "capture.exclude", OUT];
  equal((await runBinary(machine, args)).code, 0);
  const { server, url } = await startServe(machine);
  await using _server = server;
  const post = async (path: string, body: object) => {
    const headers = { "Blueplane-Client": "otel", "Content-Type": "application/json" };
    const response = await fetch(url + path, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return [response.status, await response.text()];
  };
  const idOf = (session: number) => `0000000${session}-0000-4000-8000-00000000cafe`;
  const logs = [1, 2, 3, 4].map((session) => ({
    name: "api_request",
    at: Date.now(),
    attributes: { "session.id": idOf(session), request_id: `req_of_${session}`, model: "m" },
  }));

  deepEqual(await post("/v1/logs", logsRequest(...logs)), [200, "{}"]);
  transcript(machine, 1, `${OUT}/deep`);
  transcript(machine, 2, IN);
  const hook = { hook_event_name: "Stop", session_id: idOf(3), cwd: OUT };
  deepEqual(await post("/hooks/claude_code", hook), [202, ""]);
  await until("the requests are sorted", async () => {
    const numbers = await (await fetch(`${url}/metrics`)).text();
    return /^blueplane_exports_waiting 1$/m.test(numbers) &&
      /^blueplane_exports_dropped_total\{reason="excluded"\} 2$/m.test(numbers);
  });
  await until(
    "that of the other folder is stored",
    () => eventsOf(machine).some(({ event_type }) => event_type === "api_request"),
  );
  // By now it is known at once.
  deepEqual(await post("/v1/logs", logsRequest(logs[0]!, logs[2]!)), [200, "{}"]);
  await server.stop("SIGTERM");

  const requests = eventsOf(machine).filter(({ event_type }) => event_type === "api_request");
  deepEqual(requests.map(({ payload }) => payload.request_id), ["req_of_2"]);
  const texts = [1, 3, 4].flatMap((session) => [idOf(session), `req_of_${session}`]);
  deepEqual(filesWith(machine.home, texts), []);
});

Deno.test("blueplane config switches off parts of events, on every source", async () => {
  using machine = machineWithCursor();
  const all = Object.keys(OFF_CATEGORIES).join(",");
  equal((await runBinary(machine, ["config", "set", "capture.off", all])).code, 0);
  const { sessionId } = transcript(machine, 1, IN);
  makeState(`${machine.path}/User/globalStorage/state.vscdb`, composer("incomposer", IN));
  const payload = { hook_event_name: "UserPromptSubmit", session_id: sessionId, cwd: IN };
  await hook(machine, "claude-code", { ...payload, prompt: "a b c" });
  const limits = { five_hour: { used_percentage: 7, resets_at: Date.now() / 1000 + 600 } };
  const status = JSON.stringify({ session_id: sessionId, cwd: IN, rate_limits: limits });
  await run(machine, binaryPath(), ["statusline"], status);

  await runBinary(machine, ["sync"]);

  await rejects(track(machine, sessionId, IN), /by the user's settings/);
  const events = eventsOf(machine);
  ok(events.length > 6);
  const fields = Object.values(OFF_CATEGORIES).flatMap((category) =>
    "of" in category || !("fields" in category) ? [] : [...category.fields]
  );
  for (const { event_type, payload, metadata } of events) {
    const names = [...Object.keys(payload), ...Object.keys(metadata)];
    deepEqual(names.filter((name) => fields.includes(name as never)), [], event_type);
    if (event_type === "user_prompt") equal(payload.characters, undefined);
    equal(event_type === "status_seen", false);
  }
  const { stdout } = await runBinary(machine, ["analyze", sessionId, "--json"]);
  const { session } = JSON.parse(stdout);
  deepEqual(
    [session.user_prompts, session.tool_uses, session.lines_added, session.git_commits],
    [1, 2, null, null],
  );
  deepEqual([session.cost_usd, session.tokens.output, session.project_id], [null, null, null]);
  deepEqual([session.files_touched, session.unknown.files_touched.reason], [null, "off"]);
  const shown = await runBinary(machine, ["status"]);
  match(shown.stdout, /^capture {3}off: prompts, commands, files/m);
});

Deno.test("blueplane config pauses capture at once and for good, in a server too", async () => {
  using machine = machineWithCursor();
  transcript(machine, 1, IN);
  const { server, url } = await startServe(machine);
  await using _server = server;
  await until("it is read", async () => (await told(machine)).length === 1);

  equal((await runBinary(machine, ["config", "set", "capture.paused", "true"])).code, 0);
  await until(
    "it is told",
    async () => (await (await fetch(url)).text()).includes("Capture is paused"),
  );
  promptNow(machine, 2);
  const headers = { "Blueplane-Client": "hook", "Content-Type": "application/json" };
  const prompt = (id: string) => ({
    method: "POST",
    headers,
    body: JSON.stringify({
      hook_event_name: "UserPromptSubmit",
      session_id: id,
      cwd: IN,
      prompt: "a",
    }),
  });
  const hooked = await fetch(`${url}/hooks/claude_code`, prompt("pausedhook"));
  deepEqual([hooked.status, await hooked.text()], [202, ""]);
  match((await runBinary(machine, ["statusline"], { stdin: "{}" })).stdout, /^capture paused/);
  equal((await runBinary(machine, ["config", "set", "capture.paused", "false"])).code, 0);
  const later = promptNow(machine, 3);
  await until("it goes on", async () => (await told(machine)).length === 2);

  deepEqual((await told(machine)).includes(later.sessionId), true);
  await server.stop("SIGTERM");
  await runBinary(machine, ["sync", "--again"]);
  equal((await told(machine)).length, 2);
  deepEqual(filesWith(machine.home, ["pausedhook"]), []);
});
