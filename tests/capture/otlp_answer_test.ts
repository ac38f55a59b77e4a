/** Tests of `capture/otlp_answer.ts`. */

import assert from "node:assert/strict";
import { BinaryReader } from "@bufbuild/protobuf/wire";
import { answerExport } from "../../capture/otlp_answer.ts";

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

Deno.test("answerExport() is empty when everything was taken", () => {
  assert.equal(textOf(answerExport("logs", "json", 0)), "{}");
  assert.equal(answerExport("logs", "protobuf", 0).length, 0);
});

Deno.test("answerExport() says in the protocol's words what was not taken", () => {
  const { partialSuccess } = JSON.parse(textOf(answerExport("metrics", "json", 3)));
  const reader = new BinaryReader(answerExport("traces", "protobuf", 3));

  assert.equal(partialSuccess.rejectedDataPoints, "3");
  assert.match(partialSuccess.errorMessage, /^Cannot take 3 records/);
  assert.deepEqual(reader.tag(), [1, 2]);
  reader.uint32();
  assert.deepEqual([reader.tag(), Number(reader.int64())], [[1, 0], 3]);
  assert.deepEqual([reader.tag(), reader.string()], [[2, 2], partialSuccess.errorMessage]);
});
