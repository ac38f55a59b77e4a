/** Tests of `mcp/tracking_tools.ts`: what is told comes back in reports, and its words do not. */

import assert from "node:assert/strict";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { reportTracking } from "../../core/reports/tracking_report.ts";
import { makePrompt, makeToolUse } from "../helpers/events.ts";
import { type Connected, connectTo } from "./connected.ts";

const SECRET = "Rename the secret engine in /home/ada/engine.ts";
const OPEN_EDIT = [makePrompt({ id: "p" }), makeToolUse({ id: "u", use: "toolu_1" })];
const BY_EDIT = { "test/toolUseId": "toolu_1" };

/** Calls a tool of the session of the open edit. */
async function tell(connected: Connected, name: string, given: Record<string, unknown>) {
  connected.home.clock.advance(1);
  return await connected.call(name, given, BY_EDIT);
}

Deno.test("logOutcome() of an edit comes back in acceptance, and no word of it is kept", async () => {
  await using connected = await connectTo(OPEN_EDIT);
  const { decision_id, session_id } = await tell(connected, "track_decision", {
    decision_type: "edit",
    about: "last_edit",
    decision_data: { file: SECRET },
    context: SECRET,
  });
  const answer = await tell(connected, "log_outcome", {
    decision_id,
    outcome: "accepted",
    feedback: SECRET,
    metrics: { said: SECRET },
  });

  const { acceptance } = reportSessions(connected.home.db).sessions[0]!;
  assert.deepEqual([session_id, answer.logged], ["s1", true]);
  assert.deepEqual([acceptance.accepted, acceptance.evidence], [1, { report: 1 }]);
  assert.deepEqual(reportTracking(connected.home.db, "claude_code", "s1").outcomes, {
    accepted: 1,
    rejected: 0,
    modified: 0,
  });
  assert.equal(holds(connected, "secret engine"), false);
});

Deno.test("logOutcome() takes the id of a tool use for a decision about it", async () => {
  await using connected = await connectTo(OPEN_EDIT);

  await tell(connected, "log_outcome", { decision_id: "toolu_1", outcome: "rejected" });

  assert.equal(reportSessions(connected.home.db).sessions[0]!.acceptance.rejected, 1);
});

Deno.test("logOutcome() says that there is no such decision, or no session", async () => {
  await using connected = await connectTo(OPEN_EDIT);
  const refusal = (given: Record<string, unknown>, meta = {}) =>
    connected.refusal("log_outcome", { outcome: "accepted", ...given }, meta);

  assert.match(await refusal({ decision_id: "toolu_9" }, BY_EDIT), /no such decision/);
  assert.match(await refusal({ decision_id: SECRET }, BY_EDIT), /no such decision/);
  assert.match(await refusal({ decision_id: "toolu_1" }), /^Cannot tell which session/);
  const named = { decision_id: "toolu_1", session_id: "s9" };
  assert.match(await refusal(named), /^Cannot find the session/);
});

Deno.test("trackDecision() gives decisions about nothing ids of their own", async () => {
  await using connected = await connectTo(OPEN_EDIT);
  const track = () => tell(connected, "track_decision", { decision_type: "approach" });

  const [a, b] = [await track(), await track()];

  assert.notEqual(a.decision_id, b.decision_id);
  const { decisions, open } = reportTracking(connected.home.db, "claude_code", "s1");
  assert.deepEqual([decisions, open], [2, 2]);
});

Deno.test("trackDecision() says that there is no edit that it could be about", async () => {
  await using connected = await connectTo([OPEN_EDIT[0]!]);
  const given = { decision_type: "edit", about: "last_edit", session_id: "s1" };

  assert.match(await connected.refusal("track_decision", given), /leave `about` out/);
});

Deno.test("recordTurn() numbers turns, the same content once", async () => {
  await using connected = await connectTo(OPEN_EDIT);
  const record = async (content_hash: string) =>
    await tell(connected, "record_turn", { turn_type: "user", content_hash, metadata: SECRET });

  const [first, again, second] = [await record(SECRET), await record(SECRET), await record("b")];

  assert.deepEqual([first.sequence_number, second.sequence_number], [1, 2]);
  assert.deepEqual(again, first);
  assert.equal(holds(connected, "secret engine"), false);
});

Deno.test("submitFeedback() keeps kind and rating alone", async () => {
  await using connected = await connectTo(OPEN_EDIT);

  const answer = await tell(connected, "submit_feedback", {
    feedback_items: [{ kind: "speed", rating: 4, text: SECRET }, { kind: "style", rating: 1 }],
    session_context: SECRET,
  });

  assert.equal(answer.recorded, 2);
  const { feedback, mean_rating } = reportTracking(connected.home.db, "claude_code", "s1");
  assert.deepEqual([feedback, mean_rating], [2, 2.5]);
  assert.equal(holds(connected, "secret engine"), false);
});

Deno.test("logOutcome() says that it could note nothing, without a path", async () => {
  const record = () => Promise.reject(new Error(`Cannot write ${SECRET}`));
  await using connected = await connectTo(OPEN_EDIT, { record });

  const given = { decision_id: "toolu_1", outcome: "accepted" };
  assert.equal(
    await connected.refusal("log_outcome", given, BY_EDIT),
    "Cannot note it: the data folder cannot be written to",
  );
});

/** Whether a text is in any byte of the database. */
function holds({ home }: Connected, text: string): boolean {
  const files = [home.path, `${home.path}-wal`].map((path) =>
    new TextDecoder("latin1").decode(Deno.readFileSync(path))
  );
  return files.some((bytes) => bytes.includes(text));
}
