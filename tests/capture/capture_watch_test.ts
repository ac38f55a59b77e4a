/** Tests of `capture/capture.ts`: no moment between a look at all files and the watch is lost. */

import assert from "node:assert/strict";
import { Capture } from "../../capture/capture.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { plainLines } from "./plain_source.ts";
import { until } from "./polling.ts";
import { makeStage, readAll } from "./source_stage.ts";

Deno.test("Capture.follow() sees what is written right behind its first look", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  await readAll(stage.open().source);
  const { source } = stage.open({ watched: true });
  const scan = source.scan.bind(source);
  source.scan = () => {
    source.scan = scan;
    const found = scan();
    stage.append("a.jsonl", plainLines("a2"));
    return found;
  };
  const stop = new AbortController();
  // Its hands never move: only the watch can tell.
  const capture = new Capture({ sources: [source], clock: new VirtualClock() });

  const following = capture.follow(stop.signal);
  await until(() => stage.inbox.ids().length === 2, "the line");
  stop.abort();
  await following;

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2"]);
});

Deno.test("Capture.look() reads what is written, and in folders that were just made", async () => {
  using stage = makeStage();
  const { source } = stage.open({ watched: true });
  let isThere = false;
  const { roots } = source;
  Object.defineProperty(source, "roots", { get: () => isThere ? roots : [] });
  const scan = source.scan.bind(source);
  source.scan = () => isThere ? scan() : [];
  const stop = new AbortController();
  // Its hands never move: nothing is looked at unless somebody asks.
  const capture = new Capture({ sources: [source], clock: new VirtualClock() });
  const following = capture.follow(stop.signal);
  await capture.look();

  isThere = true;
  stage.write("a.jsonl", plainLines("a1"));
  await capture.look();
  const first = stage.inbox.ids();
  stage.append("a.jsonl", plainLines("a2"));
  await capture.look();
  stop.abort();
  await following;

  assert.deepEqual([first, stage.inbox.ids()], [["a1"], ["a1", "a2"]]);
});
