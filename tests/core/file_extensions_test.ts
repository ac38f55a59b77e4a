/** Tests of `core/file_extensions.ts`: the list that `safeExtension()` looks into. */

import assert from "node:assert/strict";
import { FILE_EXTENSIONS } from "../../core/file_extensions.ts";
import { readSafeText, safeExtension } from "../../core/privacy.ts";

Deno.test("FILE_EXTENSIONS.has() knows the files that assistants edit most", () => {
  for (const extension of ["ts", "tsx", "js", "py", "rs", "go", "md", "json", "yaml", "zsh"]) {
    assert.ok(FILE_EXTENSIONS.has(extension), extension);
  }
});

Deno.test("FILE_EXTENSIONS.forEach() gives words that an event may hold", () => {
  FILE_EXTENSIONS.forEach((extension) => {
    assert.match(extension, /^[a-z0-9]+$/);
    assert.equal(readSafeText(extension), extension);
    assert.equal(safeExtension(`FILE.${extension.toUpperCase()}`), extension);
  });
});

Deno.test("FILE_EXTENSIONS.has() knows neither of the words that stand for no extension", () => {
  assert.ok(!FILE_EXTENSIONS.has("none"));
  assert.ok(!FILE_EXTENSIONS.has("other"));
  assert.ok(!FILE_EXTENSIONS.has(""));
});
