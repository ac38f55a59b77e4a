/** Tests of the checks in `tidy/`, each on a small made-up tree that is tidy or is not. */

import assert from "node:assert/strict";
import { sourceMirror, staleExceptions, testMirror } from "./tidy/mirror.ts";
import {
  codeNames,
  exactVersions,
  machinePaths,
  markdownTitle,
  migrationNumbers,
  taskDescriptions,
} from "./tidy/papers.ts";
import { deadFiles } from "./tidy/reach.ts";
import { fileLength, fileShares, lineLength } from "./tidy/size.ts";
import { readTree, type TreeFile } from "./tidy/tree.ts";

/** A tree of the given files, by path. */
function tree(texts: Readonly<Record<string, string>>): TreeFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

Deno.test("readTree() reads code, skips what git ignores, and leaves data alone", async () => {
  const root = await Deno.makeTempDir();
  try {
    for (const folder of ["core", "dist", "node_modules/a", "tests/fixtures"]) {
      await Deno.mkdir(`${root}/${folder}`, { recursive: true });
      await Deno.writeTextFile(`${root}/${folder}/a.ts`, "a");
    }

    const files = readTree(root);

    assert.deepEqual(files, tree({ "core/a.ts": "a", "tests/fixtures/a.ts": "" }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("fileLength() refuses 401 lines of code, and of nothing else", () => {
  const [most, long] = ["a\n".repeat(400), "a\n".repeat(401)];

  assert.deepEqual(fileLength(tree({ "core/a.ts": most, "README.md": long })), []);
  assert.deepEqual(fileLength(tree({ "core/a.ts": long, "web/assets/b.css": long })), [
    "core/a.ts: 401 lines, at most 400: split it",
    "web/assets/b.css: 401 lines, at most 400: split it",
  ]);
});

Deno.test("lineLength() refuses a character in column 100", () => {
  const files = tree({ "core/a.sql": `a\n${"é".repeat(99)}\n${"a".repeat(100)}\n` });

  assert.deepEqual(lineLength(files), ["core/a.sql:3: 100 columns, at most 99"]);
});

Deno.test("fileShares() refuses more long files than half and a tenth", () => {
  const [middle, long] = ["a\n".repeat(121), "a\n".repeat(301)];
  const tidy = tree({ "core/a.ts": "a", "core/b.ts": middle, "tests/core/a_test.ts": long });

  assert.deepEqual(fileShares(tidy), []);
  assert.deepEqual(
    fileShares(tree({ "core/a.ts": "a", "core/b.ts": middle, "core/c.ts": long })),
    [
      "2 of 3 source files have over 120 lines, at most 1 may; the longest: " +
      "core/c.ts (301), core/b.ts (121)",
      "1 of 3 source files have over 300 lines, at most 0 may; the longest: core/c.ts (301)",
    ],
  );
});

Deno.test("sourceMirror() refuses source without test, unless excepted or all types", () => {
  const files = tree({
    "core/a.ts": "export function a() {}",
    "core/b.tsx": "export const b = 1;",
    "tests/core/b_test.tsx": "",
    "capture/c/d.ts": "class D {}",
    "core/kinds.ts":
      `/** Kinds.\nconst */\nimport {\n  type A,\n} from "./a.ts";\nexport type B = A;\n` +
      "export interface C {\n  c: A;\n}\n// Done.\n",
    "tools/demo.ts": "export const demo = 1;",
  });

  assert.deepEqual(sourceMirror(files, { "capture/c/d.ts": "Its parent's test runs it." }), [
    "core/a.ts: no test in tests/core/a_test.ts",
  ]);
});

Deno.test("testMirror() refuses a test without source, unless excepted", () => {
  const files = tree({
    "core/a.ts": "",
    "tests/core/a_test.ts": "",
    "tests/core/a_faults_test.ts": "",
    "tests/core/b_test.ts": "",
    "tests/web/c_test.ts": "",
    "tests/sim/d_test.ts": "",
    "tests/house/e_test.ts": "",
  });

  assert.deepEqual(testMirror(files, { "tests/web/c_test.ts": "It tests all pages at once." }), [
    "tests/core/b_test.ts: no source in core/b.ts",
  ]);
});

Deno.test("staleExceptions() refuses a path that is gone", () => {
  const exceptions = { "core/a.ts": "A reason.", "core/b.ts": "A reason." };

  assert.deepEqual(staleExceptions(tree({ "core/a.ts": "" }), exceptions), [
    "core/b.ts: excepted from the mirror, but not in the tree",
  ]);
});

Deno.test("deadFiles() follows every kind of import", () => {
  const files = tree({
    "main.ts": `import { a } from "./cli/a.ts";\nimport {\n  b,\n} from "./cli/b.ts";`,
    "cli/a.ts": `const c = () => import("./c.ts");\nimport "./e.ts";`,
    "cli/b.ts": `import type { D } from "../core/d.ts";`,
    "cli/c.ts": `new Worker(new URL("../pipeline/f.ts", import.meta.url));`,
    "cli/e.ts": "",
    "core/d.ts": "",
    "pipeline/f.ts": "",
    "pipeline/pipeline_worker.ts": "",
    "tools/demo.ts": "",
    "tests/core/a_test.ts": `import { g } from "../helpers/g.ts";`,
    "tests/helpers/g.ts": "",
    "tests/bench/run.ts": "",
    "tests/fixtures/h.ts": "",
    "tests/helpers/i.ts": "",
    ".ci/run": "deno test --preload tests/helpers/i.ts tests",
    "deno.json": `{ "tasks": { "bench": { "command": "deno run tests/bench/run.ts" } } }`,
  });

  assert.deepEqual(deadFiles(files), []);
});

Deno.test("deadFiles() refuses source that only its test imports, and unused helpers", () => {
  const files = tree({
    "main.ts": `// import { a } from "./core/a.ts";`,
    "core/a.ts": "",
    "tests/core/a_test.ts": `import { a } from "../../core/a.ts";`,
    "tests/helpers/b.ts": "",
  });

  assert.deepEqual(deadFiles(files), [
    "core/a.ts: dead, nothing that runs imports it",
    "tests/helpers/b.ts: dead, nothing that runs imports it",
  ]);
});

Deno.test("markdownTitle() refuses none and two, and does not count shell comments", () => {
  const files = tree({
    "README.md": "# Title\n\n```sh\n# A comment\n```\n\n## Part\n",
    "none.md": "## Part\n",
    "two.md": "# One\n# Two\n",
  });

  assert.deepEqual(markdownTitle(files), [
    "none.md: 0 titles with one #, not 1",
    "two.md: 2 titles with one #, not 1",
  ]);
});

Deno.test("machinePaths() finds a file of the tree by its place on one machine", () => {
  const files = tree({
    "docs/a.md": "# A\n[x](../core/a.ts), `/api/core`\n/home/me/src/tests/core/a_test.ts\n",
    "tests/core/a_test.ts": "",
    "core/a.ts": "",
  });

  assert.deepEqual(machinePaths(files), ["docs/a.md:3: /home/me/src/tests/core/a_test.ts"]);
});

Deno.test("codeNames() refuses vague names of any kind of code", () => {
  const files = tree({ "web/assets/common.css": "", "core/schema/001_base.sql": "" });

  assert.deepEqual(codeNames(files), [
    `web/assets/common.css: "common" says nothing: name the file or folder after its main export`,
  ]);
});

Deno.test("exactVersions() refuses ranges and addresses", () => {
  const imports = {
    "a": "npm:a@1.2.3",
    "@b/c": "npm:@b/c@1.2.3-beta.1",
    "d/": "./d/",
    "e": "npm:e@^1.2.3",
    "f": "npm:f@1",
    "g": "https://g.example/1.2.3/g.ts",
  };

  const found = exactVersions(tree({ "deno.json": JSON.stringify({ imports }) }));

  assert.deepEqual(found, [
    `deno.json: "e" is "npm:e@^1.2.3", not an exact version`,
    `deno.json: "f" is "npm:f@1", not an exact version`,
    `deno.json: "g" is "https://g.example/1.2.3/g.ts", not an exact version`,
  ]);
});

Deno.test("taskDescriptions() refuses tasks that do not say what they are for", () => {
  const tasks = { a: { description: "Do a", command: "a" }, b: "b", c: { command: "c" } };

  const found = taskDescriptions(tree({ "deno.json": JSON.stringify({ tasks }) }));

  assert.deepEqual(found, [
    `deno.json: task "b" has no description`,
    `deno.json: task "c" has no description`,
  ]);
});

Deno.test("migrationNumbers() accepts 001, 002, …", () => {
  const files = tree({
    "core/schema/001_events.sql": "",
    "core/schema/002_session_index.sql": "",
  });

  assert.deepEqual(migrationNumbers(files), []);
});

Deno.test("migrationNumbers() refuses twins, gaps and other names", () => {
  const twins = tree({ "core/schema/001_a.sql": "", "core/schema/001_b.sql": "" });
  const gap = tree({ "core/schema/001_a.sql": "", "core/schema/003_b.sql": "" });
  const other = tree({ "core/schema/views.sql": "" });

  for (const files of [twins, gap, other]) assert.equal(migrationNumbers(files).length, 1);
});
