/** Tests of `pipeline/derive/session_table.ts`. */

import assert from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import type { EventType, TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { Words } from "../../../core/words.ts";
import { SessionTable } from "../../../pipeline/derive/session_table.ts";
import { makeEvent, makePrompt, makeResponse, NOON } from "../../helpers/events.ts";

Deno.test("SessionTable.flush() widens the time of a session and never narrows it", () => {
  using db = openSessions("s1");

  see(db, [makePrompt({ id: "a", at: NOON }), makePrompt({ id: "b", at: NOON + 10 })]);
  see(db, [makePrompt({ id: "c", at: NOON + 5 })]);
  see(db, [makePrompt({ id: "d", at: NOON - 7 })]);
  see(db, [makePrompt({ id: "e", at: NOON + 20 })]);

  assert.deepEqual(read(db), { started_at: NOON - 7, ended_at: NOON + 20, project: null });
});

Deno.test("SessionTable.flush() gives a session the project of its earliest event", () => {
  using db = openSessions("s1");

  see(db, [makePrompt({ id: "a", at: NOON + 5, project: "aa" })]);
  see(db, [
    makePrompt({ id: "b", at: NOON + 2, project: "bb" }),
    makePrompt({ id: "c", at: NOON + 1 }),
    makePrompt({ id: "d", at: NOON + 9, project: "dd" }),
  ]);
  see(db, [makePrompt({ id: "e", at: NOON + 3, project: "00" })]);

  assert.equal(read(db).project, "bb");
});

Deno.test("SessionTable.flush() takes the smaller of two projects of one moment", () => {
  const events = ["bb", "aa", "cc"].map((project, i) => makePrompt({ id: `e${i}`, project }));
  for (const batches of [[events], events.map((event) => [event])]) {
    using db = openSessions("s1");

    for (const batch of batches) see(db, batch);

    assert.equal(read(db).project, "aa");
  }
});

Deno.test("SessionTable.see() learns the version, but no time, of an undated event", () => {
  using db = openSessions("s1");

  see(db, [makePrompt({ id: "a", undated: true, version: "2.1.4", project: "aa" })]);

  assert.deepEqual(read(db), { started_at: null, ended_at: null, project: null });
  const version = db.prepare("select text from session_versions join words on id = version")
    .get();
  assert.equal(version?.text, "2.1.4");
});

Deno.test("SessionTable.flush() keeps each version of a session once", () => {
  using db = openSessions("s1");

  see(db, [makePrompt({ id: "a", version: "2.1.4" }), makePrompt({ id: "b", version: "2.1.5" })]);
  see(db, [makePrompt({ id: "c", version: "2.1.4" })]);

  assert.equal(db.prepare("select count(*) as n from session_versions").get()?.n, 2);
});

Deno.test("SessionTable.flush() counts a session, when something was done in it", () => {
  const quiet = [
    makeEvent("turn_end", { id: "a" }),
    makeEvent("assistant_response", { id: "b" }, { synthetic: true }),
  ];
  const counted = [quiet, [makeResponse({ id: "c" })], [makePrompt({ id: "d" })]].map(
    (events) => {
      using db = openSessions("s1");
      see(db, events);
      return db.prepare("select counted from sessions").get()?.counted;
    },
  );

  assert.deepEqual(counted, [0, 1, 1]);
});

Deno.test("SessionTable.flush() counts a session of which hooks alone tell a prompt", () => {
  const ofHook = (type: EventType, hook: string) => ({
    ...makeEvent(type, { id: hook }),
    hookType: literal(hook),
  });
  const begun = ofHook("session_start", "SessionStart");
  const told = [
    [begun, ofHook("turn_end", "Stop")],
    [begun, ofHook("tool_use", "PostToolUse")],
    [begun, ofHook("assistant_response", "afterAgentResponse")],
    [begun, ofHook("user_prompt", "UserPromptSubmit")],
  ];
  const counted = told.map((events) => {
    using db = openSessions("s1");
    see(db, events);
    return db.prepare("select counted from sessions").get()?.counted;
  });

  assert.deepEqual(counted, [0, 0, 0, 1]);
});

Deno.test("SessionTable.flush() keeps each sub-agent of a session once", () => {
  using db = openSessions("s1");
  const response = makeResponse({ id: "a" });
  const by = (agent: string) => ({
    ...response,
    metadata: { ...response.metadata, agent_id: literal(agent) },
  });

  see(db, [by("a1"), by("a2")]);
  see(db, [by("a1"), response]);

  assert.equal(db.prepare("select count(*) as n from session_agents").get()?.n, 2);
});

Deno.test("SessionTable.flush() knows a sub-agent without an id by its task", () => {
  using db = openSessions("s1");
  const task = (id: string) => makeEvent("subagent_prompt", { id });

  see(db, [task("a"), makeResponse({ id: "r", sidechain: true }), task("b"), task("a")]);

  assert.equal(db.prepare("select count(*) as n from session_agents").get()?.n, 2);
});

Deno.test("SessionTable.flush() takes an agent that the client warms up for none", () => {
  using db = openSessions("s1");
  const metadata = { agent_id: literal("a1"), warmup: true };

  see(db, [
    { ...makeEvent("subagent_prompt", { id: "a" }), metadata },
    { ...makeResponse({ id: "b" }), metadata },
  ]);

  assert.equal(db.prepare("select count(*) as n from session_agents").get()?.n, 0);
});

Deno.test("SessionTable.reset() forgets what was seen since the last flush", () => {
  using db = openSessions("s1");
  const table = new SessionTable(db, new Words(db));
  table.see(1, makePrompt({ id: "a" }));

  table.reset();
  table.flush();

  assert.equal(read(db).started_at, null);
});

/** A database with sessions 1, 2, … of these ids. */
function openSessions(...ids: string[]): Database {
  const db = openWriter(":memory:");
  const platform = new Words(db).number("claude_code");
  const add = db.prepare("insert into sessions (platform, session_id) values (?, ?)");
  for (const id of ids) add.run(platform, id);
  return db;
}

function see(db: Database, events: readonly TelemetryEvent[]): void {
  const table = new SessionTable(db, new Words(db));
  for (const event of events) table.see(1, event);
  table.flush();
}

function read(db: Database): { started_at: unknown; ended_at: unknown; project: unknown } {
  const row = db.prepare(
    `select started_at, ended_at, (select text from words w where w.id = project) as project
     from sessions where id = 1`,
  ).get();
  return { ...row } as ReturnType<typeof read>;
}
