/** Tests of `web/api/advice_routes.ts`. */

import assert from "node:assert/strict";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

const events = alikeSessions().flatMap((story) => story.events);

Deno.test("adviceRoutes() answers with the documents of the commands", async () => {
  await using home = await filledHome(events);
  const get = async (path: string) =>
    await (await ask(webContext(home), `/api/v1/${path}`)).json();

  const errors = await get("analysis/errors?period=all&min_frequency=7&tool=Edit");
  assert.deepEqual([errors.schema, errors.total], ["blueplane.error_patterns/1", 1]);
  const similar = await get("sessions/code-0/similar?limit=2&min_similarity=0.5");
  assert.deepEqual([similar.schema, similar.sessions.length], ["blueplane.similar/1", 2]);
  const task = await get("analysis/similar?extensions=md&tools=create,edit&size=small");
  assert.deepEqual([task.like.task.tools, task.sessions.length], [["create", "edit"], 5]);
  const prediction = await get("analysis/prediction?target=kept&operation=create&mode=plan");
  assert.deepEqual([prediction.schema, prediction.target, prediction.status], [
    "blueplane.prediction/1",
    "kept",
    "insufficient_data",
  ]);
  const patterns = await get("analysis/patterns?extension=ts&operation=edit&min_acceptance=0.5");
  assert.deepEqual([patterns.schema, patterns.n], ["blueplane.successful_patterns/1", 21]);
});

Deno.test("adviceRoutes() refuses what is asked wrongly", async () => {
  await using home = await filledHome(events.slice(0, 5));
  const status = async (path: string) => (await ask(webContext(home), `/api/v1/${path}`)).status;

  assert.equal(await status("sessions/nowhere/similar"), 404);
  for (
    const path of [
      "analysis/errors?min_frequency=x",
      "analysis/errors?min_frequency=0",
      "analysis/errors?period=soon",
      "sessions/code-0/similar?min_similarity=2",
      "analysis/similar?extensions=secret",
      "analysis/prediction?target=luck",
      "analysis/prediction?hour=zzz",
      "analysis/prediction?hour=99",
      "analysis/prediction?recent=zz",
      "analysis/prediction?agent=zz",
      "analysis/prediction?file=zz",
      "analysis/prediction?extension=nope",
      "analysis/patterns?extension=nope",
      "analysis/patterns?operation=delete",
    ]
  ) {
    assert.equal(await status(path), 400, path);
  }
});

Deno.test("adviceRoutes() tells which words of an edit nothing was seen with", async () => {
  await using home = await filledHome(events);
  const get = async (query: string) => {
    const response = await ask(webContext(home), `/api/v1/analysis/prediction?${query}`);
    const { unseen, status } = await response.json();
    return unseen ?? status;
  };

  assert.deepEqual(await get("tool=Nope&extension=zig&model=nope&hour=night"), [
    "tool",
    "extension",
    "model",
  ]);
  assert.deepEqual(await get("tool=Edit&extension=ts&session=code-0&recent=all_good"), []);
  assert.equal(await get("session=nowhere"), 404);
});
