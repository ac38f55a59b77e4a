/** Tests of `core/printable.ts`. */

import assert from "node:assert/strict";
import { printable } from "../../core/printable.ts";

Deno.test("printable() shows what would be obeyed as a sign", () => {
  assert.equal(printable("a\x1b[2Jb"), "a\ufffd[2Jb");
  assert.equal(printable("\u202egnp.exe"), "\ufffdgnp.exe");
});

Deno.test("printable() shows a name that nobody sees as a sign", () => {
  for (const blank of [" ", "  ", "\u00a0", "\u200b", "\u3164", "\u200d\u200d"]) {
    assert.equal(printable(blank), "\ufffd", JSON.stringify(blank));
  }
  assert.equal(printable(""), "");
});

Deno.test("printable() leaves names as people write them", () => {
  for (const name of ["my project", "größe", "पुस्तक", "👩\u200d💻", " led by a blank"]) {
    assert.equal(printable(name), name);
  }
});
