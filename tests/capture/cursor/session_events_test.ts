/** Tests of `capture/cursor/session_events.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { composerEvents, SessionEvents } from "../../../capture/cursor/session_events.ts";
import { Projects } from "../../../capture/project.ts";
import { COMPOSER, composerData, NOON } from "./shapes.ts";
import { contextOf, privacy, WORKSPACE } from "./state_rows.ts";

const telling = { id: ["x", 1], type: "turn_end", at: NOON, payload: { n: 1 } } as const;

Deno.test("make() gives what says the same the same id, and a sub-agent its mark", () => {
  const own = new SessionEvents({ privacy, session: "s" });
  const agent = new SessionEvents({ privacy, session: "s", agent: "a b" });

  equal(own.make(telling).eventId, agent.make({ ...telling, at: 5 }).eventId);
  equal(own.make(telling).eventId === own.make({ ...telling, id: ["x", 2] }).eventId, false);
  deepEqual(agent.make(telling).payload, { n: 1, sidechain: true });
  equal(agent.make(telling).metadata.agent_id, privacy.id("a b"));
  equal(own.make({ ...telling, undated: true }).metadata.undated, true);
});

Deno.test("composerEvents() gives the same folder the project of any platform", () => {
  const workspaceIdentifier = { uri: { fsPath: "/srv/shop/", external: "file:///srv/shop" } };
  const row = composerData({ workspaceIdentifier });
  const event = composerEvents(contextOf([row]), COMPOSER)!.make(telling);

  equal(event.metadata.project_hash, new Projects(privacy, "/home/me").of("/srv/shop").hash);
});

Deno.test("composerEvents() takes the workspace of the database, and else knows none", () => {
  const project = (workspace?: typeof WORKSPACE) =>
    composerEvents(contextOf([composerData()], workspace), COMPOSER)!.make(telling).metadata
      .project_hash;

  deepEqual([project(WORKSPACE), project()], [WORKSPACE.hash, undefined]);
});

Deno.test("composerEvents() has nothing for a draft", () => {
  equal(composerEvents(contextOf([composerData({ isDraft: true })]), COMPOSER), undefined);
});
