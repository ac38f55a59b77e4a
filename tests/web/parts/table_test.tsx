/** Tests of `web/parts/table.tsx`. */

import assert from "node:assert/strict";
import { Table, type TableProps } from "../../../web/parts/table.tsx";

const COLUMNS: TableProps["columns"] = [
  { title: "Name", href: "?sort=name" },
  { title: "Cost", isNumber: true, href: "?sort=cost", sorted: "descending" },
  { title: "Calls", isNumber: true, hidden: "phone" },
];

Deno.test("Table() has a caption, heads of columns and of rows, in a box that scrolls", () => {
  const html = render([["one", "$1", "2"]]);

  assert.match(
    html,
    /^<div class="scroll" tabindex="0" role="region" aria-label="Costs: table">/,
  );
  assert.match(html, /<caption class="unseen">Costs<\/caption>/);
  assert.match(
    html,
    /<th scope="row">one<\/th><td class="number">\$1<\/td><td class="number not-phone">2<\/td>/,
  );
});

Deno.test("Table() leads to itself sorted, and says how it is sorted now", () => {
  const html = render([["one", "$1", "2"]]);

  assert.match(html, /<th scope="col"><a href="\?sort=name">Name<\/a>/);
  assert.match(html, /aria-sort="descending"><a href="\?sort=cost">Cost ▼<\/a>/);
});

Deno.test("Table() says that there is nothing, instead of showing heads alone", () => {
  assert.equal(render([]), '<p class="empty">No costs.</p>');
});

function render(rows: TableProps["rows"]): string {
  return String(<Table caption="Costs" columns={COLUMNS} rows={rows} empty="No costs." />);
}
