/** Tests of which filters an aggregate is of. */

import { deepEqual } from "node:assert/strict";
import { oneScope } from "../../../cli/team/one_scope.ts";

const CURSOR = { platform: "cursor" }, OPUS = { model: "claude-opus-4-5" };

function placesOf(...scopes: readonly object[]) {
  const { scope, taken, others } = oneScope(scopes.map((scope, place) => ({ scope, place })));
  return [scope, taken.map(({ place }) => place), others.map(({ place }) => place)];
}

Deno.test("oneScope() takes whole exports where there is one", () => {
  deepEqual(placesOf(CURSOR, CURSOR, {}), [{}, [2], [0, 1]]);
  deepEqual(placesOf(), [{}, [], []]);
});

Deno.test("oneScope() takes the filters that most have, in whatever order", () => {
  deepEqual(placesOf(OPUS, CURSOR, CURSOR), [CURSOR, [1, 2], [0]]);
  deepEqual(placesOf(OPUS, CURSOR)[0], placesOf(CURSOR, OPUS)[0]);
});

Deno.test("oneScope() takes no file of one project or session", () => {
  deepEqual(placesOf({ project: true }, { project: true }, CURSOR), [CURSOR, [2], [0, 1]]);
  deepEqual(placesOf({ session: true }), [{}, [], [0]]);
});
