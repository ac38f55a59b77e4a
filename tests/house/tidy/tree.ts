/** The files of the tree, read once for all checks of `tidy_test.ts`. */

import { relative } from "node:path";

/** One file; `path` is relative to the tree's root. */
export interface TreeFile {
  readonly path: string;
  /** The content; `""` where no check reads this kind of file. */
  readonly text: string;
}

/** One way for a tree to be untidy: what is wrong, by path; none if it is tidy. */
export type TidyCheck = (files: readonly TreeFile[]) => string[];

const skipped = ["dist", ".cache", "node_modules", ".git", "coverage"];

/** Reads what lies below `root`, save what git ignores, sorted by path. */
export function readTree(root: string): TreeFile[] {
  return [...walk(root)].map((file) => {
    const path = relative(root, file).replaceAll("\\", "/");
    return { path, text: isText(path) ? Deno.readTextFileSync(file) : "" };
  }).sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Says whether a file is code that people read: neither data of tests nor prose. */
export function isCode(path: string): boolean {
  return /\.(tsx?|js|css|sql)$/.test(path) && !path.startsWith("tests/fixtures/");
}

/** Says whether a file is TypeScript of the product or its tools. */
export function isSource(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.startsWith("tests/");
}

/** The lines of a text; the newline at its end begins no line. */
export function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

function isText(path: string): boolean {
  return isCode(path) || path === "deno.json" || path === ".ci/run" || path.endsWith(".md");
}

function* walk(folder: string): Iterable<string> {
  for (const { name, isDirectory, isFile } of Deno.readDirSync(folder)) {
    if (isDirectory && !skipped.includes(name)) yield* walk(`${folder}/${name}`);
    else if (isFile) yield `${folder}/${name}`;
  }
}
