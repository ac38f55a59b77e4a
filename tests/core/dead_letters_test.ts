/** Tests of `core/dead_letters.ts`: what of an entry may be kept. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { readLetterBody } from "../../core/dead_letters.ts";
import { encodeEvent } from "../../core/event.ts";
import { makePrompt } from "../helpers/events.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

Deno.test("readLetterBody() reads an event of the events' stream", () => {
  const body = encodeEvent(makePrompt({ id: "p1" }));

  const read = readLetterBody("telemetry:events", body);

  assert.ok(read && "event" in read);
  assert.equal(encodeEvent(read.event), body);
});

Deno.test("readLetterBody() reads numbers and safe words of another stream", () => {
  const announcement = { block: 3, events: 2, group: "metrics" };

  assert.deepEqual(readLetterBody("cdc:events", JSON.stringify(announcement)), { announcement });
});

for (
  const body of [
    "",
    "no JSON",
    "null",
    "[1]",
    '"text"',
    '{"note":"two words"}',
    '{"two words":1}',
    '{"block":{"a":"b c"}}',
    '{"block":true}',
  ]
) {
  Deno.test(`readLetterBody() reads nothing, when the entry is ${body || "empty"}`, () => {
    assert.equal(readLetterBody("cdc:events", body), undefined);
    assert.equal(readLetterBody("telemetry:events", body), undefined);
  });
}

Deno.test("readLetterBody() lets no white space through, whatever the entry is", () => {
  fc.assert(
    fc.property(fc.json(), (body) => {
      const read = readLetterBody("cdc:events", body);

      assert.ok(read === undefined || !/\s/.test(JSON.stringify(read)));
    }),
    fcRuns(500),
  );
});
