/** Tests of `mcp/message_lines.ts`. */

import assert from "node:assert/strict";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import fc from "fast-check";
import { MessageLines, readLine } from "../../mcp/message_lines.ts";

function ping(id: number) {
  return { jsonrpc: "2.0", id, method: "ping" };
}

function told(refusals: readonly JSONRPCMessage[]): unknown[] {
  return refusals.map((refusal) => {
    const { id, error } = refusal as { id?: unknown; error: { code: number } };
    return [id, error.code];
  });
}

function readAll(lines: MessageLines, chunks: readonly Uint8Array[]) {
  return chunks.flatMap((chunk) => [...lines.add(chunk)]);
}

Deno.test("MessageLines.add() gives the same messages, wherever the bytes are cut", () => {
  const text = new TextEncoder().encode(
    `${JSON.stringify({ ...ping(1), params: { word: "ü€😀" } })}\r\n\n${
      JSON.stringify(ping(2))
    }\n`,
  );
  const whole = readAll(new MessageLines(), [text]).flatMap(({ messages }) => messages);
  assert.equal(whole.length, 2);
  fc.assert(fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (places) => {
    const cuts = [0, ...places.sort((a, b) => a - b), text.length];
    // Memory that is used again must not change what was kept.
    const chunks = cuts.slice(1).map((end, i) => text.slice(cuts[i]!, end));
    const lines = new MessageLines(), read: JSONRPCMessage[] = [];
    for (const chunk of chunks) {
      for (const { messages } of lines.add(chunk)) read.push(...messages);
      chunk.fill(0);
    }
    assert.deepEqual(read, whole);
  }));
});

Deno.test("MessageLines.add() refuses a line that is too long, and reads on behind it", () => {
  const lines = new MessageLines(100);
  const bytes = (text: string) => new TextEncoder().encode(text);
  const exact = JSON.stringify(ping(3)).padEnd(100);

  const read = readAll(lines, [
    ...Array.from({ length: 50 }, () => bytes("x".repeat(10))),
    bytes(`x\n${JSON.stringify(ping(2))}\n${exact}\n${exact} \n`),
  ]);

  assert.deepEqual(read.map(({ messages }) => messages), [[], [ping(2)], [ping(3)], []]);
  assert.deepEqual(told(read.flatMap(({ refusals }) => refusals)), [
    [undefined, -32600],
    [undefined, -32600],
  ]);
});

Deno.test("readLine() says of what is no message which request has no answer", () => {
  const cases: [string, unknown[]][] = [
    ["", []],
    ["\r", []],
    ["{", [[undefined, -32700]]],
    ["null", [[undefined, -32600]]],
    ["[]", [[undefined, -32600]]],
    [JSON.stringify([ping(3), { jsonrpc: "2.0", method: "x" }, ping(4)]), [
      [3, -32600],
      [4, -32600],
    ]],
    [JSON.stringify({ ...ping(5), jsonrpc: "1.0" }), [[5, -32600]]],
    [JSON.stringify({ ...ping(6), method: 7 }), [[6, -32600]]],
    // An id that stands in an answer is none of a request.
    [JSON.stringify({ id: 8, result: {} }), [[undefined, -32600]]],
  ];
  for (const [line, refusals] of cases) {
    const read = readLine(line);
    assert.deepEqual([read.messages, told(read.refusals)], [[], refusals], line);
  }
});

Deno.test("readLine() repeats nothing of what it cannot read", () => {
  const texts = ["secret", '{"jsonrpc":"2.0","secret":1}', '["secret"]'];
  const said = texts.map((text) => JSON.stringify(readLine(text).refusals));
  assert.ok(said.every((text) => text.includes("Cannot") && !text.includes("secret")));
});
