/** Tests of `core/prices/price_table.ts`: which model a name means, and when it means none. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  findModel,
  type Match,
  matches,
  type PricedModel,
  type PriceTable,
} from "../../../core/prices/price_table.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

function model(id: string, match: Match): PricedModel {
  return { id, match, prices: [{ input: 1, output: 1 }] };
}

const table: PriceTable = {
  source: "made up",
  released: "2026-01-01",
  checked: "2026-01-01",
  revision: "0",
  providers: [
    {
      id: "anthropic",
      names: { contains: "anthropic" },
      owns: { contains: "claude" },
      models: [
        model("opus", { equals: "claude-opus-4-6" }),
        model("sonnet 4.5", { starts_with: "claude-sonnet-4-5" }),
        model("sonnet 5", { starts_with: "claude-sonnet-5" }),
        model("haiku", { regex: "^claude-haiku-5-\\d{8}$" }),
      ],
    },
    {
      id: "aws",
      names: { or: [{ contains: "bedrock" }, { contains: "amazon" }] },
      models: [
        model("us sonnet", { contains: "us.anthropic.claude-sonnet-5" }),
        model("nova", { contains: "amazon.nova-pro" }),
      ],
    },
    {
      id: "google",
      names: { contains: "vertex" },
      owns: { contains: "gemini" },
      fallback: ["anthropic"],
      models: [
        model("vertex sonnet", { contains: "claude-sonnet-5@" }),
        model("gemini", {
          and: [{ starts_with: "gemini-2.5-pro" }, { regex: "^(?!.*-tts(?:$|-))" }],
        }),
      ],
    },
    {
      id: "openai",
      owns: { starts_with: "gpt-" },
      models: [model("gpt", { or: [{ equals: "GPT-5" }, { equals: "gpt-5-2025-08-07" }] })],
    },
    {
      id: "openrouter",
      models: [
        model("routed opus", { equals: "anthropic/claude-opus-4.6" }),
        model("routed fast", { equals: "anthropic/claude-opus-4.6-fast" }),
      ],
    },
  ],
};

const meant: Readonly<Record<string, string | undefined>> = {
  "claude-opus-4-6": "opus",
  "Claude-Opus-4-6": "opus",
  "claude-sonnet-5": "sonnet 5",
  "claude-sonnet-5-20260630": "sonnet 5",
  "claude-sonnet-5-latest": "sonnet 5",
  "claude-sonnet-5-high-thinking": "sonnet 5",
  "claude-haiku-5-20260101": "haiku",
  "claude-4.5-sonnet": "sonnet 4.5",
  "claude-4.5-sonnet-thinking": "sonnet 4.5",
  // Versions and variants that the table does not have.
  "claude-sonnet-5-5": undefined,
  "claude-sonnet-5.5": undefined,
  "claude-sonnet-5-5-20260928": undefined,
  "claude-sonnet-50": undefined,
  "claude-sonnet-5-fast": undefined,
  "claude-sonnet-5-mini": undefined,
  "claude-opus-4-6-fast": undefined,
  "claude-opus-4-7": undefined,
  // Bedrock.
  "us.anthropic.claude-sonnet-5-v1:0": "us sonnet",
  "bedrock/us.anthropic.claude-sonnet-5-v1:0": "us sonnet",
  "us.anthropic.claude-sonnet-5-5-v1:0": undefined,
  "eu.anthropic.claude-sonnet-4-5-20250929-v1:0": "sonnet 4.5",
  "bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0": "sonnet 4.5",
  "amazon.nova-pro-v1:0": "nova",
  "meta.llama3-70b-instruct-v1:0": undefined,
  // Vertex.
  "claude-sonnet-5@20260630": "vertex sonnet",
  "claude-sonnet-5@default": "vertex sonnet",
  "claude-sonnet-4-5@20250929": "sonnet 4.5",
  "claude-opus-4-6@default": "opus",
  "vertex_ai/claude-sonnet-5@20260630": "vertex sonnet",
  // Routers.
  "anthropic/claude-opus-4.6": "routed opus",
  "anthropic/claude-opus-4.6-fast": "routed fast",
  "openrouter/anthropic/claude-opus-4.6": "routed opus",
  "anthropic/claude-opus-4-6": "opus",
  "openai/gpt-5": "gpt",
  "unheard-of/gpt-5": undefined,
  // Others.
  "gpt-5": "gpt",
  "gpt-5-20250807": "gpt",
  "gpt-5-20251407": undefined,
  "gpt-5-mini": undefined,
  "gemini-2.5-pro-preview": "gemini",
  "gemini-2.5-pro-preview-tts": undefined,
  "<synthetic>": undefined,
  "other": undefined,
  "sonnet": undefined,
  "": undefined,
  "/": undefined,
  "toString": undefined,
};

for (const [name, id] of Object.entries(meant)) {
  Deno.test(`findModel() takes '${name}' for ${id ?? "no model it knows"}`, () => {
    assert.equal(findModel(table, name)?.id, id);
  });
}

Deno.test("findModel() never fails, whatever the name", () => {
  const part = fc.constantFrom(
    "claude-",
    "sonnet-5",
    "anthropic",
    ".",
    "/",
    "@",
    "-5",
    "us",
    ":",
  );
  const anyName = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(anyName, (name) => {
      const found = findModel(table, name);

      assert.ok(found === undefined || found.prices.length > 0);
    }),
    fcRuns(),
  );
});

Deno.test("matches() asks each kind of rule what it says", () => {
  assert.equal(matches({ ends_with: "-R1" }, "deepseek-r1"), true);
  assert.equal(matches({ ends_with: "-r1" }, "deepseek-r1-0528"), false);
  assert.equal(matches({ contains: "nova" }, "amazon.nova-pro"), true);
  assert.equal(matches({ or: [] }, "any"), false);
  assert.equal(matches({ and: [] }, "any"), true);
});
