/** Tests of `web/pages/session/lanes.tsx`. */

import assert from "node:assert/strict";
import type { SessionLanes } from "../../../../core/reports/session_lanes.ts";
import type { Turn } from "../../../../core/reports/session_turns.ts";
import { LanesFigure } from "../../../../web/pages/session/lanes.tsx";
import type { PlacedTurn } from "../../../../web/pages/session/view.ts";

const NOTHING: SessionLanes = {
  model: [],
  unanswered: [],
  permission: [],
  user: [],
  agents: [],
  calls: [],
  marks: [],
  busy: [],
};

function call(tool: string, from: number, more = {}) {
  return { tool, from, to: from + 10, failed: false, refused: false, isQuestion: false, ...more };
}

Deno.test("LanesFigure() has a lane for the most called tools, and one for the rest", () => {
  const tools = ["Bash", "Edit", "Read", "Grep", "Glob", "Task"];
  const calls = tools.flatMap((tool, i) =>
    Array.from({ length: 6 - i }, (_, j) => call(tool, i * 100 + j * 10))
  );
  const html = render({ ...NOTHING, calls, busy: [[0, 1000]] });

  assert.deepEqual(lanesOf(html), ["Turns", "Bash", "Edit", "Read", "Grep", "2 others"]);
  assert.match(html, /<figcaption>21 calls<\/figcaption>/);
  const one = render({ ...NOTHING, calls: calls.slice(0, 1), busy: [[0, 1000]] });
  assert.match(one, /<figcaption>1 call<\/figcaption>/);
});

Deno.test("LanesFigure() tells failures, questions and breaks apart from other calls", () => {
  const html = render({
    ...NOTHING,
    calls: [
      call("Bash", 0, { failed: true }),
      call("Edit", 50, { refused: true }),
      call("AskUserQuestion", 80, { isQuestion: true }),
    ],
    marks: [{ at: 60, kind: "interruption" }, { at: 10, kind: "user_prompt" }],
    busy: [[0, 1000]],
  });

  assert.deepEqual(lanesOf(html), [
    "Turns",
    "Bash",
    "Edit",
    "Not through",
    "Questions",
    "Breaks",
  ]);
  assert.match(html, /3 calls, 2 did not go through; 1 interruption/);
  assert.match(html, /<th scope="row">Not through<\/th><td class="number">2<\/td>/);
});

Deno.test("LanesFigure() leaves the model's lane empty where no answer came", () => {
  const lanes: SessionLanes = { ...NOTHING, model: [[0, 200]], unanswered: [[200, 1000]] };

  const html = render({ ...lanes, busy: [[0, 1000]] });

  assert.deepEqual(lanesOf(html), ["Turns", "Model", "No answer"]);
  assert.match(html, /<path class="s1" d="M0 0h200v12h-200z"/);
  assert.match(html, /<path class="s-other" d="M200 0h800v12h-800z"/);
});

Deno.test("LanesFigure() says of which turns it is, when that is not all", () => {
  const turn = { started_at: "1970-01-01T00:00:00.100Z", model_ms: null } as unknown as Turn;
  const some = [{ place: 41, turn }, { place: 43, turn }];
  const lanes = { ...NOTHING, busy: [[0, 1000]] as const };

  assert.match(render(lanes, some), /<figcaption>Turns 41 to 43 of 121: 0 calls</);
  assert.match(render(lanes, some.slice(1)), /<figcaption>Turn 43 of 121: 0 calls</);
  assert.match(render(lanes, [{ place: 1, turn }, { place: 121, turn }]), /<figcaption>0 calls</);
});

Deno.test("LanesFigure() says that nothing is dated", () => {
  assert.match(render(NOTHING), /None of this has a recorded time/);
});

function render(lanes: SessionLanes, turns: readonly PlacedTurn[] = []): string {
  return String(
    <LanesFigure
      stretch={[0, 1000]}
      lanes={lanes}
      turns={turns}
      turnsInAll={121}
      nameOf={(tool) => tool}
    />,
  );
}

function lanesOf(html: string): string[] {
  return [...html.matchAll(/<div class="lane"><span[^>]*>([^<]*)</g)].map(([, name]) => name!);
}
