/** Tests of `capture/claude_code/transcript_source.ts`: which files are read. */

import assert from "node:assert/strict";
import { transcriptSource } from "../../../capture/claude_code/transcript_source.ts";
import { Gate } from "../../../capture/gate.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { Inbox } from "../inbox.ts";
import { privacy } from "./lines.ts";

Deno.test("transcriptSource() finds transcripts below the projects, and nothing else", () => {
  using folder = tempFolder();
  using inbox = new Inbox();
  const source = transcriptSource({
    environment: {
      home: "/home/kim",
      get: (name) => name === "CLAUDE_CONFIG_DIR" ? folder.path : undefined,
    },
    privacy,
    clock: new VirtualClock(),
    intake: inbox,
    gate: new Gate(),
    pollEveryMs: 30_000,
    temporary: "/nowhere",
    checkpoints: new Map(),
    onProblem: (problem) => assert.fail(problem),
  });
  const projects = folder.at("projects"), transcript = `${projects}/-shop/s1.jsonl`;
  Deno.mkdirSync(`${projects}/-shop/memory`, { recursive: true });
  for (const path of [transcript, `${projects}/-shop/memory/m.jsonl`, folder.at("h.jsonl")]) {
    Deno.writeTextFileSync(path, "{}\n");
  }

  assert.deepEqual(source.roots, [projects]);
  assert.deepEqual(source.scan().map(({ path }) => path), [transcript]);
  assert.equal(source.platform, "claude_code");
});
