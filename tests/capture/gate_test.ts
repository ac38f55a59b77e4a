/** Tests of the gate before the queue. */

import { deepEqual, equal } from "node:assert/strict";
import { Gate, type GateState } from "../../capture/gate.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { literal } from "../../core/privacy.ts";
import { makePrompt, makeToolResult, NOON } from "../helpers/events.ts";

function open(state: Partial<GateState>): Gate {
  const all = { paused: false, off: [], exclude: [], pauses: [], ...state };
  return new Gate(() => all, "/home/ada");
}

Deno.test("Gate.admit() lets all through as it is, when nothing is chosen", () => {
  const event = makePrompt({ id: "p" });
  equal(new Gate().admit(event), event);
  equal(new Gate().excludes("/home/ada/x"), false);
  equal(new Gate().isPaused, false);
});

Deno.test("Gate.admit() lets nothing through in a pause, nor what happened in one", () => {
  const at = (time: number) => makePrompt({ id: "p", at: time });
  equal(open({ paused: true }).admit(at(NOON)), undefined);
  const gate = open({ pauses: [[NOON, NOON + 10]] });
  deepEqual(
    [NOON - 1, NOON, NOON + 9, NOON + 10].map((time) => gate.admit(at(time)) !== undefined),
    [true, false, false, true],
  );
});

Deno.test("Gate.admit() lets no total through of a time with a pause in it", () => {
  const gate = open({ pauses: [[NOON - 20_000, NOON - 10_000]] });
  const total = (since: number, ran = 0): TelemetryEvent => ({
    ...makePrompt({ id: "c", at: NOON }),
    eventType: "cost_state",
    payload: { started_at: since, duration_ms: ran, cost_micros: 5 },
  });

  equal(gate.admit(total(NOON - 30_000)), undefined);
  equal(gate.admit(total(NOON - 15_000)), undefined);
  // It was resumed after the pause, and ran before.
  equal(gate.admit(total(NOON - 5000, 12_000)), undefined);
  equal(gate.admit(total(NOON - 10_000, 10_000))?.payload.cost_micros, 5);
  equal(gate.hadPause(NOON - 15_000, NOON), true);
  equal(gate.hadPause(NOON - 10_000, NOON), false);
});

Deno.test("Gate.admit() lets nothing through of a folder that is left out", () => {
  const event = makePrompt({ id: "p" });
  equal(new Gate().admit({ ...event, metadata: { hidden: true } }), undefined);
});

Deno.test("Gate.admitAll() takes away what is off", () => {
  const events = [
    makeToolResult({ id: "r", use: "u", added: 3 }),
    { ...makePrompt({ id: "f" }), eventType: "file_change" as const },
  ];
  const left = open({ off: ["lines", "files"] }).admitAll(events);
  deepEqual(left.map(({ payload }) => payload), [
    { tool_use_id: literal("u"), outcome: literal("ok") },
  ]);
});

Deno.test("Gate.excludes() matches a folder and all in it, however it is written", () => {
  const gate = open({
    exclude: ["/home/ada/private", "~/work/*/secret", "**/keys-?", "C:\\Users\\Ada\\Own", "/a.b"],
  });
  const left = [
    "/home/ada/private",
    "/home/ada/private/",
    "/home/ada/private/deep/er",
    "/home/ada/private/.claude/worktrees/x",
    "/home/ada/work/shop/secret/src",
    "/srv/keys-1",
    "/keys-2/a",
    "c:\\users\\ada\\own\\x",
    "/mnt/c/Users/Ada/Own",
    "/a.b/c",
  ];
  const kept = [
    "/home/ada/privateer",
    "/home/ada",
    "/srv/home/ada/private",
    "/home/ada/work/a/b/secret",
    "/srv/keys-12",
    "/srv/my-keys-1",
    "C:\\Users\\Ada\\Owner",
    "/axb",
  ];
  deepEqual(left.filter((path) => !gate.excludes(path)), []);
  deepEqual(kept.filter((path) => gate.excludes(path)), []);
});

Deno.test("Gate.leavesOut() knows sessions by their folders, and by the patterns of now", () => {
  const exclude = ["~/private"];
  const state: GateState = { paused: false, off: [], exclude, pauses: [] };
  let now = state;
  const gate = new Gate(() => now, "/home/ada");
  const ids = [literal("in"), literal("out"), literal("unseen")];
  const told = () => ids.map((id) => gate.leavesOut(id));
  const note = () => {
    gate.noteFolder(literal("in"), "/home/ada/shop");
    gate.noteFolder(literal("out"), "/home/ada/private/x");
  };

  note();
  deepEqual(told(), [false, true, undefined]);
  now = { ...state, exclude: [...exclude] };
  deepEqual(told(), [false, true, undefined], "the same, read again");
  now = { ...state, exclude: ["~/shop"] };
  deepEqual(told(), [undefined, undefined, undefined]);
  note();
  deepEqual(told(), [true, false, undefined]);
  now = { ...state, exclude: [] };
  note();
  deepEqual(told(), [undefined, undefined, undefined]);
});
