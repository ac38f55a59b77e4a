/** Tests of `web/parts/moment.tsx`. */

import assert from "node:assert/strict";
import { clockText, Moment, momentText } from "../../../web/parts/moment.tsx";

const AT = new Date(2026, 10, 4, 8, 5, 59);

Deno.test("momentText() and clockText() are on this machine's clock", () => {
  assert.equal(momentText(AT.getTime()), "2026-11-04 08:05");
  assert.equal(clockText(AT.getTime()), "08:05");
});

Deno.test("Moment() tells machines the moment, and people the whole of it somewhere", () => {
  const at = AT.toISOString();

  assert.equal(String(<Moment at={at} />), `<time datetime="${at}">2026-11-04 08:05</time>`);
  assert.equal(
    String(<Moment at={at} form="clock" />),
    `<time datetime="${at}" title="2026-11-04 08:05">08:05</time>`,
  );
  assert.equal(
    String(<Moment at={at} form="day" />),
    `<time datetime="${at}" title="2026-11-04 08:05">11-04 08:05</time>`,
  );
});
