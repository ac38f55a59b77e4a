/** Tests of `pipeline/derive/tool_call_counts.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { OUTCOMES, TOOL_COUNTS, VERDICTS } from "../../../core/session_counts.ts";
import { Words } from "../../../core/words.ts";
import { toolCounts } from "../../../pipeline/derive/tool_call_counts.ts";
import {
  mergeToolCalls,
  toldByHook,
  toldProposal,
  toldResult,
  toldUse,
} from "../../../pipeline/derive/tool_call_fact.ts";
import { REPORTED_OUTCOMES, type ReportedOutcome } from "../../../core/tracking.ts";
import { factKey } from "../../../core/fact_key.ts";
import { makeEvent, makeToolResult, makeToolUse } from "../../helpers/events.ts";

interface Sketch {
  readonly tool?: string;
  readonly outcome?: string;
  readonly mode?: string;
  readonly headless?: true;
  readonly modified?: true;
  readonly asked?: true;
  readonly decided?: string;
  readonly reviewed?: string;
}

Deno.test("toolCounts() has every count of a tool and no other", () => {
  assert.deepEqual(Object.keys(count({})).sort(), [...TOOL_COUNTS].sort());
});

for (
  const [what, sketch, verdict] of [
    ["accepted in a mode that asks", { mode: "default" }, "accepted"],
    ["accepted where no source told the mode", {}, "accepted"],
    ["auto in a mode that asks nobody", { mode: "acceptEdits" }, "auto"],
    ["auto where nobody sat before the client", { mode: "default", headless: true }, "auto"],
    ["accepted where a person was asked in spite of the mode", {
      mode: "acceptEdits",
      asked: true,
    }, "accepted"],
    ["accepted where the client says that a person let it run", {
      mode: "acceptEdits",
      decided: "person",
    }, "accepted"],
    ["auto where the client says that a rule let it run", { decided: "policy" }, "auto"],
    ["accepted where a person kept it, whatever let it run", {
      decided: "policy",
      reviewed: "accepted",
    }, "accepted"],
    ["rejected where a person took it back", { reviewed: "rejected" }, "rejected"],
    ["modified where a person changed it", { modified: true }, "modified"],
    ["rejected where a person said no", { outcome: "rejected", mode: "auto" }, "rejected"],
    ["unknown where a rule said no", { outcome: "permission_denied" }, "unknown"],
    ["unknown where it failed", { outcome: "failed", asked: true }, "unknown"],
  ] as [string, Sketch, string][]
) {
  Deno.test(`toolCounts() calls an edit ${what}`, () => {
    const counts = count(sketch);

    const told = VERDICTS.filter((name) => counts[`edits_${name}`] === 1);
    assert.deepEqual(told, [verdict]);
  });
}

Deno.test("toolCounts() tells by what an accepted edit is known to be", () => {
  const told = (
    { edits_accepted_by_permission: asked, edits_accepted_by_review: kept }: ReturnType<
      typeof count
    >,
  ) => [asked, kept];

  assert.deepEqual(told(count({ decided: "person", reviewed: "accepted" })), [1, 0]);
  assert.deepEqual(told(count({ reviewed: "accepted" })), [0, 1]);
  assert.deepEqual(told(count({})), [0, 0]);
});

Deno.test("toolCounts() counts a proposal that no call made as an edit, and as no use", () => {
  using db = openWriter(":memory:");
  const words = new Words(db);
  const numbers = { word: (text: string) => words.number(text), file: factKey };
  const proposal = (reviewed?: string) =>
    toolCounts(
      toldProposal(
        makeEvent("edit_proposal", { id: "p" }, {
          tool_kind: "edit" as SafeText,
          reviewed: reviewed as SafeText | undefined,
        }),
        1,
        numbers,
      ),
      words,
    );

  const [kept, open] = [proposal("accepted"), proposal()];

  assert.deepEqual([kept.uses, kept.edits_accepted, kept.edits_accepted_by_review], [0, 1, 1]);
  assert.deepEqual([open.uses, open.edits_unknown, open.ok], [0, 1, 0]);
  assert.equal(proposal("rejected").edits_rejected, 1);
});

Deno.test("toolCounts() takes the noted lines of an edit that tells none itself", () => {
  const lines = (added: number, outcome: string) => {
    using db = openWriter(":memory:");
    const words = new Words(db);
    const result = toldResult(makeToolResult({ id: "r", use: "u", outcome, added }), 1, {
      word: (text) => words.number(text),
      file: factKey,
    });
    const { lines_added } = toolCounts({ ...result, noted_added: 9, noted_removed: 2 }, words);
    return lines_added;
  };

  assert.deepEqual([lines(0, "ok"), lines(5, "ok"), lines(0, "failed")], [9, 5, 0]);
});

Deno.test("toolCounts() gives no verdict on what is no edit", () => {
  const counts = count({ tool: "Bash", asked: true });

  assert.ok(VERDICTS.every((name) => counts[`edits_${name}`] === 0));
  assert.deepEqual([counts.permission_asked, counts.permission_granted], [1, 1]);
});

Deno.test("toolCounts() takes a call for granted that ran to whatever end", () => {
  const granted = OUTCOMES.filter((outcome) => {
    const counts = count({ tool: "Bash", asked: true, outcome });
    return counts.permission_granted === 1;
  });

  assert.deepEqual(granted, ["ok", "failed", "interrupted"]);
});

for (
  const [mode, verdict] of [[undefined, "unknown"], ["default", "accepted"]] as const
) {
  Deno.test(`toolCounts() calls an edit ${verdict} where a hook alone told mode ${mode}`, () => {
    using db = openWriter(":memory:");
    const words = new Words(db);
    const event = makeEvent("tool_use", { id: "h" }, {
      tool: "Edit" as SafeText,
      permission_mode: mode as SafeText | undefined,
      success: true,
    });
    const numbers = { word: (text: string) => words.number(text), file: factKey };
    const counts = toolCounts(toldByHook(event, 1, numbers), words);

    assert.deepEqual(VERDICTS.filter((name) => counts[`edits_${name}`] === 1), [verdict]);
  });
}

function count({ tool = "Edit", outcome = "ok", ...sketch }: Sketch) {
  const { mode, headless, modified, asked, decided, reviewed } = sketch;
  using db = openWriter(":memory:");
  const words = new Words(db);
  const numbers = { word: (text: string) => words.number(text), file: factKey };
  const use = toldUse(
    makeEvent("tool_use", { id: "u" }, {
      tool: tool as SafeText,
      permission_mode: mode as SafeText | undefined,
      headless,
    }),
    1,
    numbers,
  );
  const event = makeToolResult({ id: "r", use: "u", outcome });
  const result = toldResult(
    {
      ...event,
      payload: {
        ...event.payload,
        user_modified: modified,
        decided_by: decided as SafeText,
        reviewed: reviewed as SafeText,
      },
    },
    1,
    numbers,
  );
  const fact = mergeToolCalls(use, result, 1, (a, b) => words.compare(a, b));
  return toolCounts({ ...fact, asked: asked ? 1 : 0 }, words);
}

for (
  const [what, outcome, reported, verdict] of [
    ["where no result is told", null, "accepted", "accepted"],
    ["as rejected where no result is told", null, "rejected", "rejected"],
    ["as modified where no result is told", null, "modified", "modified"],
    ["never of one that ran", "ok", "rejected", "accepted"],
    ["never of one that a person refused", "rejected", "accepted", "rejected"],
    ["never of one that failed", "failed", "accepted", "unknown"],
  ] as const
) {
  Deno.test(`toolCounts() believes a report of an edit ${what}`, () => {
    const counts = countReported(outcome, reported);

    assert.deepEqual(VERDICTS.filter((name) => counts[`edits_${name}`] === 1), [verdict]);
    const isEvidence = outcome === null && reported === "accepted";
    assert.equal(counts.edits_accepted_by_report, isEvidence ? 1 : 0);
  });
}

function countReported(outcome: string | null, reported: ReportedOutcome) {
  using db = openWriter(":memory:");
  const words = new Words(db);
  const numbers = { word: (text: string) => words.number(text), file: factKey };
  const use = toldUse(makeToolUse({ id: "u", use: "u" }), 1, numbers);
  const result = outcome === null
    ? use
    : toldResult(makeToolResult({ id: "r", use: "u", outcome }), 1, numbers);
  const fact = mergeToolCalls(use, result, 1, (a, b) => words.compare(a, b));
  return toolCounts({ ...fact, reported: REPORTED_OUTCOMES.indexOf(reported) }, words);
}
