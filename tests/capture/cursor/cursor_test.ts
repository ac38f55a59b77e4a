/** Tests of `capture/cursor/cursor.ts`: from Cursor's folders to events. */

import { Gate } from "../../../capture/gate.ts";
import assert from "node:assert/strict";
import { cursor } from "../../../capture/cursor/cursor.ts";
import { Projects } from "../../../capture/project.ts";
import { makeState } from "../../helpers/cursor_databases.ts";
import { readAll } from "../source_stage.ts";
import { privacy } from "./memory_state.ts";
import { cursorPayload } from "./hook_payloads.ts";
import { makeStateStage, POLL_MS } from "./state_stage.ts";

Deno.test("cursor.roots() are the named folder alone", () => {
  using stage = makeStateStage();

  assert.deepEqual(cursor.roots(stage.environment), [{ path: stage.at("User"), named: true }]);
});

Deno.test("cursor.open() reads every database", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["composerData:a", "{}"]]);
  makeState(stage.workspace("empty-window"), [["aiService.prompts", "[]"]]);
  const source = await cursor.open({
    environment: stage.environment,
    privacy,
    clock: stage.clock,
    gate: new Gate(),
    pollEveryMs: POLL_MS,
    temporary: stage.temporary,
    intake: stage.inbox,
    checkpoints: new Map(),
    onProblem: (problem) => assert.fail(problem),
  });

  const totals = await readAll(source);

  assert.deepEqual([totals.files, totals.bytes], [2, 4]);
  assert.deepEqual(source.coverage(), { filesDone: 2, filesTotal: 2 });
});

Deno.test("cursor.projectLabels() name the folders that windows have open", () => {
  using stage = makeStateStage();
  const open = (name: string, json: string) => {
    makeState(stage.workspace(name));
    Deno.writeTextFileSync(stage.at(`User/workspaceStorage/${name}/workspace.json`), json);
  };
  open("a", '{"folder": "file:///srv/shop"}');
  open("b", "{");
  makeState(stage.workspace("empty-window"));

  const labels = cursor.projectLabels(stage.environment, privacy);

  const { hash } = new Projects(privacy, "/home/kim").of("/srv/shop");
  assert.equal(labels.get(hash), "shop");
});

Deno.test("cursor.inspect() finds nothing, when Cursor was never here", async () => {
  using stage = makeStateStage();

  assert.deepEqual(await cursor.inspect(stage.environment), []);
});

Deno.test("cursor.readHook() reads as its own what it is the caller of", async () => {
  const environment = { home: "/home/kim", get: () => undefined };
  const payload = cursorPayload("stop");

  const [event] = await cursor.readHook(payload, 0, { environment, privacy, gate: new Gate() });

  assert.ok(cursor.isCaller(payload));
  assert.equal(event!.platform, cursor.id);
});
