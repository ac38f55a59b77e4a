/** Tests of `capture/cursor/state_reader.ts`: all tables of a database, one after the other. */

import assert from "node:assert/strict";
import { readChanges, type StateMarks } from "../../../capture/cursor/state_reader.ts";
import { StateError } from "../../../capture/cursor/state_problem.ts";
import type { ProjectRow } from "../../../capture/cursor/state_rows.ts";
import { type MemoryState, memoryState, privacy } from "./memory_state.ts";
import { tellRow } from "./state_stage.ts";

Deno.test("readChanges() reads every table, each from its own mark", () => {
  using state = memoryState();
  state.db.exec(
    `create table composerHeaders (composerId text, lastUpdatedAt integer, value text);
    insert into composerHeaders values ('a', 5, '1')`,
  );
  state.put("composerData:a", "2");
  state.put("aiService.prompts", "3", "ItemTable");
  const first = read(state);
  assert.deepEqual(first.keys, ["aiService-prompts", "a", "composerData-a"]);

  state.put("bubbleId:a:1", "4");
  assert.deepEqual(read(state, first.marks).keys, ["a", "bubbleId-a-1"]);
});

Deno.test("readChanges() lets a row see others, as they are when it is read", () => {
  using state = memoryState();
  state.put("composerData:a", "1");
  state.put("bubbleId:a:1", "x");
  const seen: (string | undefined)[] = [];
  const project: ProjectRow = ({ key }, context) => {
    if (key.startsWith("bubbleId")) seen.push(context.row("cursorDiskKV", "composerData:a"));
    return [];
  };
  let { marks } = read(state, {}, project);
  state.put("composerData:a", "2");
  state.put("bubbleId:a:1", "y");
  ({ marks } = read(state, marks, project));

  assert.deepEqual(seen, ["1", "2"]);
});

Deno.test("readChanges() says that the file is to blame, when SQLite does", () => {
  using state = memoryState();
  state.db.exec("drop table ItemTable");
  state.db.exec(`create view ItemTable as
    select 'aiService.prompts' as key, abs(-9223372036854775808) as value`);

  assert.throws(() => readChanges(state.db, {}, optionsOf(tellRow)).next(), StateError);
});

Deno.test("readChanges() leaves a mistake of the projection a mistake", () => {
  using state = memoryState();
  state.put("composerData:a", "1");
  const project = () => {
    throw new TypeError("Cannot go on: a mistake");
  };

  assert.throws(() => read(state, {}, project), TypeError);
});

function read(state: MemoryState, marks: StateMarks = {}, project: ProjectRow = tellRow) {
  const pages = [...readChanges(state.db, marks, optionsOf(project))];
  const keys = pages.flatMap(({ events }) => events.map(({ payload }) => String(payload.key)));
  return { keys, marks: pages.at(-1)!.marks };
}

function optionsOf(project: ProjectRow) {
  return { kind: "state", project, privacy, workspace: undefined, hides: () => false } as const;
}
