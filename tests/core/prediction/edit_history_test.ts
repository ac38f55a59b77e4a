/** Tests of `core/prediction/edit_history.ts`. */

import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import {
  partOfDay,
  readEdits,
  type SessionWhere,
} from "../../../core/prediction/edit_history.ts";
import { readWords } from "../../../core/words.ts";
import { seededRandom } from "../../helpers/events.ts";
import { filledHome, HAIKU, ONE, OPUS } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const ALL: SessionWhere = { sql: "s.counted = 1", parameters: [] };

function inMode(mode: string, { events }: Story): TelemetryEvent[] {
  return events.map((event) =>
    event.eventType === "tool_use"
      ? { ...event, payload: { ...event.payload, permission_mode: mode as SafeText } }
      : event
  );
}

const asked = new Story("asked").prompt()
  .response({ model: HAIKU }).response({ model: OPUS }).response({ model: OPUS })
  .call("Read", { file: "a" })
  .call("Edit", { file: "a", added: 3 })
  .call("Write", { file: "b", outcome: "rejected" })
  .call("Edit", { file: "a", sidechain: true })
  .call("Bash", { form: "test" });
const unasked = new Story("unasked").prompt().call("Edit", { file: "a", extension: "md" });
const events = [...asked.events, ...inMode("acceptEdits", unasked)];

async function read(told: readonly TelemetryEvent[], where = ALL) {
  await using home = await filledHome(told);
  return readEdits(home.db, where, readWords(home.db));
}

Deno.test("readEdits() tells what was known beforehand, and what became of it", async () => {
  const edits = await read(events);

  assert.deepEqual(
    edits.map(({ features: { tool, file, agent }, verdict, judged }) =>
      [tool, file, agent, verdict, judged].join(" ")
    ).sort(),
    [
      "Edit changed sub-agent accepted true",
      "Edit read main accepted true",
      "Edit unseen main auto false",
      "Write unseen main rejected true",
    ],
  );
  const { hour, ...usual } = edits.find(({ verdict }) => verdict === "auto")!.features;
  assert.deepEqual(usual, {
    tool: "Edit",
    extension: "md",
    file: "unseen",
    model: null,
    mode: "acceptEdits",
    project: ONE,
    agent: "main",
  });
  assert.equal(typeof hour, "string");
  assert.equal(edits.find(({ verdict }) => verdict === "rejected")!.features.model, OPUS);
});

Deno.test("readEdits() reads one session, and the same in any order of arrival", async () => {
  const where = { sql: "s.session_id = ?", parameters: ["asked"] };
  const random = seededRandom(1);
  const mixed = events.map((event) => ({ event, place: random() }))
    .sort((a, b) => a.place - b.place).map(({ event }) => event);
  const unnumbered = (edits: Awaited<ReturnType<typeof read>>) =>
    edits.map(({ session: _, ...rest }) => rest);

  assert.deepEqual(
    unnumbered(await read([...mixed, ...events], where)),
    unnumbered(await read(events, where)),
  );
});

Deno.test("partOfDay() cuts the day in four", () => {
  assert.deepEqual([0, 5, 6, 12, 23].map(partOfDay), [
    "night",
    "night",
    "morning",
    "afternoon",
    "evening",
  ]);
});
