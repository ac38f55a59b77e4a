/** Tests of `mcp/tool.ts`: answers in their budgets, errors without content, progress. */

import assert from "node:assert/strict";
import { Advisor } from "../../core/reports/advisor.ts";
import { fitted } from "../../mcp/tool.ts";
import { BY_ALPHA, connectTo } from "./connected.ts";

Deno.test("fitted() cuts the ends of the longest lists, until the answer fits", () => {
  const answer = {
    n: 3,
    lines: Array.from({ length: 50 }, (_, i) => `line ${i}`),
    counts: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`name_${i}`, i])),
    fixed: { added: 1, removed: 2 },
  };

  const cut = fitted(answer, 100, ["lines", "counts"]);

  assert.ok(JSON.stringify(cut).length <= 400);
  const lines = cut.lines as string[], counts = cut.counts as Record<string, number>;
  assert.deepEqual(lines, answer.lines.slice(0, lines.length));
  assert.equal(cut.left_out, 100 - lines.length - Object.keys(counts).length);
  assert.ok(lines.length > 0 && Object.keys(counts).length > 0);
  assert.deepEqual(cut.fixed, answer.fixed);
});

Deno.test("fitted() leaves alone what fits, and what has nothing to cut", () => {
  assert.deepEqual(fitted({ n: 1, list: [1] }, 100, ["list"]), { n: 1, list: [1], left_out: 0 });
  assert.equal(fitted({ text: "x".repeat(900) }, 100, ["list"]).left_out, 0);
});

Deno.test("addTool() gives the same as text, for clients that know no structure", async () => {
  await using connected = await connectTo();

  const { content, structuredContent } = await connected.client.callTool({
    name: "get_current_metrics",
    arguments: {},
  });

  const [{ text }] = content as [{ text: string }];
  assert.deepEqual(JSON.parse(text), structuredContent);
});

Deno.test("addTool() says that it failed, without a path", async () => {
  const read = () => Promise.reject(new Error("Cannot open /home/ada/telemetry.db: it is gone"));
  await using connected = await connectTo([], { read });

  assert.equal(
    await connected.refusal("get_current_metrics"),
    "Cannot answer get_current_metrics: the report failed; try again",
  );
});

Deno.test("addTool() refuses wrong arguments, and does not repeat them", async () => {
  await using connected = await connectTo();

  const text = await connected.refusal("get_tool_performance", { period: "my secret" });

  assert.match(text, /period/);
  assert.doesNotMatch(text, /secret/);
});

Deno.test("addTool() refuses what is no argument, and repeats nothing of it", async () => {
  await using connected = await connectTo();

  const none = await connected.refusal("get_current_metrics", { my_secret: 1 });
  const other = await connected.refusal("get_tool_performance", { my_secret: 1, period: "7d" });
  const deep = await connected.refusal("search_sessions", { filters: { my_secret: 1 } });

  assert.match(none, /there is no such argument; it takes none/);
  assert.match(other, /it takes only tool_name, period, include_latency/);
  assert.match(deep, /it takes only platform, since, until/);
  assert.doesNotMatch([none, other, deep].join(), /secret/);
});

Deno.test("addTool() takes a call without arguments, and one with what is about it", async () => {
  await using connected = await connectTo();

  for (const more of [{}, { _meta: { ...BY_ALPHA, progressToken: "p" } }]) {
    const { isError } = await connected.client.callTool({ name: "get_current_metrics", ...more });
    assert.ok(!isError);
  }
});

Deno.test("addTool() tells nothing of progress, when the answer is quick", async () => {
  await using connected = await connectTo();
  const told: number[] = [];

  await connected.client.callTool(
    { name: "get_current_metrics", arguments: {}, _meta: BY_ALPHA },
    undefined,
    { onprogress: ({ progress }: { progress: number }) => told.push(progress) },
  );
  await connected.client.ping();

  assert.deepEqual(told, []);
});

Deno.test("addTool() answers nobody who has cancelled", async () => {
  const started = Promise.withResolvers<void>(), go = Promise.withResolvers<void>();
  let reads = 0;
  await using connected = await connectTo();
  const { home } = connected;
  await using slow = await connectTo([], {
    async read(use) {
      started.resolve();
      await go.promise;
      reads++;
      return use(home.db, new Advisor(home.db));
    },
  });
  const stop = new AbortController();
  const call = slow.client.callTool({ name: "get_current_metrics", arguments: {} }, undefined, {
    signal: stop.signal,
  });
  await started.promise;

  stop.abort("enough");
  await assert.rejects(call, /enough/);
  go.resolve();
  await slow.client.ping();

  assert.equal(reads, 1);
});
