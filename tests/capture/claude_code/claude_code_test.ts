/** Tests of `capture/claude_code/claude_code.ts`: from the assistant's folders to events. */

import { Gate } from "../../../capture/gate.ts";
import assert from "node:assert/strict";
import { claudeCode } from "../../../capture/claude_code/claude_code.ts";
import { encodeEvent } from "../../../core/event.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { Inbox } from "../inbox.ts";
import { readAll } from "../source_stage.ts";
import {
  assistantLine,
  type Line,
  privacy,
  resultLine,
  SECRET,
  SESSION,
  userLine,
} from "./lines.ts";

Deno.test("claudeCode.roots() are the usual two folders, when nothing is set", () => {
  assert.deepEqual(claudeCode.roots(environmentOf({})), [
    { path: "/home/kim/.claude", named: false },
    { path: "/home/kim/.config/claude", named: false },
  ]);
});

Deno.test("claudeCode.roots() follow XDG_CONFIG_HOME", () => {
  const [, second] = claudeCode.roots(environmentOf({ XDG_CONFIG_HOME: "/etc/kim" }));

  assert.deepEqual(second, { path: "/etc/kim/claude", named: false });
});

Deno.test("claudeCode.roots() are the folders of CLAUDE_CONFIG_DIR and no others", () => {
  const roots = claudeCode.roots(environmentOf({ CLAUDE_CONFIG_DIR: "/one, ~/two ,~,,~kim" }));

  assert.deepEqual(roots, [
    { path: "/one", named: true },
    { path: "/home/kim/two", named: true },
    { path: "/home/kim", named: true },
    { path: "~kim", named: true },
  ]);
});

Deno.test("claudeCode.roots() are the usual ones, when CLAUDE_CONFIG_DIR is empty", () => {
  for (const CLAUDE_CONFIG_DIR of ["", " ", ","]) {
    assert.equal(claudeCode.roots(environmentOf({ CLAUDE_CONFIG_DIR })).length, 2);
  }
});

Deno.test("claudeCode.open() reads all transcripts of all folders", async () => {
  using stage = makeStage();
  stage.write("one/projects/-shop/s1.jsonl", userLine("a"), assistantLine({}, {}, 2));
  stage.write("one/projects/-shop/s1/subagents/agent-a1.jsonl", userLine("b", subagent, 3));
  stage.write("two/projects/-site/s2.jsonl", userLine("c", { sessionId: "s2" }, 4));

  const totals = await readAll(await stage.open());

  assert.equal(totals.files, 3);
  assert.equal(totals.events, 4);
  assert.deepEqual(
    stage.inbox.events.map(({ eventType, sessionId }) => `${eventType} ${sessionId}`).sort(),
    [
      `assistant_response ${SESSION}`,
      `subagent_prompt ${SESSION}`,
      `user_prompt ${SESSION}`,
      "user_prompt s2",
    ].sort(),
  );
});

Deno.test("claudeCode.open() reads copies from two hosts apart, as the same events", async () => {
  using stage = makeStage();
  const lines = [userLine("a"), assistantLine({}, {}, 2)];
  stage.write("one/projects/-shop/s1.jsonl", ...lines);
  stage.write("two/projects/-shop/s1.jsonl", ...lines);

  await readAll(await stage.open());
  const first = stage.inbox.ids();
  stage.write("two/projects/-shop/s1.jsonl", ...lines, userLine("b", {}, 3));
  const totals = await readAll(await stage.open());

  assert.equal(new Set(first).size, 2);
  assert.equal(first.length, 4);
  assert.deepEqual([totals.files, totals.events], [1, 1]);
  const checkpoints = [...stage.inbox.checkpoints("claude_code").values()];
  assert.deepEqual(checkpoints.map(({ lines }) => lines).sort(), [2, 3]);
});

Deno.test("claudeCode.open() gives nothing, when the assistant was never here", async () => {
  using stage = makeStage();

  const source = await stage.open();

  assert.deepEqual(source.scan(), []);
  assert.deepEqual(source.roots, []);
});

Deno.test("claudeCode.open() sees the folder, when the assistant comes later", async () => {
  using stage = makeStage();
  const source = await stage.open();
  source.scan();

  stage.write("one/projects/-shop/s1.jsonl", userLine("a"));
  await readAll(source);

  assert.equal(stage.inbox.events.length, 1);
});

