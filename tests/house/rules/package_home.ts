/** The rule `package-home`: each package is imported from one folder only. */

import { visitImports } from "./imports.ts";
import { isTestOrTool, placeOf } from "./place.ts";

/**
 * Which folder, or folders, may import a package. Tests and tools may import any of them.
 * Both faces that others program against check what they are given by schemas that they publish.
 */
const homes: Readonly<Record<string, string | readonly string[]>> = {
  "@bufbuild/protobuf": "capture/",
  "@commander-js/extra-typings": "cli/",
  "@modelcontextprotocol/sdk": "mcp/",
  "@pydantic/genai-prices": "tools/",
  "@seriousme/openapi-schema-validator": "tests/",
  "ajv": "tests/",
  "ajv-formats": "tests/",
  "axe-core": "tests/",
  "commander": "cli/",
  "diff": "cli/",
  "esbuild": ["tools/bundle.ts"],
  "fast-check": "tests/",
  "fast-string-truncated-width": "cli/",
  "hono": "web/",
  "hyparquet": "pipeline/",
  "hyparquet-writer": "pipeline/",
  "ioredis": "pipeline/",
  "jsonc-parser": "core/",
  "modern-tar": "cli/",
  "playwright-core": "tests/",
  "uplot": "web/",
  "zod": ["mcp/", "web/"],
};

const sqliteHome = "core/database.ts";

/** Reports packages imported outside their home, unknown ones, and versions written inline. */
export function packageHome(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const from = placeOf(context.filename);
  return visitImports(({ node, specifier, isTypeOnly }) => {
    const message = homeProblem(from, specifier, isTypeOnly);
    if (message) context.report({ node, message });
  });
}

function homeProblem(from: string, specifier: string, isTypeOnly: boolean): string | undefined {
  if (/^\.\.?\//.test(specifier)) return undefined;
  if (/^(npm|jsr|https?|file|data):|^\//.test(specifier)) {
    return `"${specifier}" is written inline: name it, with its exact version, in deno.json`;
  }
  if (specifier === "node:sqlite") {
    if (isTypeOnly || isTestOrTool(from) || from === sqliteHome) return undefined;
    return `node:sqlite is opened only in ${sqliteHome}: call it, and import only types here`;
  }
  if (specifier.startsWith("node:")) return undefined;
  const name = specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  const home = homes[name];
  if (home === undefined) {
    return `"${name}" has no home: add it to the table in tests/house/rules/package_home.ts, ` +
      `and say in the commit why it is needed`;
  }
  const folders = [home].flat();
  if (folders.some((folder) => from.startsWith(folder)) || isTestOrTool(from)) return undefined;
  return `"${name}" is at home in ${folders.join(" and ")}: wrap what you need there`;
}
