/** Tests of `mcp/stdio_transport.ts`; whole processes are tested in `mcp_server_test.ts`. */

import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { StdioTransport } from "../../mcp/stdio_transport.ts";

Deno.test("StdioTransport() reads and writes lines, and says what it cannot read", async () => {
  const input = new PassThrough(), output = new PassThrough();
  const transport = new StdioTransport(input, output);
  const read: JSONRPCMessage[] = [];
  let written = "";
  output.on("data", (chunk: Uint8Array) => written += new TextDecoder().decode(chunk));
  transport.onmessage = (message) => read.push(message);
  await transport.start();
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" } as const;

  input.write(`${JSON.stringify(ping)}\nnothing\n`);
  await new Promise((resolve) => setImmediate(resolve));
  await transport.send({ jsonrpc: "2.0", id: 1, result: {} });
  await new Promise((resolve) => setImmediate(resolve));

  assert.deepEqual(read, [ping]);
  const said = written.split("\n");
  assert.match(said[0]!, /"code":-32700/);
  assert.deepEqual(said.slice(1), ['{"jsonrpc":"2.0","id":1,"result":{}}', ""]);
});

Deno.test("StdioTransport.send() waits for a client that reads slowly", async () => {
  const output = new PassThrough({ highWaterMark: 8 });
  const transport = new StdioTransport(new PassThrough(), output);
  let isSent = false;

  const sending = transport.send({ jsonrpc: "2.0", id: 1, result: {} }).then(() => isSent = true);
  await new Promise((resolve) => setImmediate(resolve));
  const before = isSent;
  output.resume();
  await sending;

  assert.deepEqual([before, isSent], [false, true]);
});

Deno.test("StdioTransport.close() reads no more", async () => {
  const input = new PassThrough();
  const transport = new StdioTransport(input, new PassThrough());
  let closed = 0, read = 0;
  transport.onclose = () => closed++;
  transport.onmessage = () => read++;
  await transport.start();

  await transport.close();
  input.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
  await new Promise((resolve) => setImmediate(resolve));

  assert.deepEqual([closed, read], [1, 0]);
});
