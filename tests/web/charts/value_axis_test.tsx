/** Tests of `web/charts/value_axis.tsx`. */

import assert from "node:assert/strict";
import { ValueAxis, type ValueAxisProps } from "../../../web/charts/value_axis.tsx";

Deno.test("ValueAxis() names the top, the middle and nothing", () => {
  assert.deepEqual(textsOf({ top: 6, format: (usd) => `$${usd}` }), ["$6", "$3", "$0"]);
  assert.deepEqual(textsOf({ top: 6, isWhole: true, format: String }), ["6", "3", "0"]);
});

Deno.test("ValueAxis() names no half of what is counted", () => {
  assert.deepEqual(textsOf({ top: 1, isWhole: true, format: String }), ["1", "0"]);
  assert.deepEqual(textsOf({ top: 1, format: String }), ["1", "0.5", "0"]);
});

function textsOf(props: ValueAxisProps): string[] {
  const html = String(<ValueAxis {...props} />);
  return [...html.matchAll(/<span[^>]*>([^<]*)</g)].map(([, text]) => text!);
}
