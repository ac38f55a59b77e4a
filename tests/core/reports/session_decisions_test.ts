/** Tests of `core/reports/session_decisions.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import {
  DECISION_QUERIES,
  readSessionDecisions,
} from "../../../core/reports/session_decisions.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { readWords } from "../../../core/words.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

function decisionsOf(db: Database, session: string, query = {}) {
  const { id } = db.prepare("select id from sessions where session_id = ?").get(session)!;
  return readSessionDecisions(db, id as number, readWords(db), query);
}

/** A prompt, and calls of all sorts. */
function story(): Story {
  return new Story("s1").prompt().response()
    .call("Edit", { file: "a", added: 3, removed: 1 })
    .call("Edit", { file: "b", outcome: "rejected" })
    .call("Bash", { outcome: "rejected" })
    .call("Bash", { outcome: "permission_denied" })
    .call("Read", {})
    .askedCall("Bash", { tookMs: 4000, durationMs: 500 })
    .call("Write", { file: "c", outcome: "failed" });
}

Deno.test("readSessionDecisions() tells edits, refusals and questions, and no more", async () => {
  await using home = await filledHome(story().events);
  const { decisions, counts } = decisionsOf(home.db, "s1");
  deepEqual(
    decisions.map(({ tool, choice, evidence, outcome }) => [tool, choice, evidence, outcome]),
    [
      ["Edit", "accepted", "ran", "ok"],
      ["Edit", "rejected", "refusal", "rejected"],
      ["Bash", "refused", "rejected", "rejected"],
      ["Bash", "refused", "permission_denied", "permission_denied"],
      ["Bash", "allowed", "permission", "ok"],
      ["Write", "unknown", null, "failed"],
    ],
  );
  const [edit, , , , asked] = decisions;
  deepEqual([edit!.lines_added, edit!.lines_removed, edit!.asked], [3, 1, false]);
  deepEqual([asked!.asked, asked!.decision_ms], [true, 3500]);
  deepEqual(counts, {
    accepted: 1,
    rejected: 1,
    modified: 0,
    undone: 0,
    auto: 0,
    unknown: 1,
    refused: 2,
    allowed: 1,
  });
});

Deno.test("readSessionDecisions() gives the chosen ones a page at a time", async () => {
  await using home = await filledHome(story().events);
  const all = decisionsOf(home.db, "s1").decisions;
  const refused = decisionsOf(home.db, "s1", { choice: "refused" });
  deepEqual(refused.decisions, all.slice(2, 4));
  equal(refused.counts.accepted, 1);
  deepEqual(decisionsOf(home.db, "s1", { limit: 2, offset: 3 }).decisions, all.slice(3, 5));
  deepEqual(decisionsOf(home.db, "s1", { limit: 0 }).decisions, all);
});

Deno.test("readSessionDecisions() counts edits as the session's acceptance does", async () => {
  await using home = await filledHome();
  for (const { session_id, acceptance } of reportSessions(home.db).sessions) {
    const { refused: _, allowed: __, ...verdicts } = decisionsOf(home.db, session_id).counts;
    const { rate: ___, evidence: ____, ...expected } = acceptance;
    deepEqual(verdicts, expected, session_id);
  }
});

Deno.test("readSessionDecisions() asks an index", async () => {
  await using home = await filledHome();
  for (const sql of Object.values(DECISION_QUERIES)) {
    const rest = sql.includes("offset") ? [1, 0] : [];
    const plan = home.db.prepare(`explain query plan ${sql}`).all(1, ...rest)
      .map(({ detail }) => String(detail)).filter((step) => step.startsWith("SCAN"));
    deepEqual(plan, [], sql);
  }
});
