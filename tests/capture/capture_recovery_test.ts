/** Tests of how capture goes on after the queue lost what it had accepted. */

import assert from "node:assert/strict";
import { Capture } from "../../capture/capture.ts";
import type { Checkpoint } from "../../core/checkpoints.ts";
import { systemClock } from "../../core/clock.ts";
import { QueueLostError } from "../../core/intake.ts";
import { plainLines } from "./plain_source.ts";
import { until } from "./polling.ts";
import { makeStage } from "./source_stage.ts";

Deno.test("Capture.follow() reads again what is not stored, when the queue was lost", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  stage.write("b.jsonl", plainLines("b1"));
  const { inbox } = stage;
  let isLost = false;
  const asked: number[] = [];
  const capture = new Capture({
    clock: systemClock,
    sources: [stage.open({ watched: true }).source],
    recovery: {
      intake: { accept: async (events) => void asked.push(events.length) },
      checkpoints: () => new Map<string, Checkpoint>(),
      onRewound: async () => {
        isLost = false;
      },
    },
  });
  const stop = new AbortController();
  const following = capture.follow(stop.signal);
  try {
    await until(() => inbox.ids().length === 2, "the first lines");
    // Nothing is taken until the sources have gone back.
    isLost = true;
    inbox.events.length = 0;
    inbox.onAccept = () => {
      if (isLost) throw new QueueLostError();
    };
    stage.append("a.jsonl", plainLines("a2"));
    await until(() => inbox.ids().length === 3, "all lines");
  } finally {
    stop.abort();
    await following;
  }

  assert.deepEqual(inbox.ids().sort(), ["a1", "a2", "b1"]);
  assert.ok(asked.length > 0 && asked.every((count) => count === 0));
});

Deno.test("Capture.recover() goes back for a lost queue alone", async () => {
  using stage = makeStage();
  const rewound: string[] = [];
  const capture = new Capture({
    clock: systemClock,
    sources: [stage.open().source],
    recovery: {
      intake: stage.inbox,
      checkpoints: (platform) => {
        rewound.push(platform);
        return new Map();
      },
      onRewound: async () => void rewound.push("said"),
    },
  });

  assert.equal(await capture.recover(new Error("Cannot go on")), false);
  assert.equal(await capture.recover(new QueueLostError()), true);

  assert.deepEqual(rewound, ["plain", "said"]);
});

Deno.test("Capture.readAll() reads to the end, however often the queue is lost", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1", "a2"));
  let losses = 2;
  stage.inbox.onAccept = () => {
    if (losses-- > 0) throw new QueueLostError();
  };
  const found: number[] = [];
  const capture = new Capture({
    clock: systemClock,
    sources: [stage.open().source],
    recovery: {
      intake: stage.inbox,
      checkpoints: () => new Map(),
      onRewound: () => Promise.resolve(),
    },
  });

  const totals = await capture.readAll(
    new AbortController().signal,
    (pending) => found.push([...pending.values()].flat().length),
  );

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2"]);
  assert.deepEqual(found, [1, 1, 1]);
  assert.equal(totals.get("plain")?.events, 2);
});
