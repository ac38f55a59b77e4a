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
  const ask = async (method: string, id?: number) =>
    await client.send({ jsonrpc: "2.0", method, ...(id === undefined ? {} : { id }) } as never);
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

Deno.test("GuardedTransport() tells of the end of the connection, and sends", async () => {
  const { transport, client, answers } = await guarded();
  let closed = 0;
  transport.onclose = () => closed++;

  await transport.send({ jsonrpc: "2.0", id: 1, result: {} });
  await client.close();

  assert.deepEqual([answers.length, closed], [1, 1]);
});
