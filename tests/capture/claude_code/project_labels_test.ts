/** Tests of `capture/claude_code/project_labels.ts`: names for this machine's own user. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { projectHash, readProjectLabels } from "../../../capture/claude_code/project_labels.ts";
import { Privacy } from "../../../core/privacy.ts";
import { fcRuns } from "../../core/fc_runs.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { makeLine, parseOne, privacy, userLine } from "./lines.ts";

Deno.test("readProjectLabels() names the last part of each working folder", () => {
  using projects = makeProjects();
  projects.write("-home-kim-shop/s1.jsonl", userLine("hi", { cwd: "/home/kim/shop" }));
  projects.write("c--Users-Kim-site/s2.jsonl", userLine("hi", { cwd: "C:\\Users\\Kim\\site" }));
  projects.write("-/s3.jsonl", userLine("hi", { cwd: "/" }));

  const labels = readProjectLabels([projects.path], privacy);

  assert.equal(labels.get(projectHash("/home/kim/shop", privacy)), "shop");
  assert.equal(labels.get(projectHash("C:\\Users\\Kim\\site", privacy)), "site");
  assert.equal(labels.get(projectHash("/", privacy)), "/");
  assert.equal(labels.size, 3);
});

Deno.test("readProjectLabels() knows projects by the hash that events have", () => {
  using projects = makeProjects();
  const line = userLine("hi", { cwd: '/home/kim/größe "x"\\y/' });
  projects.write("-home-kim-x/s1.jsonl", line);

  const labels = readProjectLabels([projects.path], privacy);

  assert.equal(labels.get(String(parseOne(line).metadata.project_hash)), "y");
});

Deno.test("readProjectLabels() names each working folder at a transcript's start", () => {
  using projects = makeProjects();
  projects.write(
    "-home-kim-shop/s1.jsonl",
    makeLine("user", 1, { cwd: "/home/kim/shop" }),
    makeLine("user", 2, { cwd: "/home/kim/shop/web" }),
  );

  const labels = readProjectLabels([projects.path], privacy);

  assert.deepEqual([...labels.values()].sort(), ["shop", "web"]);
});

Deno.test("readProjectLabels() gives nothing of files that name no folder, or are no JSON", () => {
  using projects = makeProjects();
  projects.write("-a/s1.jsonl", { type: "summary", summary: 'they said "cwd": "/home/x"' });
  projects.writeText("-b/s2.jsonl", "\0\0\0\n// comment\n");
  projects.writeText("-c/s3.jsonl", "");

  assert.deepEqual(readProjectLabels([projects.path], privacy), new Map());
});

Deno.test("readProjectLabels() passes over a folder that is badly written", () => {
  using projects = makeProjects();
  projects.writeText("-a/s1.jsonl", '{"cwd":"C:\\Users\\Kim"}\n{"cwd":"a\tb"}\n');
  projects.write("-b/s2.jsonl", userLine("hi", { cwd: "/home/kim/shop" }));

  const labels = readProjectLabels([projects.path], privacy);

  assert.equal(labels.get(projectHash("/home/kim/shop", privacy)), "shop");
});

Deno.test("readProjectLabels() names a project, whose first files name no folder", () => {
  using projects = makeProjects();
  for (const name of ["a", "b", "c", "d", "e"]) {
    projects.write(`-home-kim-shop/${name}.jsonl`, { type: "summary", summary: "x" });
  }
  projects.write("-home-kim-shop/f.jsonl", userLine("hi", { cwd: "/home/kim/shop" }));

  assert.deepEqual([...readProjectLabels([projects.path], privacy).values()], ["shop"]);
});

Deno.test("readProjectLabels() throws for no bytes", () => {
  using projects = makeProjects();
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "binary-ascii" }).map((text) => `{"cwd":"${text}"}`),
    fc.string().map((text) => JSON.stringify({ cwd: text, more: { cwd: text } })),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      projects.writeText("-a/s1.jsonl", text);

      for (const label of readProjectLabels([projects.path], privacy).values()) {
        assert.equal(typeof label, "string");
      }
    }),
    fcRuns(),
  );
});

Deno.test("projectHash() is the same with and without slashes at the end", () => {
  const hash = projectHash("/home/kim/shop", privacy);

  assert.equal(projectHash("/home/kim/shop/", privacy), hash);
  assert.equal(projectHash("/home/kim/shop//", privacy), hash);
  assert.notEqual(projectHash("/home/kim", privacy), hash);
  assert.notEqual(projectHash("/", privacy), projectHash("", privacy));
});

Deno.test("projectHash() differs between installations, and holds nothing of the path", () => {
  const hash = projectHash("/home/kim/shop", privacy);

  assert.match(hash, /^[0-9a-f]{16}$/);
  assert.notEqual(projectHash("/home/kim/shop", new Privacy(new Uint8Array(32))), hash);
});

function makeProjects() {
  const folder = tempFolder();
  const writeText = (path: string, text: string) => {
    Deno.mkdirSync(folder.at(path.split("/")[0]!), { recursive: true });
    Deno.writeTextFileSync(folder.at(path), text);
  };
  return {
    path: folder.path,
    writeText,
    write: (path: string, ...lines: readonly Record<string, unknown>[]) =>
      writeText(path, lines.map((line) => `${JSON.stringify(line)}\n`).join("")),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
