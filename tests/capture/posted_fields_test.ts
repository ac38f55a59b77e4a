/** Tests of `capture/posted_fields.ts`. */

import assert from "node:assert/strict";
import { PLATFORMS } from "../../capture/registry.ts";
import {
  type Fields,
  METADATA_FIELDS,
  PAYLOAD_FIELDS,
  readHookType,
} from "../../capture/posted_fields.ts";
import { plainPrivacy } from "./plain_source.ts";

const [claude] = PLATFORMS;
const CONTEXT = { privacy: plainPrivacy, words: await claude!.words() };
const MARK = "QZ@7X canary";

function read(fields: Fields, name: string, value: unknown) {
  return fields[name]!(value, CONTEXT);
}

Deno.test("ReadField() keeps what is nobody's", () => {
  const kept = {
    tool: "mcp:0123abcd",
    model: "claude-opus-4-5",
    file_extension: "ts",
    file: "0123456789abcdef",
    permission_mode: "acceptEdits",
    agent_type: "Explore",
    command: "compact",
    error_class: "text_not_found",
    outcome: "rejected",
    stop_reason: null,
    form: "whole",
    effort: "high",
    tool_use_id: "toolu_1",
    input_tokens: 12,
    sidechain: true,
  };
  for (const [name, value] of Object.entries(kept)) {
    assert.equal(read(PAYLOAD_FIELDS, name, value), value, name);
  }
  assert.equal(readHookType("PreCompact", CONTEXT), "PreCompact");
  assert.equal(read(METADATA_FIELDS, "version", "2.1.330"), "2.1.330");
});

Deno.test("ReadField() makes other of a word that no closed list has", () => {
  for (const name of ["outcome", "error_class", "permission_mode", "form", "file_extension"]) {
    assert.equal(read(PAYLOAD_FIELDS, name, "secretword"), "other", name);
  }
  for (const name of ["agent_type", "skill", "command", "file"]) {
    assert.match(String(read(PAYLOAD_FIELDS, name, "secretword")), /^[0-9a-f]{16}$/, name);
  }
  assert.equal(readHookType("SecretWord", CONTEXT), "other");
});

Deno.test("ReadField() lets no text through, whichever the field", () => {
  for (const fields of [METADATA_FIELDS, PAYLOAD_FIELDS]) {
    for (const name of Object.keys(fields)) {
      for (const value of [MARK, [MARK], { [MARK]: MARK }]) {
        const told = JSON.stringify(read(fields, name, value)) ?? "";
        assert.doesNotMatch(told, /QZ|7X|canary/, name);
      }
    }
  }
});

Deno.test("ReadField() takes no number that cannot be one of a count", () => {
  for (const value of [-1, NaN, Infinity, 2 ** 60, "12", null]) {
    assert.equal(read(PAYLOAD_FIELDS, "duration_ms", value), undefined);
  }
  assert.equal(read(PAYLOAD_FIELDS, "duration_ms", 145.7), 145);
});
