/** Tests of `mcp/mcp_server.ts`: the command itself, asked by the official client over stdio. */

import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { systemClock } from "../../core/clock.ts";
import { TOOLS } from "../../mcp/tool_table.ts";
import { makePrompt, NOON } from "../helpers/events.ts";
import { TWO } from "../helpers/filled_home.ts";
import { type Machine, sourceCall, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { CALLERS, connectTo } from "./connected.ts";
import { ProcessTransport } from "./process_transport.ts";

const HOUR_MS = 3_600_000;
const CURRENT = "get_current_metrics";

Deno.test("serveMcp() knows what was just written, and writes nothing but the protocol", async () => {
  using machine = tempMachine();
  const transcript = writeCalls(machine, 22);
  const { client, transport } = await connect(machine);
  const ask = async () =>
    (await client.callTool({ name: CURRENT, arguments: {} })).structuredContent as Record<
      string,
      unknown
    >;

  const { name, version } = client.getServerVersion()!;
  const { tools } = await client.listTools();
  const before = await ask();
  transcript.response({ tool: "Grep" }).result();
  const after = await ask();
  const refused = await client.callTool({ name: "rm", arguments: {} });
  await client.close();
  const { code, signal } = await transport.ended;

  assert.equal(name, "blueplane");
  assert.match(version, /^\d+\.\d+\.\d+/);
  assert.equal(tools.length, TOOLS.length);
  assert.deepEqual([before.status, before.n, before.scope], ["ok", 22, "24h"]);
  assert.deepEqual(before.tools_used, { Bash: 22 });
  assert.deepEqual(after.tools_used, { Bash: 22, Grep: 1 });
  assert.equal(refused.isError, true);
  assert.doesNotMatch(JSON.stringify([before, after]), /engine|\/home|secret/i);
  assert.deepEqual([code, signal, transport.stderr], [0, null, ""]);
});

Deno.test("serveMcp() says that there is too little, when a machine is new", async () => {
  using machine = tempMachine();
  const { client } = await connect(machine);

  const { structuredContent } = await client.callTool({ name: CURRENT, arguments: {} });
  await client.close();

  const { status, n, needed, error_rate } = structuredContent as Record<string, unknown>;
  assert.deepEqual([status, n, needed, error_rate], ["insufficient_data", 0, 20, null]);
});

Deno.test("Connection() takes the folders that the client has open for its projects", async () => {
  const client = new Client({ name: "test-client", version: "1" }, {
    capabilities: { roots: {} },
  });
  const asked: string[] = [];
  const roots = Promise.withResolvers<void>();
  client.setRequestHandler(ListRootsRequestSchema, () => {
    setTimeout(roots.resolve);
    return { roots: [{ uri: "file:///home/ada/two" }] };
  });
  const at = NOON + HOUR_MS;
  await using connected = await connectTo(
    [
      makePrompt({ id: "p1", session: "one", at }),
      makePrompt({ id: "p2", session: "two", project: TWO, at: at - 1000 }),
    ],
    { callers: { ...CALLERS, projectOf: (folder) => (asked.push(folder), TWO) } },
    client,
  );
  await roots.promise;
  await client.ping();

  const { session } = await connected.call(CURRENT, {}, {});

  assert.deepEqual(asked, ["/home/ada/two"]);
  assert.deepEqual(session, {
    session_id: "two",
    platform: "claude_code",
    known_by: "project",
    confidence: 0.8,
  });
});

async function connect(machine: Machine) {
  const transport = new ProcessTransport(Deno.execPath(), sourceCall(machine, ["mcp"]));
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  return { client, transport };
}

/** A session of the last hour with so many calls of a tool, one in eleven of which failed. */
function writeCalls(machine: Machine, count: number): Transcript {
  const transcript = new Transcript(machine.claude, { startedAt: systemClock.now() - HOUR_MS });
  transcript.prompt("The secret engine");
  for (let i = 0; i < count; i++) {
    transcript.response({ tool: "Bash" }).result({ isError: i % 11 === 10 });
  }
  return transcript;
}
