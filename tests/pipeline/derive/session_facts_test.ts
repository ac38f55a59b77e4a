/** Tests of `pipeline/derive/session_facts.ts`. */

import assert from "node:assert/strict";
import { type Database, inTransaction } from "../../../core/database.ts";
import type { CallSeen, ResponseSeen, Watcher } from "../../../core/insight_rule.ts";
import { literal } from "../../../core/privacy.ts";
import { EVERYTHING_AT } from "../../../pipeline/derive/dirty_sessions.ts";
import { SessionFacts } from "../../../pipeline/derive/session_facts.ts";
import { makeEvent, makePrompt, NOON } from "../../helpers/events.ts";
import { Story } from "../../helpers/story.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

/** All that is shown of session 1, by stretch. */
function readAll(parts: ReturnType<typeof openParts>): unknown[][] {
  const facts = new SessionFacts(parts.db, parts.words);
  const stretches: unknown[][] = [];
  let from: number | undefined = EVERYTHING_AT;
  while (from !== undefined) {
    const seen: unknown[] = [];
    const watcher: Watcher = {
      input: (input) => seen.push(input),
      response: (response) => seen.push(response),
      call: (call) => seen.push(call),
      found: () => [],
    };
    const stretch = facts.read(1, from);
    stretch.facts.forEach((show) => show(watcher));
    stretches.push(seen);
    from = stretch.end;
  }
  return stretches;
}

function open(path: string, events: Story["events"]) {
  const parts = openParts(path);
  inTransaction(parts.db, () => parts.fold.apply(events));
  return parts;
}

Deno.test("SessionFacts.read() shows each fact with all that is known of it", () => {
  using folder = tempDatabase();
  const sketch = {
    file: "a",
    form: "whole",
    characters: 90,
    durationMs: 7,
    added: 3,
    removed: 2,
  };
  const story = new Story().prompt().response({ input: 1, output: 2, cacheRead: 3, fast: true })
    .call("Read", { ...sketch, outcome: "failed", error: "not_found" });
  using parts = open(folder.path, story.events);

  const [[input, response, call] = []] = readAll(parts);

  assert.deepEqual(input, {
    at: NOON,
    timed: true,
    type: "user_prompt",
    characters: 14,
    words: 3,
    tokensBefore: null,
    tokensAfter: null,
  });
  assert.deepEqual(response, {
    at: NOON + 1000,
    side: false,
    model: "claude-opus-4-5",
    tokensKept: true,
    input: 1,
    output: 2,
    cacheRead: 3,
    cacheCreation: 0,
    cacheCreation1h: 0,
    fast: true,
  });
  const { file, ...rest } = call as { file: number };
  assert.equal(typeof file, "number");
  assert.deepEqual(rest, {
    at: NOON + 2000,
    side: false,
    tool: "Read",
    isEdit: false,
    outcome: "failed",
    error: "not_found",
    resolvedAt: NOON + 2000,
    durationMs: 7,
    extension: "ts",
    form: "whole",
    resultCharacters: 90,
    asked: false,
    linesAdded: 3,
    linesRemoved: 2,
    created: false,
    commits: 0,
  });
});

Deno.test("SessionFacts.read() tells what is kept nowhere, and knows edits by their kind", () => {
  using folder = tempDatabase();
  const story = new Story().response({ tokens: "not_kept" })
    .call("search_replace", { kind: "edit" });
  const use = story.events[1]!.payload.tool_use_id!;
  const place = { id: "note", at: NOON + 1500 };
  const note = makeEvent("tool_note", place, { tool_use_id: use, noted_added: 4 });
  const proposal = makeEvent("edit_proposal", { id: "proposal" }, {
    proposal_id: literal("p1"),
    tool: literal("search_replace"),
    tool_kind: literal("edit"),
  });
  using parts = open(folder.path, [...story.events, note, proposal]);

  const [[response, call, ...more] = []] = readAll(parts);

  assert.equal((response as ResponseSeen).tokensKept, false);
  const { tool, isEdit, linesAdded, linesRemoved } = call as CallSeen;
  assert.deepEqual([tool, isEdit, linesAdded, linesRemoved], ["search_replace", true, 4, 0]);
  assert.deepEqual(more, []);
});

Deno.test("SessionFacts.read() goes along a long session in short stretches, in order", () => {
  using folder = tempDatabase();
  const story = new Story().times(400, (s, i) =>
    s.prompt().response().call("Bash", {
      sidechain: i % 2 === 0,
    }));
  using parts = open(folder.path, story.events);

  const stretches = readAll(parts);

  const all = stretches.flat() as { at: number }[];
  assert.equal(all.length, 1200);
  assert.deepEqual(all.map(({ at }) => at), all.map((_, i) => NOON + i * 1000));
  assert.ok(stretches.every(({ length }) => length <= 250));
});

Deno.test("SessionFacts.read() leads on, when more than a stretch is of one moment", () => {
  using folder = tempDatabase();
  const events = Array.from({ length: 600 }, (_, i) => makePrompt({ id: `p${i}` }));
  using parts = open(folder.path, [...events, makePrompt({ id: "later", at: NOON + 9 })]);

  assert.deepEqual(readAll(parts).map(({ length }) => length), [600, 1]);
});

Deno.test("SessionFacts() finds all by an index, and sorts no whole session", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const plans: string[] = [];
  const explaining = {
    prepare(sql: string) {
      const steps = parts.db.prepare(`explain query plan ${sql}`).all();
      plans.push(...steps.map(({ detail }) => String(detail)));
      return parts.db.prepare(sql);
    },
  };

  new SessionFacts(explaining as unknown as Database, parts.words);

  const searches = plans.filter((plan) =>
    /^(SEARCH|SCAN) (inputs|responses|tool_calls)/.test(plan)
  );
  assert.equal(searches.length, 8);
  for (const plan of searches) {
    assert.match(
      plan,
      /^SEARCH .* USING (COVERING )?INDEX .* \(session=\?( AND side=\?)? AND at>\?/,
    );
  }
});
