/** Tests of `mcp/guarded_stdio.ts`. */

import assert from "node:assert/strict";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { GuardedTransport } from "../../mcp/guarded_stdio.ts";

async function guarded() {
  const [client, inner] = InMemoryTransport.createLinkedPair();
  const transport = new GuardedTransport(inner);
  const passed: string[] = [], answers: unknown[] = [];
  transport.onmessage = (message: JSONRPCMessage) =>
    "method" in message && passed.push(message.method);
  client.onmessage = (message: JSONRPCMessage) => answers.push(message);
  await transport.start();
  await client.start();
  const ask = async (method: string, id?: number, params?: object) =>
    await client.send(
      { jsonrpc: "2.0", method, ...(id === undefined ? {} : { id }), params } as never,
    );
  return { ask, passed, answers, transport, client };
}

Deno.test("GuardedTransport() answers early requests with the protocol's error", async () => {
  const { ask, passed, answers } = await guarded();

  await ask("server/discover", 1);
  await ask("tools/call", 2);

  const codes = answers.map((answer) => {
    const { id, error } = answer as { id: number; error: { code: number } };
    return [id, error.code];
  });
  assert.deepEqual(codes, [[1, -32601], [2, -32600]]);
  assert.deepEqual(passed, []);
});

Deno.test("GuardedTransport() lets everything pass from `initialize` on", async () => {
  const { ask, passed, answers } = await guarded();

  await ask("ping", 1);
  await ask("initialize", 2);
  await ask("notifications/initialized");
  await ask("tools/call", 3);

  assert.deepEqual(passed, ["ping", "initialize", "notifications/initialized", "tools/call"]);
  assert.deepEqual(answers, []);
});

Deno.test("GuardedTransport() refuses pages, as no list has a second one", async () => {
  const { ask, passed, answers } = await guarded();
  await ask("initialize", 1);

  await ask("tools/list", 2, { cursor: "2" });
  await ask("tools/list", 3, {});
  await ask("tools/call", 4, { cursor: "2" });

  const [{ id, error }] = answers as [{ id: number; error: { code: number } }];
  assert.deepEqual([answers.length, id, error.code], [1, 2, -32602]);
  assert.deepEqual(passed, ["initialize", "tools/list", "tools/call"]);
});

Deno.test("GuardedTransport.answered() waits for answers that somebody waits for", async () => {
  const { ask, transport } = await guarded();
  let isAnswered = false;
  await ask("initialize", 1);
  await ask("tools/call", 2);
  await ask("tools/call", 3);
  const answered = transport.answered().then(() => isAnswered = true);
  const seen: boolean[] = [];
  const next = async (step: Promise<void>) => {
    await step;
    await Promise.resolve();
    seen.push(isAnswered);
  };

  await next(transport.send({ jsonrpc: "2.0", id: 1, result: {} }));
  await next(transport.send({ jsonrpc: "2.0", id: 2, result: {} }));
  await next(ask("notifications/cancelled", undefined, { requestId: 3 }));
  await answered;
  await transport.answered();

  assert.deepEqual(seen, [false, false, true]);
});

Deno.test("GuardedTransport() tells of the end of the connection, and sends", async () => {
  const { transport, client, answers } = await guarded();
  let closed = 0;
  transport.onclose = () => closed++;

  await transport.send({ jsonrpc: "2.0", id: 1, result: {} });
  await client.close();

  assert.deepEqual([answers.length, closed], [1, 1]);
});
