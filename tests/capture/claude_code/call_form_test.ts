/** Tests of `capture/claude_code/call_form.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { callForm } from "../../../capture/claude_code/call_form.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const FORMS = [
  "test",
  "lint",
  "build",
  "package",
  "git",
  "search",
  "read",
  "other",
  "script",
];

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  test: [
    "npm test",
    "npm run test:unit -- --watch=false",
    "cd /home/ada/engine && pytest -q tests | tail -5",
    "CI=1 npx vitest run",
    "timeout 300 deno test -A",
    "timeout -k 5 300 cargo test 2>&1 | tail",
    "python3 -m unittest",
    "./gradlew test",
    "go test ./...",
    "uv run pytest",
    "make check",
    "node --experimental-x --test tests",
    "./secret.sh && npm test",
  ],
  lint: ["eslint src", "deno fmt --check", "cargo clippy", "npm run lint"],
  build: ["npm run build", "make", "cargo build --release", "tsc -p .", "docker build ."],
  package: ["npm install left-pad", "pip install -r requirements.txt", "apt-get install jq"],
  git: ["git status", "cd engine && git diff | head", "gh pr list"],
  search: ["rg -n secret src", "find . -name '*.ts' | wc -l"],
  read: ["cat engine.ts", "sed -n 1,20p engine.ts"],
  other: ["ls -la", 'echo "now run npm test && git push"', "mkdir -p a; cp b c", "# a note"],
  script: ["./run.sh", "bash -c 'npm test'", "docker compose up", "python3 engine.py | cat"],
};

Deno.test("callForm() tells the kind of a command by its first words", () => {
  const told = Object.entries(COMMANDS).flatMap(([kind, commands]) =>
    commands.map((command) => [command, callForm("Bash", { command }), kind])
  );

  assert.deepEqual(told.filter(([, form, kind]) => form !== kind), []);
});

Deno.test("callForm() tells whether a file is read as a whole", () => {
  assert.equal(callForm("Read", { file_path: "/a.ts" }), "whole");
  assert.equal(callForm("Read", { file_path: "/a.ts", offset: 10 }), "part");
  assert.equal(callForm("Read", { file_path: "/a.pdf", pages: "1-2" }), "part");
});

Deno.test("callForm() tells nothing of other tools", () => {
  assert.equal(callForm("Edit", { file_path: "/a.ts" }), undefined);
});

Deno.test("callForm() gives a word of its list and nothing else, whatever the command", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (command) => {
      const form = callForm("Bash", { command });
      assert.ok(form === undefined ? command === "" : FORMS.includes(form));
    }),
    fcRuns(),
  );
});
