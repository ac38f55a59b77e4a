/** Tests of `mcp/prompts.ts`. */

import assert from "node:assert/strict";
import { PROMPTS } from "../../mcp/prompts.ts";
import { connectTo } from "./connected.ts";

Deno.test("addPrompts() lists prompts, each with the numbers of a period", async () => {
  await using connected = await connectTo();
  const { prompts } = await connected.client.listPrompts();

  assert.deepEqual(prompts.map(({ name }: { name: string }) => name), [
    "retrospective",
    "cost-review",
    "error-review",
  ]);
  for (const { name } of prompts) {
    const { messages } = await connected.client.getPrompt({ name, arguments: { period: "30d" } });
    const [question, numbers] = messages.map(({ content }: { content: unknown }) => content);
    assert.match((question as { text: string }).text, /insufficient|too little to tell/);
    const { resource } = numbers as unknown as { resource: { uri: string; text: string } };
    assert.equal(resource.uri, "telemetry://metrics/summary?period=30d");
    const { metrics, findings } = JSON.parse(resource.text);
    assert.equal(metrics.sessions, 4);
    assert.ok(Array.isArray(findings));
  }
});

Deno.test("addPrompts() takes the week, where no period is named, or none that there is", async () => {
  await using connected = await connectTo();

  for (const given of [{}, { period: "1y" }]) {
    const { messages } = await connected.client.getPrompt({
      name: PROMPTS[0]!.name,
      arguments: given,
    });
    assert.match(JSON.stringify(messages[1]), /period=7d/);
  }
});

Deno.test("addPrompts() completes periods", async () => {
  await using connected = await connectTo();

  const { completion } = await connected.client.complete({
    ref: { type: "ref/prompt", name: "cost-review" },
    argument: { name: "period", value: "" },
  });

  assert.deepEqual(completion.values, ["1h", "24h", "7d", "30d", "all"]);
});
