/** Tests of `capture/claude_code/project_labels.ts`: names for this machine's own user. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { readProjectLabels } from "../../../capture/claude_code/project_labels.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { makeLine, parseOne, projects, userLine } from "./lines.ts";

Deno.test("readProjectLabels() names the last part of each working folder", () => {
  using folder = makeFolder();
  folder.write("-home-kim-shop/s1.jsonl", userLine("hi", { cwd: "/home/kim/shop" }));
  folder.write("c--Users-Kim-site/s2.jsonl", userLine("hi", { cwd: "C:\\Users\\Kim\\site" }));
  folder.write("-/s3.jsonl", userLine("hi", { cwd: "/" }));

  const labels = readProjectLabels([folder.path], projects);

  assert.equal(labels.get(projects.of("/home/kim/shop").hash), "shop");
  assert.equal(labels.get(projects.of("C:\\Users\\Kim\\site").hash), "site");
  assert.equal(labels.get(projects.of("/").hash), "/");
  assert.deepEqual([...labels.values()].sort(), ["/", "shop", "site"]);
});

Deno.test("readProjectLabels() knows projects by the hash that events have", () => {
  using folder = makeFolder();
  const line = userLine("hi", { cwd: '/home/kim/größe "x"\\y/' });
  folder.write("-home-kim-x/s1.jsonl", line);

  const labels = readProjectLabels([folder.path], projects);

  assert.equal(labels.get(String(parseOne(line).metadata.project_hash)), 'größe "x"\\y');
});

Deno.test("readProjectLabels() names each working folder at a transcript's start", () => {
  using folder = makeFolder();
  folder.write(
    "-home-kim-shop/s1.jsonl",
    makeLine("user", 1, { cwd: "/home/kim/shop" }),
    makeLine("user", 2, { cwd: "/home/kim/shop/web" }),
  );

  const labels = readProjectLabels([folder.path], projects);

  assert.deepEqual([...labels.values()].sort(), ["shop", "web"]);
});

Deno.test("readProjectLabels() gives nothing of files that name no folder, or are no JSON", () => {
  using folder = makeFolder();
  folder.write("-a/s1.jsonl", { type: "summary", summary: 'they said "cwd": "/home/x"' });
  folder.writeText("-b/s2.jsonl", "\0\0\0\n// comment\n");
  folder.writeText("-c/s3.jsonl", "");

  assert.deepEqual(readProjectLabels([folder.path], projects), new Map());
});

Deno.test("readProjectLabels() passes over a folder that is badly written", () => {
  using folder = makeFolder();
  folder.writeText("-a/s1.jsonl", '{"cwd":"C:\\Users\\Kim"}\n{"cwd":"a\tb"}\n');
  folder.write("-b/s2.jsonl", userLine("hi", { cwd: "/home/kim/shop" }));

  const labels = readProjectLabels([folder.path], projects);

  assert.equal(labels.get(projects.of("/home/kim/shop").hash), "shop");
});

Deno.test("readProjectLabels() names a project, whose first files name no folder", () => {
  using folder = makeFolder();
  for (const name of ["a", "b", "c", "d", "e"]) {
    folder.write(`-home-kim-shop/${name}.jsonl`, { type: "summary", summary: "x" });
  }
  folder.write("-home-kim-shop/f.jsonl", userLine("hi", { cwd: "/home/kim/shop" }));

  assert.deepEqual([...readProjectLabels([folder.path], projects).values()], ["shop"]);
});

Deno.test("readProjectLabels() throws for no bytes", () => {
  using folder = makeFolder();
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "binary-ascii" }).map((text) => `{"cwd":"${text}"}`),
    fc.string().map((text) => JSON.stringify({ cwd: text, more: { cwd: text } })),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      folder.writeText("-a/s1.jsonl", text);

      for (const label of readProjectLabels([folder.path], projects).values()) {
        assert.equal(typeof label, "string");
      }
    }),
    fcRuns(),
  );
});

function makeFolder() {
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
