/** Tests of `core/phases.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  CALL_PHASES,
  type PhasedCall,
  phaseOf,
  workflowNumber,
  workflowPhases,
} from "../../core/phases.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

function phase(tool: string, told: Partial<PhasedCall> = {}) {
  return phaseOf({ tool, isEdit: false, form: null, commits: 0, ...told });
}

Deno.test("phaseOf() tells what a call is for by its tool, whichever assistant has it", () => {
  const phases = Object.fromEntries(
    [
      "Read",
      "codebase_search",
      "WebFetch",
      "TodoWrite",
      "AskUserQuestion",
      "Edit",
      "Write",
      "Bash",
      "run_terminal_command",
      "Task",
      "Skill",
      "mcp:0badcafe",
      "read_file",
    ].map((tool) => [tool, phase(tool)]),
  );

  assert.deepEqual(phases, {
    Read: "explore",
    // A tool that no list has may do anything.
    codebase_search: "other",
    WebFetch: "explore",
    TodoWrite: "plan",
    AskUserQuestion: "plan",
    Edit: "edit",
    Write: "edit",
    Bash: "run",
    run_terminal_command: "run",
    Task: "delegate",
    Skill: "other",
    "mcp:0badcafe": "other",
    read_file: "explore",
  });
});

Deno.test("phaseOf() tells commands by their kind, and commits and edits before all", () => {
  const forms = ["test", "lint", "build", "search", "read", "git", "package", "script", null];

  assert.deepEqual(
    forms.map((form) => phase("Bash", { form })),
    ["test", "test", "test", "explore", "explore", "run", "run", "run", "run"],
  );
  assert.equal(phase("Bash", { form: "test", commits: 1 }), "commit");
  assert.equal(phase("mcp:0badcafe", { isEdit: true }), "edit");
  // A file that is read as a whole is read, not run.
  assert.equal(phase("Read", { form: "whole" }), "explore");
});

Deno.test("workflowPhases() gives back the phases of which a number was made", () => {
  const phases = fc.uniqueArray(fc.constantFrom(...CALL_PHASES));
  const numbers = new Set<number>();
  fc.assert(
    fc.property(phases, (phases) => {
      const number = workflowNumber(phases);
      numbers.add(number);
      assert.ok(Number.isSafeInteger(number));
      assert.deepEqual(workflowPhases(number), phases);
    }),
    fcRuns(),
  );
  assert.deepEqual(workflowPhases(0), []);
});
