/** Tests of `core/reports/session_totals.ts`. */

import assert from "node:assert/strict";
import { openReader } from "../../../core/database.ts";
import { readSessionTotals } from "../../../core/reports/session_totals.ts";
import { readWords } from "../../../core/words.ts";
import { filledHome, HAIKU, ONE, OPUS, TWO } from "../../helpers/filled_home.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { Story } from "../../helpers/story.ts";

Deno.test("readSessionTotals() tells sums of each session, the earliest first", async () => {
  await using home = await filledHome();

  const sessions = readSessionTotals(home.db, {}, readWords(home.db));
  const alpha = sessions.find(({ sessionId }) => sessionId === "alpha")!;

  assert.deepEqual(sessions.map(({ sessionId }) => sessionId).slice(0, 3), [
    "delta",
    "gamma",
    "beta",
  ]);
  assert.deepEqual([alpha.project, alpha.platform, alpha.prompts, alpha.interruptions], [
    ONE,
    "claude_code",
    2,
    1,
  ]);
  assert.deepEqual([...alpha.models.keys()].sort(), [HAIKU, OPUS]);
  assert.deepEqual(alpha.tools.get("Edit"), {
    uses: 2,
    ok: 1,
    failed: 0,
    rejected: 1,
    lines: 7,
    rejectedMicros: 1225,
    failedMicros: 0,
  });
  // All of its one response, two of whose three calls were edits.
  assert.deepEqual(alpha.work.get(OPUS), { micros: 3675, lines: 5, kept: 1, judged: 2 });
  assert.equal(readSessionTotals(home.db, { project: ONE }, readWords(home.db)).length, 3);
});

Deno.test("readSessionTotals() has searches of the web with the model beside", async () => {
  await using home = await filledHome(
    new Story("s1").prompt().response({ model: HAIKU, output: 100 })
      .call("WebSearch", { message: "s1-1", searches: 2 }).events,
  );

  const [session] = readSessionTotals(home.db, {}, readWords(home.db));

  assert.deepEqual(session!.models.get(HAIKU), { messages: 1, micros: 20_500 });
});

Deno.test("readSessionTotals() knows servers of tools, and where it knows none", async () => {
  await using home = await filledHome([
    ...new Story("a").prompt().call("mcp:0badcafe", { server: "mcp:11111111" }).call(
      "mcp:22222222",
    )
      .call("Edit").events,
  ]);

  const [session] = readSessionTotals(home.db, {}, readWords(home.db));

  assert.deepEqual(session!.servers, new Set(["mcp:11111111", null]));
});

Deno.test("readSessionTotals() leaves out what is three months older", async () => {
  const day = 86_400_000;
  const stories = [0, 89, 91].map((days) =>
    new Story(`s${days}`, { at: NOON - days * day }).prompt()
  );
  await using home = await filledHome(stories.flatMap(({ events }) => events));

  const sessions = readSessionTotals(home.db, {}, readWords(home.db));

  assert.deepEqual(sessions.map(({ sessionId }) => sessionId), ["s89", "s0"]);
});

Deno.test("readSessionTotals() tells of sessions that went on in a period", async () => {
  await using home = await filledHome();
  const words = readWords(home.db);
  const idsIn = (from: number, to: number) =>
    readSessionTotals(home.db, {}, words, { from, to }).map(({ sessionId }) => sessionId);

  assert.deepEqual(idsIn(NOON - 3 * 3_600_000, NOON - 3_600_000), ["beta"]);
  assert.ok(idsIn(0, NOON + 3_600_000).includes("delta"));
});

Deno.test("readSessionTotals() tells whoever asks once and often the same", async () => {
  await using home = await filledHome();
  using once = openReader(home.path, "once")!;
  const words = readWords(home.db);
  const filters = [
    {},
    { platform: "cursor" },
    { platform: "claude_code", project: ONE },
    { project: [ONE, TWO] },
    { project: "no such" },
    { session: "alpha" },
  ];
  const told = filters.map((filter) => readSessionTotals(home.db, filter, words));

  assert.deepEqual(told, filters.map((filter) => readSessionTotals(once, filter, words)));
  assert.deepEqual(told.map(({ length }) => length), [5, 1, 3, 4, 0, 1]);
});

Deno.test("readSessionTotals() knows no cost, where the model has no price", async () => {
  await using home = await filledHome(
    new Story("a").prompt().response({ model: "claude-none-such", output: 9 }).events,
  );

  const [session] = readSessionTotals(home.db, {}, readWords(home.db));

  assert.deepEqual([...session!.models.values()], [{ messages: 1, micros: null }]);
});

Deno.test("readSessionTotals() knows no cost, where tokens of some are not kept", async () => {
  await using home = await filledHome(
    new Story("a").prompt().response({ output: 9 }).response({ output: 9, tokens: "estimated" })
      .events,
  );

  const [session] = readSessionTotals(home.db, {}, readWords(home.db));

  assert.deepEqual([...session!.models.values()], [{ messages: 2, micros: null }]);
});

Deno.test("readSessionTotals() gives the same object until the session changes", async () => {
  await using home = await filledHome();
  const read = () =>
    new Map(
      readSessionTotals(home.db, {}, readWords(home.db)).map((one) => [one.sessionId, one]),
    );
  const before = read();

  await home.tell(makePrompt({ session: "alpha", id: "more", at: NOON + 60_000 }));

  const after = read();
  assert.equal(after.get("beta"), before.get("beta"));
  assert.notEqual(after.get("alpha"), before.get("alpha"));
  assert.equal(after.get("alpha")!.prompts, before.get("alpha")!.prompts + 1);
});
