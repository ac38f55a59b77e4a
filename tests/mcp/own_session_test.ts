/** Tests of `mcp/own_session.ts`. */

import assert from "node:assert/strict";
import { type Call, type Callers, findOwnSession } from "../../mcp/own_session.ts";
import { makePrompt, makeToolUse, NOON } from "../helpers/events.ts";
import { filledHome, ONE, TWO } from "../helpers/filled_home.ts";
import { CALLERS } from "./connected.ts";

const MINUTE_MS = 60_000;
const NOW = NOON + 60 * MINUTE_MS;
const CALL: Call = { client: "test-client", meta: undefined, roots: [] };

/** Three sessions that are going on, and one that is long over. */
async function find(callers: Partial<Callers>, call: Partial<Call> = {}) {
  const at = (minutes: number) => NOW - minutes * MINUTE_MS;
  await using home = await filledHome([
    makePrompt({ id: "p1", session: "one", project: ONE, at: at(1) }),
    makePrompt({ id: "p2", session: "two", project: TWO, at: at(3) }),
    makePrompt({ id: "p3", session: "two-too", project: TWO, at: at(2) }),
    makePrompt({ id: "p4", session: "old", project: ONE, at: at(30) }),
    makeToolUse({ id: "u1", session: "old", use: "toolu_old", at: at(30) }),
    makePrompt({ id: "p5", session: "else", platform: "cursor", project: ONE, at: at(0) }),
  ]);
  const found = findOwnSession(home.db, { ...CALLERS, ...callers }, { ...CALL, ...call }, NOW);
  return found && [found.sessionId, found.knownBy, found.confidence];
}

const byUse = { meta: { "test/toolUseId": "toolu_old" } };

function running() {
  return { platform: "claude_code", sessionId: "two-too" };
}

const named = { platform: "claude_code", sessionId: "two" };

for (
  const [what, callers, call, expected] of [
    ["certainly by the id of the tool use", { named }, byUse, ["old", "tool_use_id", 1]],
    [
      "by the client that started it, though the environment names another",
      { named, running },
      {},
      [
        "two-too",
        "parent_process",
        0.95,
      ],
    ],
    [
      "by other clues, where the client says nothing that is known",
      {
        named,
        running: () => ({ ...running(), sessionId: "new" }),
      },
      {},
      ["two", "environment", 0.9],
    ],
    ["by the environment", { named }, {}, ["two", "environment", 0.9]],
    ["by the folder, where one session is alive in it", {}, {}, ["one", "project", 0.8]],
    ["the latest by the folder, where several are", { projects: [TWO] }, {}, [
      "two-too",
      "project",
      0.5,
    ]],
    ["by the folders that the client has open first", {}, { roots: [TWO] }, [
      "two-too",
      "project",
      0.5,
    ]],
    [
      "the latest of the platform, where nothing is known of the folder",
      { projects: ["x"] },
      {},
      [
        "one",
        "platform",
        0.3,
      ],
    ],
    [
      "none of another platform's, whatever the environment says",
      {
        named: { platform: "cursor", sessionId: "else" },
      },
      {},
      ["one", "project", 0.8],
    ],
    ["none, where nothing at all is known", { projects: ["x"] }, { client: "other" }, undefined],
    ["by other clues, where nothing tells of the tool use", {}, {
      meta: { "test/toolUseId": "toolu_new" },
    }, ["one", "project", 0.8]],
  ] as const
) {
  Deno.test(`findOwnSession() finds ${what}`, async () => {
    assert.deepEqual(await find(callers, call), expected);
  });
}
