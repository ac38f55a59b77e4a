/** Tests of `core/insights/api_errors.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.api_errors";

Deno.test("apiErrors() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(5, (s) => s.input("api_error")).times(20, (s) => s.response()),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "5 of 25 calls of the model's API failed");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ api_errors: 5 }, 25, null]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("apiErrors() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(4, (s) => s.input("api_error")).times(5, (s) => s.response()),
    new Story().times(5, (s) => s.input("api_error")).times(200, (s) => s.response()),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
