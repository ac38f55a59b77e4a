/** Tests of `capture/cursor/project_row.ts`: which row is whose, and that no content passes. */

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { projectRow } from "../../../capture/cursor/project_row.ts";
import type { StateRow } from "../../../capture/cursor/state_rows.ts";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { CANARY, plant, textPlaces } from "./canaries.ts";
import { bubble, call, COMPOSER, composerData, composers, headers, NOON } from "./shapes.ts";
import { contextOf, item, kv, project, WORKSPACE } from "./state_rows.ts";

/** A row of every kind with all that is known of it. */
const ROWS: readonly StateRow[] = [
  composerData({
    ...headers("u1", "e1", "a1"),
    name: "name",
    subtitle: "subtitle",
    status: "aborted",
    text: "text",
    richText: '{"root":{"text":"text"}}',
    workspaceIdentifier: { id: "w", uri: { fsPath: "/home/me/shop", external: "file:///h" } },
    trackedGitRepos: [{ repoPath: "/home/me", branches: [{ branchName: "main" }] }],
    usageData: { "gpt-5": { costInCents: 5 } },
    codeBlockData: {
      "file:///home/me/a.ts": [{ bubbleId: "e1", status: "accepted" }, { status: "rejected" }],
    },
  }),
  bubble("u1", { type: 1, text: "text", richText: "text", modelInfo: { modelName: "gpt-5" } }),
  call("e1", {
    name: "edit_file_v2",
    params: '{"relativeWorkspacePath":"/home/me/a.ts","tools":[{"name":"t","serverName":"s"}]}',
    result: '{"diff":{"chunks":[{"diffString":"+text","linesAdded":1}]},"beforeContentId":"x"}',
    error: '{"message":"ENOENT /home/me"}',
    userDecision: "accepted",
    additionalData: {
      blockReason: "text",
      reviewData: { status: "Done", selectedOption: "accept" },
      precomputedDiff: { lines: [{ type: "added", content: "text" }] },
    },
  }),
  call("s1", { name: "run_terminal_command_v2", params: '{"command":"text"}', status: "error" }),
  bubble("a1", { text: "text", requestId: "r1", thinking: { text: "text" } }),
  kv(`codeBlockPartialInlineDiffFates:${COMPOSER}:d1`, {
    fates: [{ fate: "accepted", addedLines: ["text"], removedLines: ["text"] }],
  }),
  composers({
    composerId: "c2",
    createdAt: NOON,
    lastUpdatedAt: NOON + 5,
    unifiedMode: "chat",
    name: "text",
    conversation: [{ type: 1, bubbleId: "u2", text: "text" }, { type: 2, text: "text" }],
    codeBlockData: { "file:///home/me/b.ts": [{ status: "accepted", content: "text" }] },
  }),
  item("composer.composerHeaders", {
    allComposers: [{ composerId: "c5", createdAt: NOON, name: "text" }, {
      composerId: "c3",
      createdAt: NOON,
      lastUpdatedAt: NOON,
      subtitle: "text",
      subagentInfo: { parentComposerId: "c2", subagentTypeName: "text" },
    }],
  }),
  { table: "composerHeaders", key: "c4", value: `{"createdAt":${NOON},"name":"text"}` },
  item("workbench.panel.aichat.view.aichat.chatdata", {
    tabs: [{
      tabId: "t",
      chatTitle: "text",
      lastSendTime: NOON,
      bubbles: [{ type: "user", id: "u", text: "text" }, { type: "ai", id: "a", text: "text" }],
    }],
  }),
  item("aiService.generations", [
    { unixMs: NOON, generationUUID: "g1", type: "composer", textDescription: "text" },
    { unixMs: NOON, generationUUID: "g2", type: "cmdk", textDescription: "text" },
  ]),
  item("aiService.prompts", [{ text: "text", commandType: 4 }]),
  item("aiCodeTracking.dailyStats.v1.5.2026-03-01", { date: "2026-03-01" }),
  item("aiCodeTracking.recentCommit", { timestamp: NOON, commitHash: "abc", message: "text" }),
  item("workbench.backgroundComposer.workspacePersistentData", { terminals: ["text"] }),
];

Deno.test("projectRow() knows every kind of row that tells something", () => {
  const context = contextOf(ROWS, WORKSPACE);
  const silent = ROWS.filter((row) => projectRow(row, context).length === 0)
    .map(({ key }) => key);

  deepEqual(silent, [
    "aiService.prompts",
    "workbench.backgroundComposer.workspacePersistentData",
  ]);
});

Deno.test("projectRow() makes events that the pipeline takes, and the same again", () => {
  const events = project(ROWS, WORKSPACE).map(encodeEvent);

  for (const json of events) equal(encodeEvent(decodeEvent(json)), json);
  deepEqual(project(ROWS, WORKSPACE).map(encodeEvent), events);
});

Deno.test("projectRow() tells the same, in whatever order rows come", () => {
  const told = (rows: readonly StateRow[]) => project(rows, WORKSPACE).map(encodeEvent).sort();

  deepEqual(told(ROWS.toReversed()), told(ROWS));
});

Deno.test("projectRow() lets no text through, whichever field holds it", () => {
  let places = 0;
  for (const [i, row] of ROWS.entries()) {
    const value = JSON.parse(row.value);
    for (const place of textPlaces(value)) {
      const rows = ROWS.with(i, {
        ...row,
        value: JSON.stringify(plant(value, new Set([place]))),
      });
      const events = project(rows, WORKSPACE).map(encodeEvent);
      deepEqual(events.filter((json) => CANARY.test(json)), [], `${row.key} ${place}`);
      places++;
    }
  }
  ok(places > 60, `${places} places`);
});

Deno.test("projectRow() lets no text through, when any number of fields hold it", () => {
  const all = ROWS.map(({ value }) => [...textPlaces(JSON.parse(value))]);
  fc.assert(
    fc.property(fc.tuple(...all.map((places) => fc.subarray(places))), (chosen) => {
      const rows = ROWS.map((row, i) => ({
        ...row,
        value: JSON.stringify(plant(JSON.parse(row.value), new Set(chosen[i]))),
      }));
      const events = project(rows, WORKSPACE).map(encodeEvent);
      deepEqual(events.filter((json) => CANARY.test(json)), []);
      for (const json of events) decodeEvent(json);
    }),
    fcRuns(100),
  );
});

Deno.test("projectRow() bears anything in the place of a row", () => {
  const keys = ROWS.map(({ table, key }) => ({ table, key }));
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.json(), (where, value) => {
      const rows = [...ROWS.filter(({ key }) => key !== where.key), { ...where, value }];
      for (const event of project(rows, WORKSPACE)) decodeEvent(encodeEvent(event));
    }),
    fcRuns(300),
  );
});

Deno.test("projectRow() tells nothing of keys that are not its own", () => {
  const context = contextOf([]);
  for (const key of ["bubbleId:", "bubbleId:c", "composerData:", "agentKv:blob:x", ""]) {
    deepEqual(projectRow({ table: "cursorDiskKV", key, value: "{}" }, context), [], key);
  }
  deepEqual(projectRow({ table: "ItemTable", key: "cursorAuth/x", value: "{}" }, context), []);
});
