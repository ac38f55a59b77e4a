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

Deno.test("Pager() adds nothing where all fits, or where there is nothing", () => {
  assert.equal(render(0, 50), "<p>shown</p>");
  assert.equal(render(500, 0), "<p>shown</p>");
});

Deno.test("Pager() says that there is nothing behind the end, and leads to the last page", () => {
  const html = render(500, 60);

  assert.match(html, /No sessions so far down: 60 in all\./);
  assert.doesNotMatch(html, /shown|–/);
  assert.deepEqual(hrefsOf(html), ["/sessions?sort=cost&amp;offset=50"]);
  assert.deepEqual(hrefsOf(render(500, 50)), ["/sessions?sort=cost"]);
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
    >
      <p>shown</p>
    </Pager>,
  );
}

function hrefsOf(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
}
