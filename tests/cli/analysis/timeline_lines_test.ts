/** Tests of a session over its time. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { literal } from "../../../core/privacy.ts";
import { timelineText } from "../../../cli/analysis/timeline_lines.ts";
import { keptNowhere, makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { branchedStory } from "../../helpers/branched_story.ts";
import { LOOK, PLAIN, sampleReport } from "./sample_report.ts";

const MINUTE_MS = 60_000;
const WIDE = { ...LOOK, columns: 90 };

/** Turns that were answered after a second, at these minutes. */
function turnsAt(...minutes: readonly number[]) {
  return minutes.flatMap((minute, i) => {
    const at = NOON + minute * MINUTE_MS;
    return [
      makePrompt({ id: `p${i}`, at }),
      makeResponse({ id: `m${i}`, at: at + 1000, output: 40_000 }),
    ];
  });
}

Deno.test("timelineText() tells turn by turn what was done, and how cost grew", async () => {
  const [bars, times, head, ...rows] = timelineText(await sampleReport("alpha"), WIDE)
    .trimEnd().split("\n");
  match(bars!, /^ [▁▂▃▄▅▆▇█]{60}$/);
  match(times!, /^ \d\d:\d\d {50}\d\d:\d\d$/);
  match(head!, /^ turn +took +tools +failed +asked +cost +so far$/);
  deepEqual(rows.slice(0, 3).map((row) => row.trim().split(/ {2,}/).slice(1)), [
    ["–", "no answer", "0", "–", "$0.00", "$0.00"],
    ["40 s", "(command) Edit 2, Bash", "1", "–", "$0.004", "$0.004", "██████"],
    ["25 s", "(stopped) Bash, Write", "0", "–", "≥$0.0002", "≥$0.004", "██████"],
  ]);
  deepEqual(rows.slice(3), [
    "asked –: not known, only hooks tell when you were asked for permission",
  ]);
});

Deno.test("timelineText() keeps how cost grew, where there are 80 columns", async () => {
  const text = timelineText(await sampleReport("alpha"), LOOK);
  match(text, /^ turn +took +tools +failed +asked +cost +so far$/m);
  match(text, / █{6}$/m);
  deepEqual(text.split("\n").filter((line) => line.length > 80), []);
});

Deno.test("timelineText() explains no column that has no room", async () => {
  const text = timelineText(await sampleReport("alpha"), { ...LOOK, columns: 60 });
  equal(text.includes("asked"), false);
});

Deno.test("timelineText() marks a gap of five minutes and more", async () => {
  const text = timelineText(await sampleReport("s1", turnsAt(0, 4, 30)), LOOK);
  equal(text.match(/idle/g)?.length, 1);
  match(text, / ··· 26 min idle\n/);
});

Deno.test("timelineText() dims gaps alone, when it is painted", async () => {
  const paint = { ...PLAIN, dim: (text: string) => `<${text}>` };
  const report = await sampleReport("s1", turnsAt(0, 30));
  const lines = timelineText(report, { ...LOOK, paint }).split("\n");
  deepEqual(lines.filter((line) => /^< /.test(line)).map((line) => line.trim()), [
    lines.find((line) => line.includes("idle")),
  ]);
});

Deno.test("timelineText() shows the last turns, with what all before cost", async () => {
  const report = await sampleReport("s1", turnsAt(0, 1, 2));
  const text = timelineText(report, { ...LOOK, rowsMax: 1 });
  match(text, / \$1\.00 +\$3\.00 +█{6}\nthe last 1 of 3 turns; --timeline shows all\n/);
});

Deno.test("timelineText() tells days, where there are several", async () => {
  const report = await sampleReport("s1", turnsAt(0, 2000));
  const days = timelineText(report, LOOK).match(/^ \d\d-\d\d \d\d:\d\d +1\.0 s/gm);
  equal(days?.length, 2);
});

Deno.test("timelineText() says why it knows no cost", async () => {
  const events = [makePrompt({ id: "p1" }), keptNowhere({ id: "m1", at: NOON + 1000 })]
    .map((event) => ({ ...event, platform: "cursor" as never }));
  match(timelineText(await sampleReport("s1", events), LOOK), /^cost –: no tokens are kept$/m);
  const hooked = [{ ...makePrompt({ id: "p1" }), hookType: literal("UserPromptSubmit") }];
  match(timelineText(await sampleReport("s1", hooked), LOOK), /^cost –: no tokens are known$/m);
});

Deno.test("timelineText() says so, when nobody typed", async () => {
  const text = timelineText(await sampleReport("s1", [makeResponse({ id: "m1" })]), LOOK);
  ok(text.endsWith("\nNobody typed anything.\n"));
});

Deno.test("timelineText() marks rewound turns, and hangs sub-agents under theirs", async () => {
  const text = timelineText(await sampleReport("s1", branchedStory()), LOOK);
  equal(text.match(/ \(rewound\) no tool /g)?.length, 1);
  const agents = text.split("\n").filter((line) => line.includes("└"));
  match(agents[0]!, / {2}└ Explore 1 call {2}/);
  match(agents[1]!, / {4}└ agent 1 answer {2}/);
  equal(agents.length, 2);
});
