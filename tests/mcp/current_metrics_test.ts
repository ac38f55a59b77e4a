/** Tests of `mcp/current_metrics.ts`: the tool, asked by the official client in this process. */

import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { addCurrentMetrics } from "../../mcp/current_metrics.ts";
import type { McpContext } from "../../mcp/mcp_context.ts";
import { keptNowhere, makeToolResult, makeToolUse, NOON } from "../helpers/events.ts";
import { type FilledHome, filledHome } from "../helpers/filled_home.ts";

const TOOL = "get_current_metrics";

Deno.test("addCurrentMetrics() answers with the numbers of the metrics report", async () => {
  await using home = await filledHome();
  await home.tell(...calls(20));

  const { structuredContent } = await call(contextOf(home));

  const now = home.clock.now();
  const { totals, rates } = reportMetrics(home.db, { period: rollingPeriod("24h", now), now });
  assert.deepEqual(structuredContent, {
    status: "ok",
    n: 25,
    needed: 20,
    period: "24h",
    acceptance_rate: rates.acceptance!.value,
    productivity_score: 73.8,
    error_rate: rates.error!.value,
    rejection_rate: rates.rejection!.value,
    tools_used: totals.tool_uses_by_name,
    lines_changed: { added: totals.lines_added, removed: totals.lines_removed },
    sessions: totals.sessions,
    cost_usd: totals.cost_usd,
    cost_is_lower_bound: totals.cost_is_lower_bound,
    cost_coverage: totals.cost_coverage,
    unknown: {},
  });
});

Deno.test("addCurrentMetrics() says why, when it knows no cost", async () => {
  await using home = await filledHome([keptNowhere()]);

  const { structuredContent } = await call(contextOf(home));

  const reason = { reason: "not_kept_by_platform", sessions: 1, platforms: ["cursor"] };
  assert.equal(structuredContent.cost_usd, null);
  assert.deepEqual(structuredContent.unknown, { tokens: reason, cost_usd: reason });
});

Deno.test("addCurrentMetrics() tells no rates, when too few calls have ended", async () => {
  await using home = await filledHome();

  const { structuredContent } = await call(contextOf(home));

  assert.equal(structuredContent.status, "insufficient_data");
  assert.equal(structuredContent.n, 5);
  assert.equal(structuredContent.needed, 20);
  assert.equal(structuredContent.error_rate, null);
  assert.equal(structuredContent.rejection_rate, null);
  assert.deepEqual(structuredContent.tools_used, { Edit: 3, Bash: 2, Read: 1, Write: 1 });
});

for (const [count, status] of [[14, "insufficient_data"], [15, "ok"]] as const) {
  Deno.test(`addCurrentMetrics() says ${status}, when ${count + 5} calls have ended`, async () => {
    await using home = await filledHome();
    await home.tell(...calls(count));

    assert.equal((await call(contextOf(home))).structuredContent.status, status);
  });
}

Deno.test("addCurrentMetrics() answers, when nothing happened yet", async () => {
  await using home = await filledHome([]);

  const { structuredContent, isError } = await call(contextOf(home));

  assert.equal(isError ?? false, false);
  assert.deepEqual([structuredContent.n, structuredContent.sessions], [0, 0]);
  assert.deepEqual(structuredContent.tools_used, {});
});

Deno.test("addCurrentMetrics() gives the same as text, for other clients", async () => {
  await using home = await filledHome();

  const { content, structuredContent } = await call(contextOf(home));

  assert.equal(content.length, 1);
  assert.equal(content[0]!.type, "text");
  assert.deepEqual(JSON.parse(content[0]!.text), structuredContent);
});

Deno.test("addCurrentMetrics() asks for fresh numbers at every call", async () => {
  await using home = await filledHome();
  let reads = 0;
  const context: McpContext = {
    ...contextOf(home),
    read: async (use) => (reads++, use(home.db)),
  };

  await call(context);
  await call(context);

  assert.equal(reads, 2);
});

Deno.test("addCurrentMetrics() says that it failed, without a path", async () => {
  await using home = await filledHome();
  const read = () => Promise.reject(new Error(`Cannot open ${home.path}: it is gone`));

  const answer = await call({ ...contextOf(home), read });

  assert.equal(answer.isError, true);
  assert.doesNotMatch(JSON.stringify(answer), /telemetry\.db|blueplane_test/);
});

function contextOf(home: FilledHome): McpContext {
  return { clock: home.clock, version: "0.1.0", read: async (use) => use(home.db) };
}

interface Answer {
  readonly structuredContent: Readonly<Record<string, unknown>>;
  readonly content: readonly { readonly type: string; readonly text: string }[];
  readonly isError?: boolean;
}

/** Calls the tool; the client checks the answer against the tool's schema. */
async function call(context: McpContext): Promise<Answer> {
  const server = new McpServer({ name: "blueplane", version: "0.1.0" });
  addCurrentMetrics(server, context);
  const client = new Client({ name: "test", version: "1" });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), client.connect(near)]);
  try {
    await client.listTools();
    return await client.callTool({ name: TOOL, arguments: {} }) as unknown as Answer;
  } finally {
    await client.close();
    await server.close();
  }
}

/** Calls of a tool that went well. */
function calls(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const of = { use: `x${i}`, session: "more", at: NOON + i };
    return [makeToolUse({ ...of, id: `x${i}` }), makeToolResult({ ...of, id: `y${i}` })];
  }).flat();
}
