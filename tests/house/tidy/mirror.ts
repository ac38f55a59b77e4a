/** Checks that source and tests mirror each other, file by file. */

import type { TreeFile } from "./tree.ts";

const mirrored = /^(core|capture|pipeline|web|mcp|cli)\/.*\.tsx?$/;

/** A path that needs no mirror, and why. */
export type MirrorExceptions = Readonly<Record<string, string>>;

/** Each source file with code that runs has `tests/<same path>_test.ts`, or a reason why not. */
export function sourceMirror(
  files: readonly TreeFile[],
  exceptions: MirrorExceptions = {},
): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return files
    .filter(({ path }) => mirrored.test(path) && !exceptions[path])
    .filter(({ text }) => hasRuntimeCode(text))
    .map(({ path }) => ({ path, test: `tests/${path.replace(/\.tsx?$/, "_test.ts")}` }))
    .filter(({ test }) => !paths.has(test) && !paths.has(`${test}x`))
    .map(({ path, test }) => `${path}: no test in ${test}`);
}

/**
 * Each test file in a mirrored folder has its source: `tests/web/app_test.ts` has `web/app.ts`,
 * and so has `tests/web/app_faults_test.ts`, which tests one more side of it.
 */
export function testMirror(
  files: readonly TreeFile[],
  exceptions: MirrorExceptions = {},
): string[] {
  const stems = files.filter(({ path }) => mirrored.test(path))
    .map(({ path }) => path.replace(/\.tsx?$/, ""));
  return files.flatMap(({ path }) => {
    const stem = /^tests\/((?:core|capture|pipeline|web|mcp|cli)\/.*)_test\.tsx?$/.exec(path)
      ?.[1];
    if (stem === undefined || exceptions[path]) return [];
    if (stems.some((source) => stem === source || stem.startsWith(`${source}_`))) return [];
    return [`${path}: no source in ${stem}.ts`];
  });
}

/** Exceptions name files that exist. */
export function staleExceptions(
  files: readonly TreeFile[],
  exceptions: MirrorExceptions,
): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return Object.keys(exceptions).filter((path) => !paths.has(path))
    .map((path) => `${path}: excepted from the mirror, but not in the tree`);
}

/** Formatted code begins each top-level statement, and little else, in column 0. */
function hasRuntimeCode(text: string): boolean {
  const plain = text.replaceAll(/\/\*[^]*?\*\//g, "");
  const begins = plain.match(/^[A-Za-z@].*/gm) ?? [];
  return begins.some((line) => !/^(export )?(import|type|interface|declare) /.test(line));
}
