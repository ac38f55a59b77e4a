/** Tests of what capture notes of files that are found and not read. */

import assert from "node:assert/strict";
import { Capture } from "../../capture/capture.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { plainLines } from "./plain_source.ts";
import { until } from "./polling.ts";
import { makeStage } from "./source_stage.ts";

const never = new AbortController().signal;

Deno.test("Capture.readAll() notes how many files are not read, before it reads one", async () => {
  using stage = makeStage();
  for (const name of ["a", "b", "c"]) stage.write(`${name}.jsonl`, plainLines(name));
  const noted: [number, number][] = [];
  const note = async (files: number) => void noted.push([files, stage.inbox.ids().length]);
  const clock = new VirtualClock();
  const open = (known: number) =>
    new Capture({ sources: [stage.open().source], clock, unread: { known, note } });

  await open(3).readAll(AbortSignal.abort());
  assert.deepEqual(noted, []);
  await open(0).readAll(AbortSignal.abort());
  const capture = open(7);
  await capture.readAll(never);
  assert.deepEqual(noted, [[3, 0], [3, 0]]);
  await capture.readAll(never);
  await capture.readAll(never);

  assert.deepEqual(noted, [[3, 0], [3, 0], [0, 3]]);
});

Deno.test("Capture.follow() notes it again, until it is noted", async () => {
  using stage = makeStage();
  for (const name of ["a", "b"]) stage.write(`${name}.jsonl`, plainLines(name));
  const noted: number[] = [];
  const note = async (files: number) => {
    noted.push(files);
    if (noted.length === 1) throw new Error("Cannot note it");
  };
  const clock = new VirtualClock();
  const sources = [stage.open().source];
  const stop = new AbortController();
  const following = new Capture({ sources, clock, unread: { known: 0, note } })
    .follow(stop.signal);
  await until(() => clock.nextAt() !== undefined, "the wait for another try");
  clock.advance(2000);
  await until(() => stage.inbox.ids().length === 2 && clock.nextAt() !== undefined, "all lines");
  clock.advance(30_000);
  await until(() => noted.length === 3, "the next look");
  stop.abort();
  await following;

  assert.deepEqual(noted, [2, 2, 0]);
});

Deno.test("Capture.readAll() notes nothing, when it does not look", async () => {
  using stage = makeStage();
  for (const name of ["a", "b"]) stage.write(`${name}.jsonl`, plainLines(name));
  const noted: number[] = [];
  const note = async (files: number) => void noted.push(files);
  const capture = new Capture({
    sources: [stage.open().source],
    clock: new VirtualClock(),
    isPaused: () => true,
    unread: { known: 2, note },
  });

  await capture.readAll(never);

  assert.deepEqual(noted, []);
});
