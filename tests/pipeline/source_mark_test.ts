/** Tests of positions as entries of the queue. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeEvent, EventError } from "../../core/event.ts";
import { decodeMark, encodeMark } from "../../pipeline/source_mark.ts";
import { makePrompt } from "../helpers/events.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { makeCheckpoint } from "./port_contract.ts";

const checkpoint = makeCheckpoint({ head: "1024:0af3", state: '{"mode":"plan","n":1}' });

Deno.test("decodeMark() reads what encodeMark() wrote", () => {
  for (const mark of [checkpoint, { ...checkpoint, sessionId: null, transient: true as const }]) {
    for (const epoch of ["", `${"0f".repeat(20)}:${"e1".repeat(8)}`]) {
      const written = { machine: "1a2b3c4d", epoch, checkpoint: mark };
      assert.deepEqual(decodeMark(encodeMark(written)), written);
    }
  }
});

Deno.test("decodeMark() gives nothing, when it is an event or ought to be one", () => {
  for (const body of [encodeEvent(makePrompt({ id: "a" })), "", "no event", "{}", "[1]"]) {
    assert.equal(decodeMark(body), undefined);
  }
});

Deno.test("decodeMark() throws without content, when a text has no safe shape", () => {
  const secret = "/home/ada/a secret of words";
  const mark = { machine: "", epoch: "", checkpoint };
  const broken: Record<string, unknown>[] = [
    { id: secret },
    { platform: secret },
    { sessionId: secret },
    { fileId: secret },
    { head: secret },
    { state: JSON.stringify({ a: [{ b: secret }] }) },
    { drift: JSON.stringify({ [secret]: 1 }) },
    { state: secret },
    { position: secret },
    { position: null },
    { id: undefined },
  ];
  for (const change of broken) {
    const body = encodeMark({ ...mark, checkpoint: { ...checkpoint, ...change } });

    assert.throws(() => decodeMark(body), (error) => {
      assert.ok(error instanceof EventError);
      assert.ok(!error.message.includes("secret"));
      return true;
    });
  }
  for (const change of [{ machine: secret }, { epoch: secret }]) {
    assert.throws(() => decodeMark(encodeMark({ ...mark, ...change })), EventError);
  }
});

Deno.test("decodeMark() reads or throws an EventError, whatever it is given", () => {
  const bodies = fc.oneof(
    fc.string().map((text) => `{"source":${text}`),
    fc.json().map((json) => `{"source":${json},"machine":""}`),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      try {
        decodeMark(body);
      } catch (error) {
        assert.ok(error instanceof EventError);
      }
    }),
    fcRuns(300),
  );
});
