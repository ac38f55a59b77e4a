/** Tests of `pipeline/derive/tracking_table.ts`, through the pipeline and its reports. */

import assert from "node:assert/strict";
import { Privacy } from "../../../core/privacy.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { decisionOf, type ReportedOutcome, TrackingEvents } from "../../../core/tracking.ts";
import {
  makeEvent,
  makePrompt,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const events = new TrackingEvents(new Privacy(new Uint8Array(32)));
const prompt = makePrompt({ id: "p" });
const use = makeToolUse({ id: "u", use: "toolu_1" });

function report(outcome: ReportedOutcome, atMs = 0, sessionId = "s1") {
  const place = { platform: "claude_code", sessionId, at: NOON + atMs };
  return events.outcome(place, decisionOf("toolu_1")!, outcome, 0);
}

for (
  const [order, told] of [
    ["after the call", [[prompt, use], [report("accepted")]]],
    ["before the call", [[report("accepted")], [prompt, use]]],
    ["with the call", [[prompt, report("accepted"), use]]],
    ["twice, the later one last", [[prompt, use, report("rejected")], [report("accepted", 1)]]],
    ["twice, the later one first", [[prompt, use, report("accepted", 1)], [report("rejected")]]],
    ["in another session", [[prompt, use], [report("accepted", 0, "s2")]]],
  ] as const
) {
  Deno.test(`TrackingTable.tell() gives an open edit its outcome, told ${order}`, async () => {
    await using home = await filledHome([]);
    for (const batch of told) await home.tell(...batch);

    const { sessions } = reportSessions(home.db);

    assert.equal(sessions.length, 1);
    const { accepted, rejected, unknown, evidence } = sessions[0]!.acceptance;
    assert.deepEqual([accepted, rejected, unknown, evidence], [1, 0, 0, { report: 1 }]);
  });
}

Deno.test("TrackingTable.tell() overrules nothing that a transcript tells", async () => {
  await using home = await filledHome([prompt, use, report("accepted")]);
  await home.tell(makeToolResult({ id: "r", use: "toolu_1", outcome: "rejected" }));

  const { accepted, rejected, evidence } = reportSessions(home.db).sessions[0]!.acceptance;

  assert.deepEqual([accepted, rejected, evidence], [0, 1, {}]);
});

Deno.test("TrackingTable.tell() makes a session neither longer nor one of its own", async () => {
  await using home = await filledHome([prompt, report("accepted", 3_600_000)]);
  await home.tell(report("accepted", 0, "s9"));

  const { sessions, total } = reportSessions(home.db);

  assert.deepEqual([total, sessions[0]!.duration_ms], [1, 0]);
});

Deno.test("TrackingTable.tell() takes what is no outcome for none", async () => {
  await using home = await filledHome([prompt, use]);
  await home.tell(
    makeEvent("reported_outcome", { id: "x" }, { decision: decisionOf("toolu_1") }),
  );

  assert.equal(reportSessions(home.db).sessions[0]!.acceptance.unknown, 1);
});
