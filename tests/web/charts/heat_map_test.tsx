/** Tests of `web/charts/heat_map.tsx`. */

import assert from "node:assert/strict";
import { HeatMap } from "../../../web/charts/heat_map.tsx";

Deno.test("HeatMap() has a cell for each pair, and a number where there is something", () => {
  const html = render([[0, 10, null], [5, 0, 0]]);

  assert.equal(html.match(/M[\d.]+ [\d.]+h12v12h-12z/g)?.length, 4);
  assert.match(html, /<rect class="h5"[^>]*><title>Mon b: 10 calls<\/title>/);
  assert.match(html, /<rect class="h3"[^>]*><title>Tue a: 5 calls<\/title>/);
});

Deno.test("HeatMap() names its rows, and as many columns as it is told", () => {
  const html = render([[1, 1, 1], [1, 1, 1]]);

  assert.deepEqual(
    [...html.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text),
    ["a", "c", "Mon", "Tue"],
  );
  assert.match(html, /role="img" aria-label="Calls"/);
});

Deno.test("HeatMap() is empty, when there is nothing", () => {
  const html = render([[0, 0, 0], [0, 0, null]]);

  assert.doesNotMatch(html, /<rect|NaN/);
});

function render(values: readonly (readonly (number | null)[])[]): string {
  return String(
    <HeatMap
      label="Calls"
      rows={["Mon", "Tue"]}
      columns={["a", "b", "c"]}
      namedEvery={2}
      value={(row, column) => values[row]![column]!}
      format={(value) => `${value} calls`}
    />,
  );
}
