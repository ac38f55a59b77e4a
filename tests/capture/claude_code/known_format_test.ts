/** Tests of `capture/claude_code/known_format.ts`: the lists agree with what the parser does. */

import assert from "node:assert/strict";
import {
  ATTACHMENT_TYPES,
  BLOCK_TYPES,
  LINE_FIELDS,
  PROGRESS_TYPES,
  SYSTEM_SUBTYPES,
} from "../../../capture/claude_code/known_format.ts";
import { safeField, safeKind } from "../../../core/privacy.ts";
import { makeLine, makeParser } from "./lines.ts";

Deno.test("LINE_FIELDS() names types and fields in the shapes that drift may keep", () => {
  const kinds = [...LINE_FIELDS.keys(), ...SYSTEM_SUBTYPES, ...ATTACHMENT_TYPES]
    .concat([...PROGRESS_TYPES, ...BLOCK_TYPES]).map(String);
  const fields = [...LINE_FIELDS.values()].flatMap((names) => [...names ?? []]);

  assert.deepEqual(kinds.filter((kind) => safeKind(kind) !== kind), []);
  assert.deepEqual(fields.filter((field) => safeField(field) !== field), []);
  assert.ok(kinds.length > 100 && fields.length > 100);
});

Deno.test("LINE_FIELDS() holds every type that the parser knows", () => {
  for (const type of LINE_FIELDS.keys()) {
    assert.notEqual(makeParser().parse(makeLine(String(type), 1)), undefined, String(type));
  }
});
