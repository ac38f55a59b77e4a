/** Tests of `web/charts/step_axis.tsx`. */

import assert from "node:assert/strict";
import { StepAxis } from "../../../web/charts/step_axis.tsx";

function namesOf(count: number): { kind: string; names: string[] } {
  const steps = Array.from({ length: count }, (_, i) => String(i));
  const html = String(<StepAxis steps={steps} />);
  return {
    kind: /class="([^"]*)"/.exec(html)![1]!,
    names: [...html.matchAll(/<span>([^<]*)</g)].map(([, name]) => name!),
  };
}

Deno.test("StepAxis() names each of a few steps below its middle", () => {
  assert.deepEqual(namesOf(1), { kind: "axis each", names: ["0"] });
  assert.deepEqual(namesOf(3), { kind: "axis each", names: ["0", "1", "2"] });
});

Deno.test("StepAxis() names the ends of many, and what is in the middle", () => {
  assert.deepEqual(namesOf(7), { kind: "axis", names: ["0", "3", "6"] });
  assert.deepEqual(namesOf(90), { kind: "axis", names: ["0", "44", "89"] });
});

Deno.test("StepAxis() names no middle of a few, where no step is there", () => {
  assert.deepEqual(namesOf(4), { kind: "axis", names: ["0", "3"] });
});

Deno.test("StepAxis() names nothing of nothing", () => {
  assert.deepEqual(namesOf(0).names, []);
});
