/** The check that no file is dead: something that runs imports it. */

import { resolveFrom } from "../rules/place.ts";
import type { TreeFile } from "./tree.ts";

/** Matches the module names in imports, exports, workers' URLs and `import.meta.resolve`. */
const specifiers = new RegExp(
  [
    String.raw`^(?:import|export)\b[^"';]*?\bfrom\s*"(\.[^"]+)"`,
    String.raw`^import\s*"(\.[^"]+)"`,
    String.raw`\bimport\(\s*"(\.[^"]+)"`,
    String.raw`\bnew URL\(\s*"(\.[^"]+)"`,
    String.raw`\bimport\.meta\.resolve\(\s*"(\.[^"]+)"`,
  ].join("|"),
  "gm",
);

/**
 * Source files are reached from main.ts, the pipeline's worker or a tool; a file that only its
 * own test imports is dead. Test files are reached from a test, a bench, a task or CI.
 */
export function deadFiles(files: readonly TreeFile[]): string[] {
  const modules = files.filter(({ path }) =>
    /\.tsx?$/.test(path) && !path.startsWith("tests/fixtures/")
  );
  const texts = new Map(modules.map(({ path, text }) => [path, text]));
  const named = files.filter(({ path }) => path === "deno.json" || path === ".ci/run")
    .flatMap(({ text }) => text.match(/[\w./-]+\.tsx?\b/g) ?? [])
    .map((path) => path.replace(/^\.\//, ""));
  const fromProduct = reach(texts, [
    "main.ts",
    "pipeline/pipeline_worker.ts",
    ...modules.map(({ path }) => path).filter((path) => /^tools\/[^/]+$/.test(path)),
  ]);
  const fromTests = reach(texts, [
    ...named,
    ...modules.map(({ path }) => path).filter((path) => /_(test|bench)\.tsx?$/.test(path)),
  ]);
  return modules
    .filter(({ path }) => !(path.startsWith("tests/") ? fromTests : fromProduct).has(path))
    .map(({ path }) => `${path}: dead, nothing that runs imports it`);
}

function reach(texts: ReadonlyMap<string, string>, roots: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...roots];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = texts.get(path);
    if (text === undefined || reached.has(path)) continue;
    reached.add(path);
    for (const [, ...groups] of text.matchAll(specifiers)) {
      waiting.push(resolveFrom(path, groups.find((group) => group !== undefined) ?? ""));
    }
  }
  return reached;
}
