/** Tests of what is said of what is not captured. */

import { deepEqual, equal } from "node:assert/strict";
import { captureDocument, captureNote } from "../../cli/capture_note.ts";

const ALL = { paused: false, off: [], exclude: [] } as const;

Deno.test("captureNote() says what is left out, and names no folder", () => {
  equal(captureNote(ALL), undefined);
  const some = { ...ALL, off: ["git", "files"], exclude: ["/home/ada/private"] } as const;
  equal(captureNote(some), "off: git, files; 1 folder left out");
  equal(
    captureNote({ ...some, paused: true }),
    "paused: nothing is captured; blueplane config set capture.paused false",
  );
});

Deno.test("captureDocument() counts folders", () => {
  const document = captureDocument({ ...ALL, off: ["git"], exclude: ["/a", "/b"] });
  deepEqual(document, { paused: false, off: ["git"], excluded_folders: 2 });
});
