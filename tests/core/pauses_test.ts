/** Tests of pauses. */

import { deepEqual, equal } from "node:assert/strict";
import { hasPause, isInPause, notePause, readPauses } from "../../core/pauses.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("notePause() begins a pause and ends it, once each", () => {
  using folder = tempFolder();
  const path = folder.at("pauses.json");
  notePause(path, false, 5);
  equal([...Deno.readDirSync(folder.path)].length, 0, "nothing is written for nothing");
  for (const [isPaused, now] of [[true, 10], [true, 20], [false, 30], [false, 40], [true, 50]]) {
    notePause(path, isPaused === true, Number(now));
  }
  deepEqual(readPauses(path), [[10, 30], [50, null]]);
  notePause(path, false, 45);
  deepEqual(readPauses(path), [[10, 30], [50, 50]], "the clock was set back");
  if (Deno.build.os !== "windows") equal(Deno.statSync(path).mode! & 0o777, 0o600);
});

Deno.test("isInPause() is true from its begin on, up to its end", () => {
  const pauses = [[10, 30], [50, null]] as const;
  const moments = [9, 10, 29, 30, 49, 50, 1e15];
  deepEqual(
    moments.map((at) => isInPause(pauses, at)),
    [false, true, true, false, false, true, true],
  );
});

Deno.test("hasPause() is true of a stretch that shares a moment with one of them", () => {
  const pauses = [[10, 30], [50, null]] as const;
  const stretches = [[1, 9], [1, 10], [12, 15], [29, 40], [30, 49], [1, 99], [60, 70]] as const;
  deepEqual(
    stretches.map(([since, at]) => hasPause(pauses, since, at)),
    [false, true, true, true, false, true, true],
  );
});

Deno.test("readPauses() takes what is a pause, and knows none without a file", () => {
  using folder = tempFolder();
  deepEqual(readPauses(folder.at("none.json")), []);
  Deno.writeTextFileSync(folder.at("a.json"), '{"pauses":[[1,2],["x",3],[4,null],5]}');
  deepEqual(readPauses(folder.at("a.json")), [[1, 2], [4, null]]);
});
