/**
 * Holds the whole tree to the house rules that no single file can show: sizes, mirrored tests,
 * dead files, names and numbers. `tidy_checks_test.ts` tests the checks themselves.
 */

import assert from "node:assert/strict";
import {
  type MirrorExceptions,
  sourceMirror,
  staleExceptions,
  testMirror,
} from "./tidy/mirror.ts";
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
import { readTree, type TidyCheck } from "./tidy/tree.ts";

/** Source files without a mirrored test, and tests without a mirrored source: path and reason. */
const exceptions: MirrorExceptions = {};

const checks: readonly TidyCheck[] = [
  fileLength,
  lineLength,
  fileShares,
  deadFiles,
  markdownTitle,
  machinePaths,
  codeNames,
  exactVersions,
  taskDescriptions,
  migrationNumbers,
];

const files = readTree(decodeURIComponent(new URL("../..", import.meta.url).pathname));

for (const check of checks) {
  Deno.test(`${check.name}() finds the tree tidy`, () => {
    assertTidy(check(files));
  });
}

Deno.test("sourceMirror() finds a test for each source file", () => {
  assertTidy(sourceMirror(files, exceptions));
});

Deno.test("testMirror() finds a source file for each test", () => {
  assertTidy(testMirror(files, exceptions));
});

Deno.test("staleExceptions() finds that all exceptions are needed", () => {
  assertTidy(staleExceptions(files, exceptions));
});

function assertTidy(problems: readonly string[]): void {
  assert.equal(problems.length, 0, `\n${problems.join("\n")}`);
}
