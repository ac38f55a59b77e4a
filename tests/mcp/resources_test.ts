/** Tests of `mcp/resources.ts`: listing, completing, reading, and word of changes. */

import assert from "node:assert/strict";
import { ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { makePrompt, NOON } from "../helpers/events.ts";
import { type Connected, connectTo } from "./connected.ts";

const RECENT = "telemetry://sessions/recent", PRIVACY = "telemetry://privacy";

async function text({ client }: Connected, uri: string): Promise<string> {
  const { contents: [content] } = await client.readResource({ uri });
  return (content as { text: string }).text;
}

/** Resolves with the next resource that is announced. */
function nextUpdate({ client }: Connected): Promise<string> {
  return new Promise((resolve) =>
    client.setNotificationHandler(
      ResourceUpdatedNotificationSchema,
      ({ params: { uri } }: { params: { uri: string } }) => resolve(uri),
    )
  );
}

Deno.test("addResources() lists fixed ones and the latest sessions, to be read", async () => {
  await using connected = await connectTo();

  const { resources } = await connected.client.listResources();
  const { resourceTemplates } = await connected.client.listResourceTemplates();

  assert.equal(resources.length, 5 + 5);
  for (const { uri } of resources) {
    assert.match(JSON.parse(await text(connected, uri)).schema, /^blueplane\.\w+\/1$/);
  }
  assert.deepEqual(resourceTemplates.map((one: { uriTemplate: string }) => one.uriTemplate), [
    "telemetry://session/{id}",
    "telemetry://metrics/summary{?period}",
  ]);
});

Deno.test("addResources() completes ids of sessions, and periods", async () => {
  await using connected = await connectTo();
  const complete = async (uri: string, name: string, value: string) => {
    const ref = { type: "ref/resource" as const, uri };
    const { completion } = await connected.client.complete({ ref, argument: { name, value } });
    return completion.values;
  };

  assert.deepEqual(await complete("telemetry://session/{id}", "id", "a"), ["alpha"]);
  const template = "telemetry://metrics/summary{?period}";
  assert.deepEqual(await complete(template, "period", "7"), ["7d"]);
});

Deno.test("addResources() says that there is no such resource", async () => {
  await using connected = await connectTo();
  const uri = "telemetry://session/nobody";

  for (const name of [uri, "telemetry://nothing", "file:///home/ada/engine.ts", "ada"]) {
    await assert.rejects(connected.client.readResource({ uri: name }), {
      code: -32002,
      message: "MCP error -32002: Cannot read the resource: there is none of this name",
    });
  }
  await assert.rejects(connected.client.subscribeResource({ uri }), {
    code: -32002,
    message: "MCP error -32002: Cannot subscribe: there is no such resource",
  });
});

Deno.test("Subscriptions() tells of what has changed, and of nothing else", async () => {
  await using connected = await connectTo();
  await connected.client.subscribeResource({ uri: PRIVACY });
  await connected.client.subscribeResource({ uri: RECENT });
  const update = nextUpdate(connected);

  await connected.home.tell(makePrompt({ id: "new", session: "new", at: NOON }));

  assert.equal(await update, RECENT);
  assert.match(await text(connected, RECENT), /"new"/);
});

Deno.test("Subscriptions() tells who has ended them nothing more", async () => {
  await using connected = await connectTo();
  const summary = "telemetry://metrics/summary";
  await connected.client.subscribeResource({ uri: RECENT });
  await connected.client.subscribeResource({ uri: summary });
  await connected.client.unsubscribeResource({ uri: RECENT });
  const update = nextUpdate(connected);

  await connected.home.tell(makePrompt({ id: "new", session: "new", at: NOON }));

  assert.equal(await update, summary);
});
