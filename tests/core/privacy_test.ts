/** Tests of `core/privacy.ts`: whatever goes in, no content comes out. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isPlainJson,
  literal,
  measureText,
  OTHER,
  Privacy,
  readSafeText,
  safeExtension,
  safeField,
  safeJoin,
  safeKind,
  safeModel,
  safeVersion,
  safeWord,
} from "../../core/privacy.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const privacy = new Privacy(new Uint8Array(32).fill(1));
const other = new Privacy(new Uint8Array(32).fill(2));

// The shapes as CONTRACT gives them, written down a second time.
const CONTRACT_ID = /^[A-Za-z0-9_-]{1,64}$/;
const CONTRACT_TOOL = /^[A-Za-z][A-Za-z0-9_]{0,40}$/;
const CONTRACT_MODEL = /^[a-z0-9][a-z0-9._@/:-]{0,63}$/;
const CONTRACT_KIND = /^[a-z][a-z0-9_.-]{0,40}$/;

/** Texts of every sort, and many that are nearly of a safe shape. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 120 }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc.stringMatching(/^[A-Za-z0-9_.:\/@-]{0,110}$/),
  fc.stringMatching(/^(mcp__|arn:|claude|\/home\/)[A-Za-z0-9_.:\/ -]{0,90}$/),
  fc.stringMatching(/^\d{1,5}(\.\d{1,7}){0,4}(-[a-z0-9. ]{0,22})?\n?$/),
  fc.constantFrom("", "\n", "a\n", "__proto__", "toString", "other", "none"),
);

Deno.test("Privacy.id() keeps an id of the promised shape, and hashes every other text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const id = privacy.id(text);

      assert.equal(readSafeText(id), id);
      if (CONTRACT_ID.test(text)) assert.equal(id, text);
      else assert.match(id, /^[0-9a-f]{32}$/);
    }),
    fcRuns(),
  );
});

Deno.test("Privacy.id() does not keep a line break behind an id", () => {
  assert.notEqual(privacy.id("abc\n"), "abc\n");
  assert.match(privacy.id("abc\n"), /^[0-9a-f]{32}$/);
});

Deno.test("Privacy.tool() keeps names of tools, hashes MCP tools, and knows no other text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const tool = privacy.tool(text);

      assert.equal(readSafeText(tool), tool);
      if (text.startsWith("mcp__")) assert.match(tool, /^mcp:[0-9a-f]{8}$/);
      else assert.equal(tool, CONTRACT_TOOL.test(text) ? text : OTHER);
    }),
    fcRuns(),
  );
});

Deno.test("Privacy.tool() gives each MCP tool a name of its own, the same every time", () => {
  const tool = privacy.tool("mcp__linear__create_issue");

  assert.equal(privacy.tool("mcp__linear__create_issue"), tool);
  assert.notEqual(privacy.tool("mcp__linear__delete_issue"), tool);
});

Deno.test("Privacy.hash() gives as many hexadecimal digits as asked, of any text", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 64 }), (text, digits) => {
      const hash = privacy.hash(text, digits);

      assert.equal(hash.length, digits);
      assert.match(hash, /^[0-9a-f]+$/);
      assert.equal(readSafeText(hash), hash);
      assert.equal(privacy.hash(text, digits), hash);
    }),
    fcRuns(),
  );
});

Deno.test("Privacy.hash() differs between installations, so that nobody can guess", () => {
  assert.notEqual(privacy.hash("/home/kim/shop"), other.hash("/home/kim/shop"));
  assert.notEqual(privacy.hash("/home/kim/shop"), privacy.hash("/home/kim/shops"));
});

Deno.test("Privacy.hash() is HMAC-SHA-256, when it is checked against a known answer", () => {
  const key = new TextEncoder().encode("key");
  const text = "The quick brown fox jumps over the lazy dog";

  assert.equal(
    new Privacy(key).hash(text, 64),
    "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
  );
});

Deno.test("Privacy.fingerprint() tells bytes apart, and installations", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const print = privacy.fingerprint(bytes);

      assert.match(print, /^[0-9a-f]{32}$/);
      assert.equal(privacy.fingerprint(bytes.slice()), print);
      assert.notEqual(privacy.fingerprint(new Uint8Array([...bytes, 0])), print);
      assert.notEqual(other.fingerprint(bytes), print);
    }),
    fcRuns(),
  );
});

Deno.test("Privacy.mcpServer() hashes the server of an MCP tool, and no other tool's name", () => {
  const privacy = new Privacy(new Uint8Array(32).fill(7));
  const [one, two, plugin] = [
    "mcp__acme__read",
    "mcp__acme__write_all",
    "mcp__plugin_acme_context7__query-docs",
  ].map((tool) => privacy.mcpServer(tool));

  assert.match(one!, /^mcp:[0-9a-f]{8}$/);
  assert.equal(one, two);
  assert.notEqual(one, plugin);
  assert.deepEqual(["Read", "mcp__half"].map((tool) => privacy.mcpServer(tool)), [
    undefined,
    undefined,
  ]);
});

Deno.test("safeModel() keeps nothing but what has the shape of a model's name", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const model = safeModel(text);

      assert.equal(readSafeText(model), model);
      if (model === OTHER) return;
      assert.match(model, CONTRACT_MODEL);
      assert.ok(text.endsWith(model));
    }),
    fcRuns(),
  );
});

Deno.test("safeModel() keeps models of a known family, from any provider", () => {
  const models = [
    "claude-opus-4-5-20251101",
    "claude-3-5-haiku-20241022",
    "claude-sonnet-4@20250514",
    "us.anthropic.claude-sonnet-4-20250514-v1:0",
    "anthropic/claude-fable-5",
    "gpt-5.1-codex",
    "o3-mini",
    "gemini-2.5-pro",
    "qwen3-coder:30b",
  ];

  assert.deepEqual(models.map(safeModel), models);
});

Deno.test("safeModel() says other, when the family is unknown or the word holds one", () => {
  const texts = ["acme-secret-model", "disclaudette", "Claude-Opus", "<synthetic>", "claude 5"];

  assert.deepEqual(texts.map(safeModel), texts.map(() => OTHER));
});

Deno.test("safeModel() reduces a cloud ARN to its model part", () => {
  const model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

  assert.equal(
    safeModel(`arn:aws:bedrock:us-east-1:123456789012:inference-profile/${model}`),
    model,
  );
});

Deno.test("safeModel() keeps no account number, when an ARN has no slash", () => {
  const model = safeModel("arn:aws:bedrock:us-east-1:123456789012:claude-sonnet-4-5");

  assert.ok(!model.includes("123456789012"), model);
});

Deno.test("safeKind() keeps kinds of the promised shape, and knows no other text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(safeKind(text), CONTRACT_KIND.test(text) ? text : OTHER);
    }),
    fcRuns(),
  );
});

Deno.test("safeField() keeps names as programs write them, and knows no other text", () => {
  const names = ["type", "toolUseResult", "session_id", "ephemeral5mTokens", "isMeta", "facade"];
  const others = [
    "Kim",
    "_x",
    "my secret",
    "name\n",
    "a.b",
    "x2026",
    "key1a2b3c4d",
    "deadbeef9",
    "id00000000",
    "x".repeat(42),
  ];

  assert.deepEqual(names.map(safeField), names);
  assert.deepEqual(others.map(safeField), others.map(() => OTHER));
  fc.assert(
    fc.property(anyText, (text) => {
      const field = safeField(text);

      assert.ok(field === OTHER || (field === text && /^[a-z][A-Za-z0-9_]{0,40}$/.test(text)));
      assert.doesNotMatch(field, /\d{4}/);
    }),
    fcRuns(),
  );
});

Deno.test("safeVersion() keeps versions, and knows no other text", () => {
  const versions = ["2.1.330", "1.0", "1.0.0-beta.1"];
  const others = ["2", "v2.1.0", "2.1.0 ", "2.1.0\n", "2.1.0-My Secret", "", "2..1"];

  assert.deepEqual(versions.map(safeVersion), versions);
  assert.deepEqual(others.map(safeVersion), others.map(() => OTHER));
  fc.assert(
    fc.property(anyText, (text) => {
      const version = safeVersion(text);

      assert.equal(readSafeText(version), version);
      assert.ok(version === OTHER || (version === text && /^[\d.]+(-[a-z0-9.]+)?$/.test(text)));
    }),
    fcRuns(),
  );
});

Deno.test("safeExtension() names an extension of its list, in lower case", () => {
  assert.equal(safeExtension("/home/kim/shop/cart.ts"), "ts");
  assert.equal(safeExtension("C:\\Users\\Kim\\Shop.CS"), "cs");
  assert.equal(safeExtension("archive.tar.md"), "md");
});

Deno.test("safeExtension() says none, when the name has no extension", () => {
  assert.equal(safeExtension("/etc/hosts"), "none");
  assert.equal(safeExtension("/home/kim/.bashrc"), "none");
  assert.equal(safeExtension("/home/kim.ts/notes"), "none");
  assert.equal(safeExtension(""), "none");
});

Deno.test("safeExtension() says other, when the extension is on no list", () => {
  assert.equal(safeExtension("notes.kimsecret"), OTHER);
  assert.equal(safeExtension("notes."), OTHER);
});

Deno.test("safeExtension() says a word of its list of any path, and nothing of the path", () => {
  fc.assert(
    fc.property(anyText, (path) => {
      const extension = safeExtension(path);

      assert.equal(readSafeText(extension), extension);
      assert.match(extension, /^[a-z0-9]{1,10}$/);
      const named = path.toLowerCase().endsWith(`.${extension}`);
      assert.ok(extension === "none" || extension === OTHER || named);
    }),
    fcRuns(),
  );
});

Deno.test("safeWord() keeps a word of the list, and knows no other", () => {
  const list = new Set(["end_turn", "tool_use"]);

  assert.equal(safeWord("end_turn", list), "end_turn");
  assert.equal(safeWord("my secret", list), OTHER);
});

Deno.test("safeJoin() sets colons between its parts", () => {
  assert.equal(safeJoin(literal("a"), privacy.id("b"), OTHER), "a:b:other");
});

Deno.test("readSafeText() takes back all that this module made", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const made of [privacy.id(text), privacy.tool(text), privacy.hash(text)]) {
        assert.equal(readSafeText(made), made);
      }
    }),
    fcRuns(),
  );
});

Deno.test("readSafeText() refuses prompts, code, command lines and absolute paths", () => {
  const contents = [
    "fix the login",
    "const a = 1;",
    "rm -rf node_modules",
    "/home/kim/shop",
    "C:\\Users\\Kim\\shop",
    "a\nb",
    "word\n",
    "naïve",
    "x".repeat(97),
    "",
    "<b>",
    "{}",
  ];

  assert.deepEqual(contents.map(readSafeText), contents.map(() => undefined));
});

Deno.test("isPlainJson() is true of JSON of safe text and numbers", () => {
  const plain = { a: "Edit", "b.c": [1, -2.5, true, null, { d: "msg_01:x" }], e: {} };

  assert.ok(isPlainJson(JSON.stringify(plain)));
  for (const value of ["fix it", "C:/x", "é", 'a"b', "x".repeat(97), 1e300, "", "a\nb"]) {
    assert.ok(!isPlainJson(JSON.stringify({ ...plain, f: value })), String(value));
    if (typeof value === "string") assert.ok(!isPlainJson(JSON.stringify({ [value]: 1 })));
  }
  assert.ok(!isPlainJson(`{"f":${"1".repeat(400)}}`));
});

Deno.test("readSafeText() refuses a path of Windows, when it has forward slashes", () => {
  assert.equal(readSafeText("C:/Users/Kim/shop"), undefined);
});

Deno.test("measureText() measures characters, words and lines", () => {
  assert.deepEqual(measureText(""), { characters: 0, words: 0, lines: 0 });
  assert.deepEqual(measureText("one"), { characters: 3, words: 1, lines: 1 });
  assert.deepEqual(measureText(" a  b\nc\n"), { characters: 8, words: 3, lines: 2 });
  assert.deepEqual(measureText("\n\n"), { characters: 2, words: 0, lines: 2 });
});

Deno.test("measureText() agrees with splitting, of any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", " ", "\n", "\t", "é", "🐤") }), (text) => {
      const { characters, words, lines } = measureText(text);

      assert.equal(characters, text.length);
      assert.equal(words, text.split(/\s+/).filter(Boolean).length);
      assert.equal(lines, text === "" ? 0 : text.replace(/\n$/, "").split("\n").length);
    }),
    fcRuns(),
  );
});
