/** Tests of `capture/claude_code/locate.ts`: which files are transcripts. */

import assert from "node:assert/strict";
import {
  isTranscript,
  listTranscripts,
  projectsFolders,
} from "../../../capture/claude_code/locate.ts";
import { tempFolder } from "../../core/temp_folder.ts";

const hasLinks = Deno.build.os !== "windows";

Deno.test("listTranscripts() finds sessions, and sub-agents in every layout", () => {
  using tree = makeTree();
  const transcripts = [
    "-home-kim-shop/s1.jsonl",
    "-home-kim-shop/agent-a1.jsonl",
    "-home-kim-shop/s1/subagents/agent-a2.jsonl",
    "-home-kim-shop/s1/subagents/agent-acompact-a3.jsonl",
    "-home-kim-shop/s1/subagents/workflows/wf_1/agent-a4.jsonl",
    "-home-kim-site/s2.jsonl",
  ];
  transcripts.forEach(tree.write);

  assert.deepEqual(tree.list(), transcripts.sort());
});

Deno.test("listTranscripts() passes over what is no transcript", () => {
  using tree = makeTree();
  tree.write("-home-kim-shop/s1.jsonl");
  [
    "-home-kim-shop/s1/subagents/agent-a1.meta.json",
    "-home-kim-shop/s1/subagents/workflows/wf_1/journal.jsonl",
    "-home-kim-shop/s1/workflows/wf_1.json",
    "-home-kim-shop/s1/tool-results/b1.txt",
    "-home-kim-shop/s1/tool-results/b2.jsonl",
    "-home-kim-shop/memory/notes.jsonl",
    "-home-kim-shop/s1.jsonl.bak",
    "-home-kim-shop/custom-title.json",
  ].forEach(tree.write);

  assert.deepEqual(tree.list(), ["-home-kim-shop/s1.jsonl"]);
});

Deno.test("listTranscripts() passes over a folder that is called like a transcript", () => {
  using tree = makeTree();
  tree.write("-home-kim-shop/s1.jsonl/s2.jsonl");

  assert.deepEqual(tree.list(), ["-home-kim-shop/s1.jsonl/s2.jsonl"]);
});

Deno.test({
  name: "listTranscripts() follows no link, but may begin at one",
  ignore: !hasLinks, // Links need a right of their own on Windows.
  fn() {
    using tree = makeTree();
    using elsewhere = makeTree();
    elsewhere.write("s1.jsonl");
    Deno.symlinkSync(elsewhere.path, `${tree.path}/-linked`);
    Deno.symlinkSync(`${tree.path}/nowhere`, `${tree.path}/-dangling`);
    Deno.symlinkSync(`${elsewhere.path}/s1.jsonl`, `${tree.path}/-file.jsonl`);
    tree.write("-home-kim-shop/s2.jsonl");
    Deno.symlinkSync(tree.path, `${tree.path}/-home-kim-shop/loop`);
    Deno.symlinkSync(`${tree.path}/self`, `${tree.path}/self`);

    assert.deepEqual(tree.list(), ["-home-kim-shop/s2.jsonl"]);
    assert.deepEqual([...listTranscripts(`${tree.path}/-linked`)], [
      `${tree.path}/-linked/s1.jsonl`,
    ]);
  },
});

Deno.test("listTranscripts() finds nothing, when the folder is gone or is a file", () => {
  using tree = makeTree();
  tree.write("file.txt");

  assert.deepEqual([...listTranscripts(`${tree.path}/nowhere`)], []);
  assert.deepEqual([...listTranscripts(`${tree.path}/file.txt`)], []);
});

Deno.test("listTranscripts() does not go down for ever", () => {
  using tree = makeTree();
  tree.write(`${"deep/".repeat(30)}s1.jsonl`);

  assert.deepEqual(tree.list(), []);
});

Deno.test("isTranscript() knows a transcript by the path alone", () => {
  assert.ok(isTranscript("/home/kim/.claude/projects/-shop/s1.jsonl"));
  assert.ok(isTranscript("C:\\Users\\Kim\\.claude\\projects\\c--shop\\s1.jsonl"));
  assert.ok(isTranscript("/p/-shop/s1/subagents/agent-journal.jsonl"));
  for (
    const path of [
      "/p/-shop/s1/subagents/workflows/wf_1/journal.jsonl",
      "C:\\p\\wf_1\\journal.jsonl",
      "/p/-shop/s1.json",
      "/p/-shop/s1.jsonl.tmp",
    ]
  ) assert.ok(!isTranscript(path), path);
});

Deno.test("isTranscript() knows that content lies below some folders, as the list does", () => {
  assert.ok(!isTranscript("/p/-shop/s1/tool-results/b2.jsonl"));
  assert.ok(!isTranscript("/p/-shop/memory/notes.jsonl"));
});

Deno.test("projectsFolders() gives the folders that exist, and those that are named", () => {
  using tree = makeTree();
  tree.write("one/projects/-shop/s1.jsonl");
  tree.write("two/notes.txt");
  tree.write("three/projects/-shop/s1.jsonl");

  const folders = projectsFolders([
    { path: `${tree.path}/one`, named: false },
    { path: `${tree.path}/two`, named: false },
    { path: `${tree.path}/three/projects`, named: true },
    { path: `${tree.path}/nowhere`, named: false },
    { path: `${tree.path}/two/notes.txt`, named: true },
  ]);

  assert.deepEqual(folders, [`${tree.path}/one/projects`, `${tree.path}/three/projects`]);
});

Deno.test({
  name: "projectsFolders() gives a folder once, when it has two names",
  ignore: !hasLinks, // Links need a right of their own on Windows.
  fn() {
    using tree = makeTree();
    tree.write("one/projects/-shop/s1.jsonl");
    Deno.symlinkSync(`${tree.path}/one`, `${tree.path}/two`);

    const folders = projectsFolders([
      { path: `${tree.path}/one`, named: false },
      { path: `${tree.path}/one/`, named: true },
      { path: `${tree.path}/two`, named: false },
    ]);

    assert.deepEqual(folders, [`${tree.path}/one/projects`]);
  },
});

function makeTree() {
  const folder = tempFolder();
  return {
    path: folder.path,
    write(path: string) {
      Deno.mkdirSync(`${folder.path}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      Deno.writeTextFileSync(folder.at(path), "{}\n");
    },
    list: () =>
      [...listTranscripts(folder.path)].map((path) => path.slice(folder.path.length + 1)).sort(),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