Deno.test("claudeCode.open() counts lines that it does not know", async () => {
  using stage = makeStage();
  stage.write("one/projects/-shop/s1.jsonl", userLine("a"), { type: "brand-new" });

  const totals = await readAll(await stage.open());

  assert.deepEqual([totals.linesUnknown, totals.linesMalformed], [1, 0]);
});

Deno.test("claudeCode.open() lets no text, path or name out of a whole session", async () => {
  using stage = makeStage();
  const lines = [
    userLine(`Please look at ${SECRET}`, { gitBranch: "secret-branch", slug: "secret-name" }, 1),
    assistantLine(
      {
        content: [{
          type: "tool_use",
          id: "toolu_01",
          name: "mcp__secret_server__secret_tool",
          input: { file_path: "/home/secret/plan.secret", command: "cat secret" },
        }],
      },
      {},
      2,
    ),
    resultLine({ content: "the secret text" }, { toolUseResult: { stdout: "secret" } }, 3),
    userLine("secret", { cwd: "/home/secret/project" }, 4),
  ];
  stage.write("one/projects/-home-secret/6b1f7c52.jsonl", ...lines);

  await readAll(await stage.open());

  assert.equal(stage.inbox.events.length, 5);
  for (const event of stage.inbox.events) assert.doesNotMatch(encodeEvent(event), /secret/i);
  const checkpoints = JSON.stringify([...stage.inbox.checkpoints("claude_code").values()]);
  assert.doesNotMatch(checkpoints, /secret/i);
});

Deno.test("claudeCode.projectLabels() names the projects of all folders", () => {
  using stage = makeStage();
  stage.write("one/projects/-shop/s1.jsonl", userLine("a", { cwd: "/home/kim/shop" }));
  stage.write("two/projects/-site/s2.jsonl", userLine("b", { cwd: "/home/kim/site" }));

  const labels = claudeCode.projectLabels(stage.environment, privacy);

  assert.deepEqual([...labels.values()].sort(), ["shop", "site"]);
});

Deno.test("claudeCode.hooks.files() are in the folders that exist, and in no projects", () => {
  using stage = makeStage();
  stage.write("one/projects/-shop/s1.jsonl", userLine("a"));
  const one = stage.environment.get("CLAUDE_CONFIG_DIR")!.split(",")[0]!;
  const named = `${one}/,${one}/gone,${one}/projects`;

  const files = claudeCode.hooks.files(environmentOf({ CLAUDE_CONFIG_DIR: named }));

  assert.deepEqual(files, [`${one}/settings.json`]);
  assert.deepEqual(claudeCode.hooks.files(environmentOf({})), []);
});

Deno.test("claudeCode.hooks.seenVersions() are those of all folders", () => {
  using stage = makeStage();
  const timestamp = new Date().toISOString();
  stage.write("one/projects/-shop/s1.jsonl", userLine("a", { version: "2.0.77", timestamp }));
  stage.write("two/projects/-shop/s2.jsonl", userLine("a", { version: "2.1.330", timestamp }));

  const seen = claudeCode.hooks.seenVersions(stage.environment, Date.now());

  assert.deepEqual([...seen].sort(), ["2.0.77", "2.1.330"]);
  assert.equal(claudeCode.hooks.lowest(seen), "2.0.77");
});

const subagent: Line = { isSidechain: true, agentId: "a1" };

function environmentOf(values: Readonly<Record<string, string>>) {
  return { home: "/home/kim", get: (name: string) => values[name] };
}

function makeStage() {
  const folder = tempFolder();
  const inbox = new Inbox();
  const environment = environmentOf({
    CLAUDE_CONFIG_DIR: `${folder.at("one")},${folder.at("two")}`,
  });
  return {
    inbox,
    environment,
    open: () =>
      claudeCode.open({
        environment,
        privacy,
        clock: new VirtualClock(),
        intake: inbox,
        gate: new Gate(),
        pollEveryMs: 30_000,
        temporary: "/nowhere",
        checkpoints: inbox.checkpoints("claude_code"),
        onProblem: (problem) => assert.fail(problem),
      }),
    write(path: string, ...lines: readonly Line[]) {
      Deno.mkdirSync(folder.at(path).replace(/\/[^/]*$/, ""), { recursive: true });
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      Deno.writeTextFileSync(folder.at(path), text);
    },
    [Symbol.dispose]: () => {
      inbox[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}
