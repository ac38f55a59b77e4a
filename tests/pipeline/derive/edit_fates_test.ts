/** Tests of `pipeline/derive/edit_fates.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import { inTransaction } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { EDIT_FATES } from "../../../core/edit_verdict.ts";
import {
  makeEvent,
  makePrompt,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

function at(second: number): number {
  return NOON + 1000 * second;
}

/** An edit of a file that went well; its second is its name. */
function edit(second: number, file = "f1", outcome = "ok"): TelemetryEvent[] {
  const id = `e${second}`;
  const use = makeToolUse({ id, use: id, at: at(second), extension: "ts" });
  return [
    { ...use, payload: { ...use.payload, file: literal(file) } },
    makeToolResult({ id: `r${id}`, use: id, at: at(second), outcome, added: 3 }),
  ];
}

function typed(second: number, place: string): TelemetryEvent {
  const event = makePrompt({ id: `p${second}`, at: at(second) });
  return {
    ...event,
    metadata: { ...event.metadata, line: literal(`line${second}`) },
    payload: { ...event.payload, follows: [literal(place)] },
  };
}

/** What the client found when the line of a second was typed: what changed, `!` what is gone. */
function snapshot(second: number, ...files: readonly string[]): TelemetryEvent {
  return makeEvent("file_snapshot", { id: `s${second}`, at: at(second), undated: true }, {
    line: literal(`line${second}`),
    taken_at: at(second),
    files: files.filter((file) => !file.startsWith("!")).map(literal),
    gone: files.filter((file) => file.startsWith("!")).map((file) => literal(file.slice(1))),
  });
}

function change(second: number, file = "f1"): TelemetryEvent {
  return makeEvent("file_change", { id: `c${second}`, at: at(second) }, {
    line: literal(`line${second}`),
    file: literal(file),
  });
}

function commit(second: number): TelemetryEvent {
  const event = makeToolResult({ id: `k${second}`, use: `u${second}`, at: at(second) });
  return { ...event, payload: { ...event.payload, git_commits: 1 } };
}

const NAMES = Object.fromEntries(
  Object.entries(EDIT_FATES).map(([name, number]) => [number, name]),
);

/** The fates of the edits in their order: told at once, and one by one from the end. */
function fatesOf(...events: readonly (TelemetryEvent | readonly TelemetryEvent[])[]): unknown[] {
  const all = events.flat();
  const [atOnce, backwards] = [[all], all.toReversed().map((event) => [event])].map((batches) => {
    using folder = tempDatabase();
    using parts = openParts(folder.path, new VirtualClock(NOON));
    for (const batch of batches) inTransaction(parts.db, () => parts.fold.apply(batch));
    const rows = parts.db.prepare("select fate from tool_calls where is_edit = 1 order by at");
    const sums = parts.db.prepare(
      `select edits_undone as undone, edits_modified as modified,
         edits_accepted_by_commit as committed from tool_sums where tier = 0 and edits_unknown +
         edits_undone + edits_modified + edits_accepted > 0`,
    ).get() as Record<string, number>;
    const fates = rows.all().map(({ fate }) => NAMES[Number(fate)]!);
    for (const [name, count] of Object.entries(sums)) {
      assert.equal(count, fates.filter((fate) => fate === name).length, name);
    }
    return fates;
  });
  assert.deepEqual(backwards, atOnce);
  return atOnce!;
}

Deno.test("EditFates.complete() finds edits before a commit committed, and none after", () => {
  assert.deepEqual(fatesOf(edit(1), edit(2, "f2"), commit(3), edit(4)), [
    "committed",
    "committed",
    "none",
  ]);
});

Deno.test("EditFates.complete() finds no fate of an edit that was not made", () => {
  assert.deepEqual(fatesOf(edit(1, "f1", "failed"), commit(3)), ["none"]);
});

Deno.test("EditFates.complete() finds an edit undone, when its file was restored", () => {
  const story = [typed(1, "a"), edit(2), edit(3, "f2"), typed(5, "a")];

  assert.deepEqual(fatesOf(...story, snapshot(5)), ["undone", "undone"]);
  assert.deepEqual(fatesOf(...story, snapshot(5, "f1", "f2")), ["none", "none"]);
  assert.deepEqual(fatesOf(...story, snapshot(5, "f2")), ["undone", "none"]);
});

Deno.test("EditFates.complete() finds an edit kept, when it was backed up in between", () => {
  const story = [typed(1, "a"), edit(2), typed(3, "b"), snapshot(3, "f1"), typed(5, "a")];

  assert.deepEqual(fatesOf(...story, snapshot(5)), ["none"]);
  assert.deepEqual(fatesOf(...story, snapshot(5, "!f1")), ["undone"]);
});

Deno.test("EditFates.complete() says nothing of files, when the client did not look", () => {
  assert.deepEqual(fatesOf(typed(1, "a"), edit(2), typed(5, "a"), snapshot(1)), ["none"]);
});

Deno.test("EditFates.complete() finds what is on the branch that was kept untouched", () => {
  const story = [edit(1), typed(2, "a"), edit(3), typed(5, "a"), edit(6)];

  assert.deepEqual(fatesOf(...story, snapshot(5)), ["none", "undone", "none"]);
});

Deno.test("EditFates.complete() leaves committed what was taken back behind the commit", () => {
  const story = [typed(1, "a"), edit(2), typed(5, "a"), snapshot(5)];

  assert.deepEqual(fatesOf(...story, commit(3)), ["committed"]);
  assert.deepEqual(fatesOf(...story, commit(6)), ["undone"]);
});

Deno.test("EditFates.complete() finds the last edit of a file modified, when it changed", () => {
  const story = [typed(1, "a"), edit(2), edit(3), edit(4, "f2"), typed(5, "b"), change(5)];

  assert.deepEqual(fatesOf(...story), ["none", "modified", "none"]);
  assert.deepEqual(fatesOf(...story, snapshot(5, "f1")), ["none", "modified", "none"]);
  assert.deepEqual(fatesOf(...story, commit(6)), ["committed", "modified", "committed"]);
});

Deno.test("EditFates.complete() finds it undone, when it changed back to its last backup", () => {
  assert.deepEqual(fatesOf(edit(2), typed(5, "b"), change(5), snapshot(5)), ["undone"]);
});

Deno.test("EditFates.complete() takes a failed edit for none between one and a change", () => {
  assert.deepEqual(fatesOf(edit(2), edit(3, "f1", "failed"), change(5)), ["modified", "none"]);
});
