/** Tests of `blueplane mcp` as an assistant's client sees it: all that it offers, and its end. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { systemClock } from "../../core/clock.ts";
import { TOOLS } from "../../mcp/tool_table.ts";
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

const SECRET = "Rename the secret engine in /home/ada/engine.ts";
const CURRENT = "get_current_metrics";
const SESSION = "00000001-0000-4000-8000-00000000cafe";
/** What tools cannot do without; texts are full of what must not be kept. */
const NEEDED: Readonly<Record<string, Record<string, unknown>>> = {
  search_similar_tasks: { task_description: SECRET },
  find_successful_patterns: { file_type: "ts", operation_type: "edit" },
  find_related_conversations: { current_context: SECRET },
  optimize_context: { current_context: SECRET },
  suggest_strategy: { task_type: SECRET, file_context: SECRET },
  predict_acceptance: { code: SECRET, file_type: "ts", operation: "edit", context: SECRET },
  recommend_tools: { task_description: SECRET, available_tools: ["Bash", SECRET.slice(0, 60)] },
  get_contextual_insights: { current_file: SECRET, recent_operations: [SECRET] },
  search_sessions: { query: SECRET },
  track_decision: { decision_type: "edit", about: "last_edit", context: { text: SECRET } },
  log_outcome: { decision_id: "toolu_9", outcome: "accepted", feedback: SECRET },
  record_turn: { turn_type: "user", content_hash: SECRET, metadata: SECRET },
  submit_feedback: { feedback_items: [{ kind: "speed", text: SECRET }], session_context: SECRET },
};

async function connect(machine: Machine, env: Record<string, string> = {}) {
  const transport = new ProcessTransport(binaryPath(), {
    args: ["mcp"],
    env: { ...machine.env, ...env },
  });
  const client = new Client({ name: "claude-code", version: "2.1.330" });
  await client.connect(transport);
  const call = async (name: string, given: Record<string, unknown> = {}) => {
    const { isError, content, structuredContent } = await client.callTool({
      name,
      arguments: given,
    });
    if (isError) throw new Error(JSON.stringify(content));
    return structuredContent as Record<string, unknown>;
  };
  return { client, transport, call };
}

function liveTranscript(machine: Machine): Transcript {
  const transcript = new Transcript(machine.claude, { startedAt: systemClock.now() - 60_000 });
  transcript.prompt(SECRET);
  for (let i = 0; i < 22; i++) transcript.response({ tool: "Bash" }).result();
  return transcript.response({ tool: "Edit" });
}

Deno.test("blueplane mcp answers all that it lists, and keeps no word of it", async () => {
  using machine = tempMachine();
  liveTranscript(machine);
  // As the client does whose process starts the server: here, this one.
  Deno.mkdirSync(`${machine.claude}/sessions`);
  Deno.writeTextFileSync(
    `${machine.claude}/sessions/${Deno.pid}.json`,
    JSON.stringify({ pid: Deno.pid, sessionId: SESSION }),
  );
  const { client, transport, call } = await connect(machine);
  const { tools } = await client.listTools();
  const said: unknown[] = [];

  const current = await call(CURRENT);
  for (const { name } of TOOLS) {
    if (name === "log_outcome") continue;
    said.push(await call(name, NEEDED[name] ?? {}));
  }
  const { decision_id } = await call("track_decision", NEEDED.track_decision);
  await call("log_outcome", { ...NEEDED.log_outcome, decision_id });
  const { metrics } = await call("get_session_metrics") as { metrics: Record<string, number> };
  for (const { uri } of (await client.listResources()).resources) {
    said.push(await client.readResource({ uri }));
  }
  for (const { name } of (await client.listPrompts()).prompts) {
    said.push(await client.getPrompt({ name, arguments: { period: "24h" } }));
  }
  const analysis = JSON.parse(
    (await runBinary(machine, ["analyze", "last", "--json", "--no-sync"])).stdout,
  );
  await client.close();

  equal(tools.length, 20);
  deepEqual(current.session, {
    session_id: SESSION,
    platform: "claude_code",
    known_by: "parent_process",
    confidence: 0.95,
  });
  deepEqual([current.status, current.n, metrics.tool_uses], ["ok", 22, 23]);
  deepEqual(analysis.session.acceptance.evidence, { report: 1 });
  const secret = /secret|\/home\/ada|Rename/;
  ok(!secret.test(JSON.stringify(said)), JSON.stringify(said).match(secret)?.[0]);
  equal(transport.stderr, "");
  for (const path of filesBelow(machine.home)) {
    const bytes = new TextDecoder("latin1").decode(Deno.readFileSync(path));
    ok(!/secret engine|home\/ada/.test(bytes), path);
  }
});

