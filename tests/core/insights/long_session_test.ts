/** Tests of `core/insights/long_session.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "productivity.long_session";

/** Turns of four minutes. */
function work(turns: number, pauseMs = 238_000): Story {
  return new Story().times(turns, (s) => s.prompt().response().wait(pauseMs));
}

/** The same, but that nothing says when. */
function untimed(turns: number): Story {
  const story = new Story().times(turns, (s) => s.prompt().wait(239_000));
  const events = story.events.splice(0);
  story.events.push(
    ...events.map((event) => ({ ...event, payload: { ...event.payload, untimed: true } })),
  );
  return story;
}

Deno.test("longSession() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, work(80));

  assert.deepEqual(more, []);
  assert.equal(found!.title, "A session went on for 5 h 16 min of work and 80 turns");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { active_ms: 18_961_000 },
    80,
    null,
  ]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("longSession() finds nothing, when it is less or explained", async () => {
  const stories = [
    work(50),
    // When these were typed is not known.
    untimed(80),
    // Few turns.
    new Story().prompt().times(80, (s) => s.response().wait(239_000)),
    // Pauses are no work.
    work(80, 400_000),
    // Begun anew.
    work(40).input("context_clear").times(40, (s) => s.prompt().response().wait(238_000)),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
