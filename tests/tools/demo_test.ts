/** Tests of `tools/demo.ts`. */

import assert from "node:assert/strict";
import { tellSession } from "../../tools/demo.ts";
import { beginSession, Dice, transcriptPath } from "../../tools/made_up_session.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { until } from "../helpers/run_blueplane.ts";

Deno.test("tellSession() tells one line after the other, and none before its time", async () => {
  using folder = tempFolder();
  const stop = new AbortController();
  const session = beginSession(new Dice(7), Date.now() - 90_000);
  const path = transcriptPath(folder.path, session);
  const lines = () => {
    try {
      return Deno.readTextFileSync(path).trim().split("\n").map((line) => JSON.parse(line));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  };

  const telling = tellSession(folder.path, session, stop.signal);
  await until("a turn has begun", () => lines().length >= 4);
  stop.abort();
  await telling;

  const told = lines(), times = told.map(({ timestamp }) => Date.parse(timestamp));
  assert.equal(told[0].promptSource, "typed");
  assert.ok(times.every((at) => at <= Date.now()));
  assert.deepEqual(times, times.toSorted((a, b) => a - b));
  assert.deepEqual(
    told.slice(1).map((line) => line.parentUuid),
    told.slice(0, -1).map((line) => line.uuid),
  );
});