Deno.test("blueplane mcp tells of what is written, while nothing else runs", async () => {
  using machine = tempMachine();
  const transcript = liveTranscript(machine);
  const { client, call } = await connect(machine, { CLAUDE_CODE_SESSION_ID: SESSION });
  const { resource: uri } = await call("subscribe_metrics") as { resource: string };
  await client.subscribeResource({ uri });
  const update = new Promise<string>((resolve) =>
    client.setNotificationHandler(
      ResourceUpdatedNotificationSchema,
      ({ params }: { params: { uri: string } }) => resolve(params.uri),
    )
  );

  transcript.result().response({ tool: "Grep" }).result();

  equal(await update, uri);
  const { contents: [content] } = await client.readResource({ uri });
  await client.close();
  equal(JSON.parse((content as { text: string }).text).tools_used.Grep, 1);
});

Deno.test("blueplane mcp gives way to a server, and several clients ask beside it", async () => {
  using machine = tempMachine();
  const transcript = liveTranscript(machine);
  const clients = [await connect(machine), await connect(machine)];
  // One of them reads for both, whichever was first.
  for (const { call } of clients) {
    await until("it is read", async () => (await call(CURRENT)).n === 22);
  }
  // Who does not write waits for who does.
  transcript.result();
  for (const { call } of clients) equal((await call(CURRENT)).n, 23);

  const { server } = await startServe(machine);
  await using _server = server;
  transcript.response({ tool: "Grep" }).result();
  for (const { call } of clients) equal((await call(CURRENT)).n, 24);

  const { recorded } = await clients[0]!.call("submit_feedback", {
    feedback_items: [{ kind: "speed", rating: 5 }],
  });
  equal(recorded, 1);
  for (const { client, transport } of clients) {
    await client.close();
    deepEqual((await transport.ended).code, 0);
    equal(transport.stderr, "");
  }
});

Deno.test("blueplane mcp lets sync read, and goes on", async () => {
  using machine = tempMachine();
  liveTranscript(machine);
  const { client, call } = await connect(machine);
  equal((await call(CURRENT)).n, 22);

  const { code, stderr } = await runBinary(machine, ["sync", "--quiet"]);
  const again = await call(CURRENT);
  await client.close();

  deepEqual([code, stderr, again.n], [0, "", 22]);
});

Deno.test("blueplane mcp says what it cannot answer, and ends with its client", async () => {
  using machine = tempMachine();
  const call = { method: "tools/call", params: { name: CURRENT, arguments: {} } };
  const initialize = {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "claude-code", version: "2.1.330" },
  };
  const request = (id: unknown, rest: object) => JSON.stringify({ jsonrpc: "2.0", id, ...rest });
  const lines = [
    request("probe", { method: "server/discover", params: {} }),
    "no JSON",
    request(1, call),
    request(2, { method: "initialize", params: initialize }),
    `[${request(3, call)}]`,
    request(4, { method: "ping", params: { words: "x".repeat(9_000_000) } }),
    request(5, { method: "tools/list", params: { cursor: "2" } }),
    // Its answer comes when stdin is closed already.
    request(6, call),
  ];

  const { code, stdout, stderr } = await run(
    machine,
    binaryPath(),
    ["mcp"],
    lines.map((line) => `${line}\n`).join(""),
  );

  const answers = stdout.trim().split("\n").map((line) => JSON.parse(line));
  const byId = (id: unknown) => answers.filter((answer) => answer.id === id);
  deepEqual(
    ["probe", 1, 3, 5].map((id) => byId(id).map(({ error }) => error.code)),
    [[-32601], [-32600], [-32600], [-32602]],
  );
  deepEqual(byId(undefined).map(({ error }) => error.code), [-32700, -32600]);
  equal(byId(2)[0].result.protocolVersion, "2025-11-25");
  match(byId(2)[0].result.instructions, /insufficient_data/);
  equal(byId(6)[0].result.structuredContent.status, "insufficient_data");
  deepEqual([answers.length, code, stderr], [8, 0, ""]);
});

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}
