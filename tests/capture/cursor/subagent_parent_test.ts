/** Tests of `capture/cursor/subagent_parent.ts`: real folders as Cursor leaves them. */

import assert from "node:assert/strict";
import { parentConversation } from "../../../capture/cursor/subagent_parent.ts";
import { tempFolder } from "../../core/temp_folder.ts";

const PARENT = "11111111-1111-4111-8111-111111111111";
const CHILD = "22222222-2222-4222-8222-222222222222";

function makeFolder(parent = PARENT, child = `${CHILD}.jsonl`) {
  const folder = tempFolder();
  for (const slug of ["home-ada-engine", "empty-window"]) {
    Deno.mkdirSync(folder.at(`projects/${slug}/agent-transcripts/${PARENT}`), {
      recursive: true,
    });
  }
  const place = `projects/home-ada-engine/agent-transcripts/${parent}/subagents`;
  Deno.mkdirSync(folder.at(place), { recursive: true });
  Deno.writeTextFileSync(folder.at(`${place}/${child}`), "{}\n");
  return folder;
}

Deno.test("parentConversation() finds whose sub-agent a conversation is", () => {
  using folder = makeFolder();

  assert.equal(parentConversation(folder.path, CHILD), PARENT);
  assert.equal(parentConversation(folder.path, PARENT), undefined);
});

Deno.test("parentConversation() finds nothing, when Cursor left nothing", () => {
  using folder = tempFolder();

  assert.equal(parentConversation(folder.path, CHILD), undefined);
  Deno.writeTextFileSync(folder.at("projects"), "no folder");
  assert.equal(parentConversation(folder.path, CHILD), undefined);
});

Deno.test("parentConversation() takes no name for a conversation that is none", () => {
  using folder = makeFolder("someone");
  assert.equal(parentConversation(folder.path, CHILD), undefined);

  using other = makeFolder(PARENT, "x.jsonl");
  for (const odd of ["x", "../subagents/x", "", `${CHILD}/../${CHILD}`, `${CHILD}\n`]) {
    assert.equal(parentConversation(other.path, odd), undefined, odd);
  }
});
