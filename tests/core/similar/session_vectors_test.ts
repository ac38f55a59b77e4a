/** Tests of `core/similar/session_vectors.ts`. */

import assert from "node:assert/strict";
import { readSessionVectors, type SessionVector } from "../../../core/similar/session_vectors.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, HAIKU, ONE } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const rich = new Story("rich").prompt().prompt()
  .response({ model: HAIKU, input: 1_000_000, output: 100 })
  .call("Read", { file: "a", form: "whole" })
  .call("Edit", { file: "a", added: 3, removed: 1 })
  .call("Edit", { file: "b", outcome: "rejected" })
  .call("Bash", { form: "test", outcome: "failed" })
  .input("interruption");
const dim = new Story("dim", { platform: "cursor", at: NOON - 60_000 }).prompt()
  .response({ tokens: "not_kept" })
  .call("run_terminal_command")
  .call("edit_file", { file: "a", kind: "edit" });

async function read() {
  await using home = await filledHome([...rich.events, ...dim.events]);
  return readSessionVectors(home.db).map(([, vector]) => vector);
}

Deno.test("readSessionVectors() tells what a session was made of, and how it went", async () => {
  const [vector, ...rest] = await read();
  const { mixes, sizes, outcome, tools, sessionId, project } = vector!;

  assert.deepEqual([sessionId, project, rest.length], ["rich", ONE, 1]);
  const of = (name: "extensions" | "tools" | "commands" | "models") =>
    Object.fromEntries(mixes[name]!);
  assert.deepEqual(of("extensions"), { ts: 3 });
  assert.deepEqual(of("tools"), { read: 1, edit: 2, shell: 1 });
  assert.deepEqual([of("commands"), of("models")], [{ test: 1 }, { [HAIKU]: 1 }]);
  assert.deepEqual(sizes, { prompts: 2, calls: 4, lines: 4, tokens: 1_000_100, active_ms: 7000 });
  const { micros, isLowerBound, ...counts } = outcome;
  assert.ok(micros! > 1_000_000);
  assert.equal(isLowerBound, false);
  assert.deepEqual(counts, { kept: 1, judged: 2, failed: 1, finished: 3, stops: 2, commits: 0 });
  assert.deepEqual(tools.get("Edit"), [2, 1, 0]);
});

Deno.test("readSessionVectors() takes for nothing only what an assistant tells", async () => {
  const [, dimmer] = await read();
  const { mixes, sizes, outcome } = dimmer!;

  assert.deepEqual([dimmer!.platform, mixes.commands, outcome.micros], ["cursor", null, null]);
  assert.equal(outcome.isLowerBound, null);
  assert.deepEqual([sizes.lines, sizes.calls], [null, 2]);
});

Deno.test("readSessionVectors() has searches of the web in the cost", async () => {
  await using home = await filledHome(
    new Story("s1").prompt().response({ model: HAIKU, output: 100 })
      .call("WebSearch", { searches: 2 }).events,
  );

  const [[, { outcome }]] = readSessionVectors(home.db) as [[number, SessionVector]];

  assert.equal(outcome.micros, 20_500);
});
