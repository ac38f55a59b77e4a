/** Tests of `core/error_tips.ts`. */

import assert from "node:assert/strict";
import { errorTip } from "../../core/error_tips.ts";

const ROOT = new URL("../../", import.meta.url);

/** The classes that the parsers know, of which `other` says nothing. */
function classes(): Set<string> {
  const files = ["capture/claude_code/error_class.ts", "capture/cursor/error_class.ts"];
  return new Set(
    files.flatMap((file) =>
      [...Deno.readTextFileSync(new URL(file, ROOT)).matchAll(/literal\("(\w+)"\)/g)]
        .map(([, name]) => name!)
    ).filter((name) => name !== "other"),
  );
}

Deno.test("errorTip() has one for every class of error, in sentences without full stop", () => {
  assert.ok(classes().size > 15);
  for (const name of classes()) {
    const { cause, prevention } = errorTip(name) ?? { cause: "", prevention: "" };
    assert.match(cause, /^[A-Z].*[^.]$/, name);
    assert.match(prevention, /^[A-Z].*[^.]$/, name);
  }
});

Deno.test("errorTip() has none for what says too little", () => {
  assert.deepEqual(["other", "toString", ""].map(errorTip), [undefined, undefined, undefined]);
});
