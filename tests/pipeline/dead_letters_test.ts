/** Tests of `pipeline/dead_letters.ts`. */

import assert from "node:assert/strict";
import { EventError } from "../../core/event.ts";
import { DeadLetters } from "../../pipeline/dead_letters.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const delivery = { id: "7", body: '{"block":3,"events":2}', attempts: 3 };

Deno.test("DeadLetters.add() keeps the entry with error, tries and time", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const letters = new DeadLetters(parts.letters, parts.clock);

  await letters.add("cdc:events", delivery, new EventError("Cannot read an event: it is"));

  assert.deepEqual(parts.deadLetters(), [{
    stream: "cdc:events",
    body: delivery.body,
    error: "EventError: Cannot read an event: it is",
    attempts: 3,
    dead_at: "2026-03-01T12:00:00.000Z",
  }]);
});

Deno.test("DeadLetters.add() keeps letters over a restart, in their order", async () => {
  using folder = tempDatabase();
  for (const stream of ["telemetry:events", "cdc:events"]) {
    using parts = openParts(folder.path);
    await new DeadLetters(parts.letters, parts.clock).add(stream, delivery, "no error at all");
  }

  using parts = openParts(folder.path);
  const found = parts.deadLetters();

  assert.deepEqual(found.map(({ stream }) => stream), ["telemetry:events", "cdc:events"]);
  assert.deepEqual(found.map(({ error }) => error), ["unknown", "unknown"]);
});

Deno.test("DeadLetters.add() drops an entry that is no event", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const body = '{"note":"a secret of two words"}';
  const letters = new DeadLetters(parts.letters, parts.clock);

  // The parser of JSON quotes what it could not read.
  const error = Object.assign(new SyntaxError(), { message: `bad: ${body}` });
  await letters.add("telemetry:events", { ...delivery, body }, error);

  const [letter] = parts.deadLetters();
  assert.equal(letter?.body, null);
  assert.equal(letter?.error, "SyntaxError");
});
