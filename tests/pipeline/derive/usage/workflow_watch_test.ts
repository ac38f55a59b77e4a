/** Tests of `pipeline/derive/usage/workflow_watch.ts`. Facts are a minute apart. */

import assert from "node:assert/strict";
import { workflowPhases } from "../../../../core/phases.ts";
import { WorkflowWatch } from "../../../../pipeline/derive/usage/workflow_watch.ts";
import { NOON } from "../../../helpers/events.ts";
import { call, input, response, type Shown } from "./shown.ts";

const MINUTE_MS = 60_000;

function found(...facts: readonly Shown[]) {
  const watch = new WorkflowWatch();
  facts.forEach((show, i) => show(watch, NOON + i * MINUTE_MS));
  return [...watch.found()].map(([number, { turn_ms, ...counts }]) => ({
    phases: workflowPhases(number).join(" "),
    ...counts,
    minutes: turn_ms / MINUTE_MS,
  }));
}

const NONE = { turns: 1, finished: 0, broken_off: 0, calls: 0, failed: 0, timed: 1 };

Deno.test("WorkflowWatch.found() adds up turns whose phases first came in the same order", () => {
  const turn = [input("user_prompt"), call("Read"), call("Edit"), response()];
  const other = [input("user_prompt"), call("Edit"), call("Read"), response()];

  assert.deepEqual(
    found(...turn, ...other, ...turn.toSpliced(2, 0, call("Grep"), call("Edit"))),
    [
      {
        ...NONE,
        phases: "explore edit",
        turns: 2,
        finished: 2,
        calls: 2 + 4,
        timed: 2,
        minutes: 3 + 5,
      },
      { ...NONE, phases: "edit explore", finished: 1, calls: 2, minutes: 3 },
    ],
  );
});

Deno.test("WorkflowWatch.found() tells whether a turn came to its end", () => {
  const prompt = input("user_prompt"), bash = call("Bash");
  const refused = call("Bash", { outcome: "rejected" });
  const failed = call("Bash", { outcome: "failed" });

  const [unanswered] = found(prompt, bash, response(), bash);
  const [broken] = found(prompt, bash, input("interruption"), response());
  const [denied] = found(prompt, refused, response());
  const [tried] = found(prompt, failed, bash, response());

  assert.deepEqual([unanswered!.finished, unanswered!.broken_off], [0, 0]);
  assert.deepEqual([broken!.finished, broken!.broken_off], [0, 1]);
  assert.deepEqual([denied!.finished, denied!.broken_off], [0, 1]);
  assert.deepEqual([tried!.finished, tried!.failed, tried!.calls], [1, 1, 2]);
});

Deno.test("WorkflowWatch.found() goes on with a turn into which a prompt was queued", () => {
  const prompt = input("user_prompt"), queued = input("queued_prompt");

  const one = found(prompt, call("Read"), queued, call("Edit"), response());
  const two = found(prompt, call("Read"), response(), queued, call("Edit"), response());

  assert.deepEqual(one.map(({ phases }) => phases), ["explore edit"]);
  assert.deepEqual(two.map(({ phases }) => phases), ["explore", "edit"]);
});

Deno.test("WorkflowWatch.found() passes over sub-agents, and what nobody answered", () => {
  const side = { side: true };

  assert.deepEqual(found(input("slash_command"), input("user_prompt"), response()), [
    { ...NONE, phases: "", finished: 1, minutes: 1 },
  ]);
  assert.deepEqual(found(input("user_prompt"), call("Read", side), response(side)), []);
  assert.deepEqual(found(call("Read"), response()), []);
});

Deno.test("WorkflowWatch.found() gives no time to a turn whose beginning is not dated", () => {
  const [flow] = found(input("user_prompt", { timed: false }), call("Read"), response());

  assert.deepEqual([flow!.turns, flow!.timed, flow!.minutes], [1, 0, 0]);
});
