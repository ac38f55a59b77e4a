/**
 * README and its pages list every command, option, setting, platform and tool there is, and the
 * folders as they are: a user finds all of it there, or the build fails.
 *
 * @module
 */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { PLATFORMS } from "../../capture/registry.ts";
import { buildProgram } from "../../cli/cli.ts";
import { systemIo } from "../../cli/io.ts";
import { INSIGHT_KINDS } from "../../core/insight_kinds.ts";
import { METRICS } from "../../core/metrics.ts";
import { readPriceFile } from "../../core/price_file.ts";
import { PRODUCTIVITY_WEIGHTS } from "../../core/reports/productivity.ts";
import { TOOLS } from "../../mcp/tool_table.ts";
import pricesText from "../../core/prices/table.json" with { type: "text" };
import { SETTINGS } from "../../core/settings.ts";

const ROOT = new URL("../../", import.meta.url);
const PAGES = new Map(
  ["README.md", ...[...Deno.readDirSync(new URL("docs", ROOT))].map(({ name }) => `docs/${name}`)]
    .map((name) => [name, Deno.readTextFileSync(new URL(name, ROOT))]),
);
const README = [...PAGES.values()].join("\n");

Deno.test("readme() lists every command with its options", async () => {
  const program = await buildProgram(systemIo([], () => undefined), () => {});
  const missing = program.commands.flatMap((command) => {
    const row = README.split("\n").find((line) =>
      new RegExp(`^\\| \`blueplane ${command.name()}[\` ]`).test(line)
    );
    if (!row) return [command.name()];
    const shared = ["--platform", "--project", "--session", "--model"];
    const nested = command.commands.filter((one) => !row.includes(one.name()));
    if (nested.length > 0) return nested.map((one) => `${command.name()} ${one.name()}`);
    return [command, ...command.commands].flatMap((one) => one.options).map((
      { long, short },
    ) => [long, short])
      .filter(([long]) => !shared.includes(long ?? "") || row.includes("filters") === false)
      .filter((names) => !names.some((name) => name && row.includes(name)))
      .map(([long]) => `${command.name()} ${long}`);
  });

  assert.deepEqual(missing, []);
});

Deno.test("readme() lists every global option", async () => {
  const program = await buildProgram(systemIo([], () => undefined), () => {});
  const missing = program.options.map(({ long }) => long ?? "").filter((name) =>
    !README.includes(name)
  );

  assert.deepEqual(missing, []);
});

Deno.test("readme() lists every setting as the table of settings has it", () => {
  const missing = SETTINGS.filter(({ key, env, fallback, help }) => {
    const shown = String(fallback) === "" ? "none" : `\`${fallback}\``;
    return !README.includes(`| \`${key}\` | \`${env}\` | ${shown} | ${help} |`);
  });

  assert.deepEqual(missing, []);
});

Deno.test("readme() lists the metrics as the catalogue has them, and no other", () => {
  const [, section = ""] = /\n## Every number\n([^]*?)\n## /.exec(README) ?? [];
  const listed = section.split("\n").filter((line) => line.startsWith("| `"));

  assert.deepEqual(
    listed,
    METRICS.map(({ id, unit, meaning, nullWhen }) =>
      `| \`${id}\` | ${unit} | ${meaning} | ${nullWhen ?? ""} |`
    ),
  );
});

Deno.test("readme() answers to what others count with metrics that there are", () => {
  const [, section = ""] = /\n## What others count\n([^]*?)\n## /.exec(README) ?? [];
  const ids = new Set(METRICS.map(({ id }) => id));
  const named = section.split("\n").filter((line) => line.startsWith("| "))
    .flatMap((line) => [...line.matchAll(/`([a-z0-9_]+)`/g)].map(([, name]) => name!))
    .filter((name) => !["doctor", "weekday"].includes(name));

  assert.ok(named.length > 60);
  assert.deepEqual(named.filter((name) => !ids.has(name)), []);
});

Deno.test("readme() tells the weights of the score", () => {
  const missing = Object.entries(PRODUCTIVITY_WEIGHTS).filter(([name, weight]) =>
    !README.includes(`| \`${name}\` | ${weight} |`)
  );

  assert.deepEqual(missing, []);
});

Deno.test("readme() lists every platform", () => {
  const missing = PLATFORMS.filter(({ id, label }) =>
    !README.includes(`| ${label} (\`${id}\`) |`)
  );

  assert.deepEqual(missing, []);
});

Deno.test("readme() lists every kind of insight with its numbers", () => {
  const missing = INSIGHT_KINDS.filter(({ name, counts, amounts, of }) => {
    const numbers = [counts, ...(amounts === undefined ? [] : [amounts])].map((one) =>
      `\`${one}\``
    );
    const row = README.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
    return !row?.endsWith(`| ${numbers.join(", ")} | ${of} |`);
  });

  assert.deepEqual(missing, []);
});

Deno.test("readme() lists every MCP tool", () => {
  const names = TOOLS.map(({ name }) => name);

  assert.deepEqual(names.filter((name) => !README.includes(`| \`${name}\` |`)), []);
});

Deno.test("readme() dates the price table", () => {
  const prices = JSON.parse(pricesText);
  const version = prices.source.split(" ").at(-1);

  assert.ok(README.includes(`${version} of ${prices.released}`));
  assert.ok(README.includes(`checked on ${prices.checked}`));
});

Deno.test("readme() shows a price file that can be read", () => {
  const [, file] = /# Cost\n[^]*?```jsonc\n([^]*?)```/.exec(README) ?? [];

  assert.equal(readPriceFile(file!).length, 3);
});

Deno.test("readme() draws the folders that there are", () => {
  const real = [...Deno.readDirSync(ROOT)].filter(({ name, isDirectory }) =>
    isDirectory && !name.startsWith(".") && !["dist", "node_modules", "coverage"].includes(name)
  ).map(({ name }) => name).sort();
  const drawn = [...README.matchAll(/^(\w+)\/ {2,}\S/gm)].map(([, name]) => name!).sort();

  assert.deepEqual(drawn, real);
});

Deno.test("readme() names no test that is not there", () => {
  const named = [...README.matchAll(/`([^`\s]*_test\.tsx?)`/g)].map(([, path]) => path!);

  assert.ok(named.length > 20);
  assert.deepEqual(named.filter((path) => !existsSync(new URL(path, ROOT))), []);
});

Deno.test("readme() leads nowhere where nothing is, and to every page", () => {
  const links = [...PAGES].flatMap(([page, text]) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => [page, to!] as const)
  ).filter(([, to]) => !/^https?:/.test(to));
  const found = links.map(([page, to]) => {
    const { pathname, hash } = new URL(to, `file:///${page}`);
    return { page, to, name: pathname.slice(1), part: hash.slice(1) };
  });
  const broken = found.filter(({ name, part }) =>
    part === "" ? !exists(name) : !headings(PAGES.get(name)).includes(part)
  );

  assert.deepEqual(broken.map(({ page, to }) => `${page}: ${to}`), []);
  const led = new Set(["README.md", ...found.map(({ name }) => name)]);
  assert.deepEqual([...PAGES.keys()].filter((name) => !led.has(name)), []);
});

function exists(name: string): boolean {
  try {
    return Deno.statSync(new URL(name, ROOT)) !== undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The anchors of a page, as GitHub makes them of its headings. */
function headings(text = ""): string[] {
  return [...text.replaceAll(/^```[^]*?^```/gm, "").matchAll(/^#+ (.*)$/gm)]
    .map(([, heading]) =>
      heading!.toLowerCase().replaceAll(/[^a-z0-9 -]/g, "").replaceAll(" ", "-")
    );
}
