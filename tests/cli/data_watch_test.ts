/** Tests of `cli/data_watch.ts`. */

import assert from "node:assert/strict";
import { DataWatch } from "../../cli/data_watch.ts";
import { systemClock } from "../../core/clock.ts";
import { homeAt } from "../../core/home.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { makePrompt } from "../helpers/events.ts";
import { tellHome } from "../helpers/filled_home.ts";

Deno.test("DataWatch.onChange() calls back, when others have written", async () => {
  using folder = tempFolder();
  await using watch = new DataWatch(homeAt(folder.path), systemClock);
  let change = Promise.withResolvers<void>();
  using _listening = watch.onChange(() => change.resolve());

  await tellHome(folder.path, makePrompt({ id: "p1" }));
  await change.promise;
  change = Promise.withResolvers();
  await tellHome(folder.path, makePrompt({ id: "p2" }));
  await change.promise;
});

Deno.test("DataWatch() calls nobody who has stopped listening, and ends", async () => {
  using folder = tempFolder();
  const watch = new DataWatch(homeAt(folder.path), systemClock);
  let calls = 0;
  watch.onChange(() => calls++)[Symbol.dispose]();
  const heard = Promise.withResolvers<void>();
  using _listening = watch.onChange(() => heard.resolve());

  await tellHome(folder.path, makePrompt({ id: "p1" }));
  await heard.promise;
  await watch[Symbol.asyncDispose]();

  assert.equal(calls, 0);
});
