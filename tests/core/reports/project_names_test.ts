/** Tests of `core/reports/project_names.ts`: names that are printed and taken back. */

import assert from "node:assert/strict";
import {
  labelsApart,
  nameApart,
  namedProjects,
  projectNames,
} from "../../../core/reports/project_names.ts";

const [ONE, TWO, THREE] = ["caa7bfa69a576471", "d7f9bfa69a576471", "0123bfa69a576471"] as const;
const LABELS = new Map([[ONE, "cli"], [TWO, "cli"], [THREE, "web"]]);

Deno.test("namedProjects() means all that are called so, or what is an id itself", () => {
  assert.deepEqual(namedProjects("cli", LABELS), [ONE, TWO]);
  assert.equal(namedProjects("web", LABELS), THREE);
  assert.equal(namedProjects(TWO, LABELS), TWO);
  assert.equal(namedProjects(undefined, LABELS), undefined);
});

Deno.test("namedProjects() takes a name as it is and as it is shown", () => {
  const labels = new Map([[ONE, "\ufffdgnp.exe"]]);

  for (const name of ["\u202egnp.exe", "\ufffdgnp.exe"]) {
    assert.equal(namedProjects(name, labels), ONE);
  }
});

Deno.test("labelsApart() tells those of one name apart, as they are taken back", () => {
  const apart = labelsApart(LABELS);

  assert.deepEqual([...apart], [[ONE, "cli (caa7)"], [TWO, "cli (d7f9)"], [THREE, "web"]]);
  for (const [id, name] of apart) assert.equal(namedProjects(name, LABELS), id);
});

Deno.test("namedProjects() means the one that nameApart() tells apart", () => {
  for (const [id, label] of LABELS) assert.equal(namedProjects(nameApart(id, label), LABELS), id);
  assert.equal(nameApart(ONE, "cli"), "cli (caa7)");
});

Deno.test("namedProjects() means a project that is called like one told apart", () => {
  const labels = new Map([...LABELS, [THREE, "cli (caa7)"]]);

  assert.equal(namedProjects("cli (caa7)", labels), THREE);
});

Deno.test("namedProjects() means none of others, when digits or name are of none", () => {
  assert.equal(namedProjects("cli (ffff)", LABELS), "cli (ffff)");
  assert.equal(namedProjects("web (caa7)", LABELS), "web (caa7)");
});

Deno.test("projectNames() names all of one name, and each of them, as they are taken back", () => {
  const names = projectNames([THREE, ONE, TWO, "ffffbfa69a576471"], LABELS);

  assert.deepEqual(names, ["web", "cli", "cli (caa7)", "cli (d7f9)", "ffffbfa69a576471"]);
  assert.deepEqual(names.map((name) => namedProjects(name, LABELS)), [
    THREE,
    [ONE, TWO],
    ONE,
    TWO,
    "ffffbfa69a576471",
  ]);
});
