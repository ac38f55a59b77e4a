/** Checks of what is not code: Markdown, deno.json, SQL migrations, and names of files. */

import { fileNameProblem } from "../rules/file_name.ts";
import { isCode, linesOf, type TreeFile } from "./tree.ts";

/** Each Markdown file has one `#` title. */
export function markdownTitle(files: readonly TreeFile[]): string[] {
  return files
    .filter(({ path }) => path.endsWith(".md") && !path.startsWith("tests/fixtures/"))
    .flatMap(({ path, text }) => {
      const prose = text.replaceAll(/^(```+|~~~+)[^]*?^\1/gm, "");
      const titles = linesOf(prose).filter((line) => /^# /.test(line)).length;
      return titles === 1 ? [] : [`${path}: ${titles} titles with one #, not 1`];
    });
}

/** A page names no file of the tree by where that lies on one machine, as pasted output does. */
export function machinePaths(files: readonly TreeFile[]): string[] {
  const known = files.map(({ path }) => path).filter((path) => path.includes("/"));
  return files.filter(({ path }) => path.endsWith(".md")).flatMap(({ path, text }) =>
    linesOf(text).flatMap((line, index) => {
      const named = line.match(/(?<![\w.)])\/[\w.-]+\/[\w./-]+/g) ?? [];
      const stray = named.find((name) => known.some((other) => name.endsWith(`/${other}`)));
      return stray === undefined ? [] : [`${path}:${index + 1}: ${stray}`];
    })
  );
}

/** Code files of all kinds have the names that the lint rule asks of modules. */
export function codeNames(files: readonly TreeFile[]): string[] {
  return files.filter(({ path }) => isCode(path) && !/^core\/schema\/.*\.sql$/.test(path))
    .flatMap(({ path }) => {
      const problem = fileNameProblem(path);
      return problem ? [`${path}: ${problem}`] : [];
    });
}

/** The imports of deno.json have exact versions. */
export function exactVersions(files: readonly TreeFile[]): string[] {
  const exact = /^(npm|jsr):\/?(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(-[\w.]+)?(\/.*)?$/;
  const { imports = {} } = denoConfig(files);
  return Object.entries(imports)
    .filter(([, target]) => !exact.test(target) && !/^\.\//.test(target))
    .map(([name, target]) => `deno.json: "${name}" is "${target}", not an exact version`);
}

/** Each task of deno.json says what it is for. */
export function taskDescriptions(files: readonly TreeFile[]): string[] {
  const { tasks = {} } = denoConfig(files);
  return Object.entries(tasks)
    .filter(([, task]) => typeof task === "string" || !task.description?.trim())
    .map(([name]) => `deno.json: task "${name}" has no description`);
}

/** The migrations in core/schema/ are called NNN_<what>.sql, from 001 on without gap or twin. */
export function migrationNumbers(files: readonly TreeFile[]): string[] {
  const names = files.map(({ path }) => path)
    .filter((path) => /^core\/schema\/.*\.sql$/.test(path))
    .map((path) => path.replace("core/schema/", ""));
  return names.sort().flatMap((name, index) => {
    const expected = String(index + 1).padStart(3, "0");
    if (/^\d{3}(_[a-z0-9]+)+\.sql$/.test(name) && name.startsWith(expected)) return [];
    return [`core/schema/${name}: expected a name like ${expected}_<what>.sql`];
  });
}

interface DenoConfig {
  readonly imports?: Readonly<Record<string, string>>;
  readonly tasks?: Readonly<Record<string, string | { readonly description?: string }>>;
}

function denoConfig(files: readonly TreeFile[]): DenoConfig {
  const text = files.find(({ path }) => path === "deno.json")?.text;
  return text === undefined ? {} : JSON.parse(text);
}
