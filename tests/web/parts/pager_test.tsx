/** Tests of `web/parts/pager.tsx`. */

import assert from "node:assert/strict";
import { Pager } from "../../../web/parts/pager.tsx";

Deno.test("Pager() leads to the pages beside, and keeps what was asked", () => {
  const html = render(50, 140);

  assert.match(html, /51–100 of 140/);
  assert.deepEqual(hrefsOf(html), [
    "/sessions?sort=cost",
    "/sessions?sort=cost",
    "/sessions?sort=cost&amp;offset=100",
    "/sessions?sort=cost&amp;offset=100",
  ]);
});

Deno.test("Pager() ends at both ends", () => {
  assert.equal(hrefsOf(render(0, 140)).length, 2);
  assert.equal(hrefsOf(render(100, 140)).length, 2);
  assert.match(render(100, 140), /101–140 of 140/);
});

Deno.test("Pager() is nothing where all fits, and leads back from behind the end", () => {
  assert.equal(render(0, 50), "");
  assert.deepEqual(hrefsOf(render(500, 60)), [
    "/sessions?sort=cost",
    "/sessions?sort=cost&amp;offset=50",
  ]);
});

function render(offset: number, total: number): string {
  const url = new URL("http://127.0.0.1/sessions?sort=cost&offset=1");
  return String(
    <Pager
      request={{ url }}
      label="Sessions"
      parameter="offset"
      offset={offset}
      limit={50}
      total={total}
    />,
  );
}

function hrefsOf(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
}
