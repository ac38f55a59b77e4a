/** Tests of what private text looks like. */

import { deepEqual, equal } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { findPrivate, type PrivateKind } from "../../../core/audit/private_patterns.ts";

const ALL: readonly PrivateKind[] = ["path", "e_mail", "secret", "free_text"];

function kindsIn(text: string): PrivateKind[] {
  return [...findPrivate(text, ALL)].map(({ kind }) => kind);
}

for (
  const [kind, text] of [
    ["path", "/home/ada/engine"],
    ["path", '{"cwd":"/Users/ada/engine"}'],
    ["path", "file:///home/ada/engine"],
    ["path", "C:\\\\Users\\\\ada\\\\engine"],
    ["path", "D:\\work\\engine"],
    ["path", " ~/engine/notes"],
    ["e_mail", "ada.lovelace@engine.example.org"],
    ["secret", "sk-ant-api03-abcdefghijklmnopqrstuvwx"],
    ["secret", `ghp_${"a".repeat(36)}`],
    ["secret", "AKIAABCDEFGHIJKLMNOP"],
    ["secret", "-----BEGIN RSA PRIVATE KEY-----"],
    ["free_text", "please make the tests of the engine pass"],
    ["free_text", "is this a test of what I wrote"],
  ] as const
) {
  Deno.test(`findPrivate() finds ${kind} in ${text}`, () => {
    deepEqual(new Set(kindsIn(text)), new Set([kind]));
  });
}

for (
  const text of [
    '{"event_id":"0194-aa","tool":"Edit","timestamp":"2026-11-09T12:34:56.789Z"}',
    "http://127.0.0.1:7531/api/v1/metrics",
    "mcp:1a2b3c4d telemetry:events cdc:events",
    "gpt-5 anthropic/claude-sonnet-4@20250514",
    // As the numbers of an index look, when they are taken for letters.
    "p\nb\n^\nN\nH\n:\nX\nJ\nD\nl\nc\nd",
  ]
) {
  Deno.test(`findPrivate() finds nothing in ${text.slice(0, 30)}`, () => {
    deepEqual(kindsIn(text), []);
  });
}

Deno.test("findPrivate() finds nothing in bytes that chance made", () => {
  const text = new TextDecoder("latin1").decode(randomBytes(2_000_000));

  deepEqual(kindsIn(text), []);
});

Deno.test("findPrivate() takes what chance can make for private only in a line to be read", () => {
  for (const loose of ["~/ab/", "A:\\0u\\", "Lx3@q0k.pz"]) {
    deepEqual(kindsIn(`\x07\xfe${loose}\x00x\x91`), [], loose);
    equal(kindsIn(loose).length, 1, loose);
    for (const line of [`the years 1842, 1843: ${loose}`, `${loose} (1842, 1843, 1844)`]) {
      equal(kindsIn(`\x07${line}\x00`).length, 1, line);
    }
  }
  deepEqual(kindsIn("\x07\xfe/home/ada\x00x\x91"), ["path"]);
});

Deno.test("findPrivate() says where a piece stands and how long it is, not what it says", () => {
  const [piece] = findPrivate("at /home/ada now", ["path"]);

  deepEqual(piece, { kind: "path", at: 3, characters: 9 });
  equal(JSON.stringify(piece).includes("ada"), false);
});
