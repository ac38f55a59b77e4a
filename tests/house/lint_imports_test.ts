/** Tests of the lint rules on imports: which way they point, and which packages they name. */

import assert from "node:assert/strict";
import { refusals } from "./refusals.ts";

/** The messages of `import-direction` on one import of `to` in the file `from`. */
function direction(from: string, to: string): string[] {
  return refusals("import-direction", from, `import { a } from "${to}";`);
}

/** The messages of `package-home` on one import of `name` in the file `from`. */
function home(from: string, name: string): string[] {
  return refusals("package-home", from, `import { a } from "${name}";`);
}

Deno.test("importDirection() accepts imports that point down", () => {
  assert.deepEqual(direction("main.ts", "./cli/cli.ts"), []);
  assert.deepEqual(direction("cli/commands/serve.ts", "../../pipeline/fast_path.ts"), []);
  assert.deepEqual(direction("web/app.ts", "../core/event.ts"), []);
  assert.deepEqual(direction("pipeline/derive/fold.ts", "../../core/event.ts"), []);
});

Deno.test("importDirection() refuses imports that point up or sideways", () => {
  assert.equal(direction("core/event.ts", "../pipeline/fast_path.ts").length, 1);
  assert.equal(direction("web/app.ts", "../pipeline/fast_path.ts").length, 1);
  assert.equal(direction("capture/tail.ts", "../cli/terminal.ts").length, 1);
  assert.equal(direction("main.ts", "./core/event.ts").length, 1);
  assert.equal(direction("cli/cli.ts", "../main.ts").length, 1);
});

Deno.test("importDirection() says where the import may go instead", () => {
  const [message] = direction("web/app.ts", "../pipeline/fast_path.ts");

  assert.equal(
    message,
    "web must not import pipeline/ (it may import core/): move the shared part down into " +
      "core/, or pass the value in from cli/",
  );
});

Deno.test("importDirection() counts types, dynamic imports, exports and workers", () => {
  const target = `"../pipeline/fast_path.ts"`;
  const sources = [
    `import type { A } from ${target};`,
    `import ${target};`,
    `const a = await import(${target});`,
    `type A = import(${target}).A;`,
    `export { a } from ${target};`,
    `export * from ${target};`,
    `new Worker(new URL(${target}, import.meta.url));`,
  ];

  for (const source of sources) {
    assert.equal(refusals("import-direction", "core/event.ts", source).length, 1, source);
  }
});

Deno.test("importDirection() refuses a sub-folder from outside its folder", () => {
  assert.equal(direction("cli/serve.ts", "../capture/claude_code/parse.ts").length, 1);
  assert.equal(direction("pipeline/fast_path.ts", "../core/schema/a.ts").length, 1);
  assert.equal(direction("main.ts", "./cli/commands/serve.ts").length, 1);
});

Deno.test("importDirection() accepts a sub-folder from within its folder, and upwards", () => {
  assert.deepEqual(direction("capture/registry.ts", "./claude_code/platform.ts"), []);
  assert.deepEqual(direction("capture/claude_code/parse.ts", "../tail.ts"), []);
  assert.deepEqual(direction("capture/claude_code/parse.ts", "./line.ts"), []);
  assert.deepEqual(direction("web/pages/home.tsx", "../parts/table.tsx"), []);
});

Deno.test("importDirection() refuses one platform importing another", () => {
  assert.equal(direction("capture/cursor/watch.ts", "../claude_code/parse.ts").length, 1);
});

Deno.test("importDirection() opens core/reports to the faces only", () => {
  assert.deepEqual(direction("web/pages/home.tsx", "../../core/reports/sessions.ts"), []);
  assert.deepEqual(direction("mcp/tools.ts", "../core/reports/sessions.ts"), []);
  assert.equal(direction("capture/tail.ts", "../core/reports/sessions.ts").length, 1);
  assert.equal(direction("mcp/tools.ts", "../core/reports/inner/rows.ts").length, 1);
});

Deno.test("importDirection() keeps tests and tools out of the product", () => {
  assert.equal(direction("core/event.ts", "../tests/helpers/clock.ts").length, 1);
  assert.equal(direction("cli/cli.ts", "../tools/demo.ts").length, 1);
  assert.deepEqual(direction("tests/core/event_test.ts", "../helpers/clock.ts"), []);
  assert.deepEqual(direction("tools/demo.ts", "../capture/claude_code/parse.ts"), []);
});

Deno.test("importDirection() opens data in the root to all", () => {
  assert.deepEqual(direction("cli/cli.ts", "../deno.json"), []);
});

Deno.test("packageHome() accepts packages at home, in tests and in tools", () => {
  assert.deepEqual(home("web/pages/home.tsx", "hono/html"), []);
  assert.deepEqual(home("mcp/server.ts", "@modelcontextprotocol/sdk/server/mcp.js"), []);
  assert.deepEqual(home("tests/core/event_test.ts", "fast-check"), []);
  assert.deepEqual(home("tools/demo.ts", "ioredis"), []);
  assert.deepEqual(home("core/event.ts", "node:crypto"), []);
});

Deno.test("packageHome() refuses packages away from home", () => {
  assert.equal(home("cli/serve.ts", "hono").length, 1);
  assert.equal(home("web/app.ts", "@modelcontextprotocol/sdk/server/mcp.js").length, 1);
  assert.equal(home("core/event.ts", "fast-check").length, 1);
});

Deno.test("packageHome() refuses packages that its table does not name", () => {
  const [message] = home("tests/core/event_test.ts", "@acme/left-pad/mod.js");

  assert.match(message ?? "", /^"@acme\/left-pad" has no home: add it to the table/);
});

Deno.test("packageHome() refuses specifiers written inline", () => {
  for (const name of ["npm:hono@4", "jsr:@std/async", "https://a.example/b.ts", "/b.ts"]) {
    assert.equal(home("web/app.ts", name).length, 1, name);
  }
});

Deno.test("packageHome() lets one file open node:sqlite", () => {
  const dynamic = `const a = await import("node:sqlite");`;

  assert.deepEqual(home("core/database.ts", "node:sqlite"), []);
  assert.deepEqual(home("tests/core/database_test.ts", "node:sqlite"), []);
  assert.equal(home("core/session_store.ts", "node:sqlite").length, 1);
  assert.equal(refusals("package-home", "core/session_store.ts", dynamic).length, 1);
});

Deno.test("packageHome() accepts types of node:sqlite anywhere", () => {
  const source = `import type { DatabaseSync } from "node:sqlite";
import { type StatementSync } from "node:sqlite";`;

  assert.deepEqual(refusals("package-home", "pipeline/trace_store.ts", source), []);
});
