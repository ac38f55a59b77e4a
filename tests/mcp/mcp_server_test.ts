/** Tests of `mcp/mcp_server.ts`: the command itself, asked by the official client over stdio. */

import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import { systemClock } from "../../core/clock.ts";
import { openReader } from "../../core/database.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { type Machine, sourceCall, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { ProcessTransport } from "./process_transport.ts";

const HOUR_MS = 3_600_000;
/** A token is some four characters of JSON. */
const LIST_CHARACTERS_MAX = 4 * 6000;

Deno.test("serveMcp() lists its tools with schemas and annotations, in few tokens", async () => {
  using machine = tempMachine();
  await using connected = await connect(machine);

  const { tools } = await connected.client.listTools() as { tools: Tool[] };

  assert.deepEqual(tools.map(({ name }) => name), ["get_current_metrics"]);
  assert.ok(JSON.stringify(tools).length < LIST_CHARACTERS_MAX);
  for (const tool of tools) {
    assert.ok(tool.title && tool.description);
    assert.equal(tool.inputSchema.type, "object");
    assert.equal(tool.outputSchema?.type, "object");
    assert.equal(tool.annotations?.readOnlyHint, true);
    assert.equal(tool.annotations?.openWorldHint, false);
    assert.deepEqual(
      tool.outputSchema?.required?.toSorted(),
      Object.keys(tool.outputSchema?.properties ?? {}).sort(),
    );
  }
});

Deno.test("serveMcp() says who it is", async () => {
  using machine = tempMachine();
  await using connected = await connect(machine);

  const { name, version } = connected.client.getServerVersion()!;

  assert.equal(name, "blueplane");
  assert.match(version, /^\d+\.\d+\.\d+/);
});

Deno.test("serveMcp() answers with the numbers of the metrics report", async () => {
  using machine = tempMachine();
  writeCalls(machine, 22);
  await using connected = await connect(machine);

  const content = await connected.call();

  using db = openReader(`${machine.home}/telemetry.db`)!;
  const now = systemClock.now();
  const { totals, rates } = reportMetrics(db, { period: rollingPeriod("24h", now), now });
  assert.equal(content.status, "ok");
  assert.equal(content.n, 22);
  assert.equal(rates.error!.n, 22);
  assert.equal(content.error_rate, rates.error!.value);
  assert.deepEqual(content.tools_used, totals.tool_uses_by_name);
  assert.equal(content.sessions, totals.sessions);
});

Deno.test("serveMcp() says that there is too little, when a machine is new", async () => {
  using machine = tempMachine();
  await using connected = await connect(machine);

  const { status, n, needed, error_rate } = await connected.call();

  assert.deepEqual([status, n, error_rate], ["insufficient_data", 0, null]);
  assert.equal(needed, 20);
});

Deno.test("serveMcp() knows what was written since the last call", async () => {
  using machine = tempMachine();
  const transcript = writeCalls(machine, 1);
  await using connected = await connect(machine);
  const before = await connected.call();

  transcript.response({ tool: "Grep" }).result();
  const after = await connected.call();

  assert.deepEqual(before.tools_used, { Bash: 1 });
  assert.deepEqual(after.tools_used, { Bash: 1, Grep: 1 });
});

Deno.test("serveMcp() refuses a tool that it has not", async () => {
  using machine = tempMachine();
  await using connected = await connect(machine);

  const answer = await connected.client.callTool({ name: "rm", arguments: {} })
    .catch((error: unknown) => ({ isError: true, error }));

  assert.equal(answer.isError, true);
});

Deno.test("serveMcp() writes nothing but the protocol, and nothing of what it read", async () => {
  using machine = tempMachine();
  writeCalls(machine, 3);
  await using connected = await connect(machine);

  const answer = await connected.client.callTool({ name: "get_current_metrics", arguments: {} });

  assert.doesNotMatch(JSON.stringify(answer), /engine|\/home|secret/i);
  assert.equal(connected.transport.stderr, "");
});

Deno.test("serveMcp() ends its process well, when the client is gone", async () => {
  using machine = tempMachine();
  const { client, transport } = await connect(machine);

  await client.close();
  const { code, signal } = await transport.ended;

  assert.deepEqual([code, signal, transport.stderr], [0, null, ""]);
});

interface Connected extends AsyncDisposable {
  readonly client: Client;
  readonly transport: ProcessTransport;
  /** The structured answer of the one tool. */
  call(): Promise<Readonly<Record<string, unknown>>>;
}

async function connect(machine: Machine): Promise<Connected> {
  const transport = new ProcessTransport(Deno.execPath(), sourceCall(machine, ["mcp"]));
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  return {
    client,
    transport,
    async call() {
      const answer = await client.callTool({ name: "get_current_metrics", arguments: {} });
      return answer.structuredContent as Record<string, unknown>;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
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
