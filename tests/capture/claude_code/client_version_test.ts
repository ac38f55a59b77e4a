/** Tests of `capture/claude_code/client_version.ts`: which versions are in use. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isAtLeast,
  lowestVersion,
  readProgramVersion,
  readSeenVersions,
} from "../../../capture/claude_code/client_version.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { tempFolder } from "../../core/temp_folder.ts";

const isUnix = Deno.build.os !== "windows";
const DAY_MS = 86_400_000;

Deno.test("isAtLeast() compares numbers, not texts", () => {
  assert.equal(isAtLeast("2.1.101", "2.1.63"), true);
  assert.equal(isAtLeast("2.1.63", "2.1.63"), true);
  assert.equal(isAtLeast("2.1.9", "2.1.63"), false);
  assert.equal(isAtLeast("10.0.0", "2.1.63"), true);
  assert.equal(isAtLeast("2.1.63-beta.1", "2.1.63"), true);
});

Deno.test("isAtLeast() orders all versions", () => {
  const part = fc.nat({ max: 400 });
  const version = fc.tuple(part, part, part);
  fc.assert(
    fc.property(version, version, (a, b) => {
      const order = a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
      assert.equal(isAtLeast(a.join("."), b.join(".")), order >= 0);
    }),
    fcRuns(),
  );
});

Deno.test("lowestVersion() passes over what is no version", () => {
  assert.equal(lowestVersion(["2.1.330", "", "latest", "2.1.9", "2.1.10"]), "2.1.9");
  assert.equal(lowestVersion([""]), undefined);
});

Deno.test("readProgramVersion() knows none, when there is no program", async () => {
  using folder = tempFolder();

  assert.equal(await version(folder.path), undefined);
  assert.equal(await readProgramVersion({ home: "/", get: () => undefined }), undefined);
});

Deno.test({
  name: "readProgramVersion() reads the package, and does not run the program",
  ignore: !isUnix, // A link to a script is no program on Windows.
  async fn() {
    using folder = tempFolder();
    const root = folder.at("node_modules/@anthropic-ai/claude-code");
    Deno.mkdirSync(`${root}/bin`, { recursive: true });
    const about = { name: "@anthropic-ai/claude-code", version: "2.1.330" };
    Deno.writeTextFileSync(`${root}/package.json`, JSON.stringify(about));
    writeProgram(`${root}/bin/claude.exe`, `touch ${folder.at("was-run")}`);
    Deno.mkdirSync(folder.at("bin"));
    Deno.symlinkSync(`${root}/bin/claude.exe`, folder.at("bin/claude"));

    assert.equal(await version(folder.at("bin")), "2.1.330");
    assert.throws(() => Deno.statSync(folder.at("was-run")), Deno.errors.NotFound);
  },
});

Deno.test({
  name: "readProgramVersion() reads the name of what the installer left",
  ignore: !isUnix, // Links need rights on Windows.
  async fn() {
    using folder = tempFolder();
    Deno.mkdirSync(folder.at("versions"));
    writeProgram(folder.at("versions/2.1.112"), "exit 1");
    Deno.symlinkSync(folder.at("versions/2.1.112"), folder.at("claude"));

    assert.equal(await version(folder.path), "2.1.112");
  },
});

Deno.test({
  name: "readProgramVersion() asks the program, when nothing else tells",
  ignore: !isUnix, // The program is a shell script.
  async fn() {
    using folder = tempFolder();
    writeProgram(folder.at("claude"), 'echo "2.0.77 (Claude Code)"');

    assert.equal(await version(folder.path), "2.0.77");
  },
});

Deno.test({
  name: "readProgramVersion() knows none, when the program does not answer in time or at all",
  ignore: !isUnix, // The program is a shell script.
  async fn() {
    using folder = tempFolder();
    for (const text of ["exec sleep 60", "exit 7", "echo hello", "kill -9 $$"]) {
      writeProgram(folder.at("claude"), text);
      assert.equal(await version(folder.path), undefined, text);
    }
    Deno.chmodSync(folder.at("claude"), 0o600);
    assert.equal(await version(folder.path), undefined);
  },
});

Deno.test("readSeenVersions() reads the last line of each transcript of the last days", () => {
  using folder = tempFolder();
  const now = Date.now();
  write(folder.at("p/-shop/a.jsonl"), [{ version: "2.0.77" }, { version: "2.1.330" }]);
  write(folder.at("p/-shop/b.jsonl"), [{ version: "2.1.112" }, { noVersion: true }]);
  write(folder.at("p/-shop/old.jsonl"), [{ version: "1.0.128" }]);
  const old = new Date(now - 8 * DAY_MS);
  Deno.utimeSync(folder.at("p/-shop/old.jsonl"), old, old);

  const seen = readSeenVersions([folder.at("p"), folder.at("gone")], now);

  assert.deepEqual([...seen].sort(), ["2.1.112", "2.1.330"]);
});

Deno.test("readSeenVersions() passes over old lines, when the file was put back lately", () => {
  using folder = tempFolder();
  const now = Date.now();
  const at = (days: number) => new Date(now - days * DAY_MS).toISOString();
  write(folder.at("p/-shop/a.jsonl"), [{ version: "1.0.17", timestamp: at(8) }]);
  write(folder.at("p/-shop/b.jsonl"), [{ version: "2.1.330", timestamp: at(6) }]);

  assert.deepEqual(readSeenVersions([folder.at("p")], now), ["2.1.330"]);
});

Deno.test("readSeenVersions() believes the lines alone, not what is quoted in them", () => {
  using folder = tempFolder();
  const toolUseResult = { version: "1.0.1", text: '{"version":"1.0.2"}' };
  write(folder.at("p/-shop/a.jsonl"), [{ version: "2.1.330", toolUseResult }]);
  write(folder.at("p/-shop/b.jsonl"), [{ version: "not one" }, { version: 7 }]);
  Deno.writeTextFileSync(folder.at("p/-shop/c.jsonl"), '{"version":"1.0.3"');

  assert.deepEqual(readSeenVersions([folder.at("p")], Date.now()), ["2.1.330"]);
});

Deno.test("readSeenVersions() finds the last line at the end of a long file", () => {
  using folder = tempFolder();
  const text = "x".repeat(900);
  const lines = Array.from({ length: 300 }, () => ({ version: "2.0.77", text }));
  write(folder.at("p/-shop/a.jsonl"), [...lines, { version: "2.1.112", text }]);

  assert.deepEqual(readSeenVersions([folder.at("p")], Date.now()), ["2.1.112"]);
});

function version(path: string) {
  return readProgramVersion({ home: "/", get: (name) => name === "PATH" ? path : undefined });
}

function writeProgram(path: string, text: string): void {
  Deno.writeTextFileSync(path, `#!/bin/sh\n${text}\n`);
  Deno.chmodSync(path, 0o700);
}

function write(path: string, lines: readonly unknown[]): void {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  Deno.writeTextFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
