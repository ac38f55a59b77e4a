/** Tests of `web/api/hook_route.ts`: what is posted is handed on, and answered with no word. */

import assert from "node:assert/strict";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, type Asking, webContext } from "../open_web.ts";

const CLIENT = { "Blueplane-Client": "hook", "Content-Type": "application/json" };

/** Posts, and tells what was handed on. */
async function post(path: string, asking: Asking, fail?: Error) {
  await using home = await filledHome([]);
  const taken: unknown[] = [];
  const takeHook = (platform: string, payload: unknown) => {
    taken.push([platform, payload]);
    return fail ? Promise.reject(fail) : Promise.resolve();
  };
  const { commands } = webContext(home);
  const context = webContext(home, { commands: { ...commands, takeHook } });
  const response = await ask(context, path, { method: "POST", headers: CLIENT, ...asking });
  return { taken, status: response.status, text: await response.text() };
}

for (const name of ["claude_code", "claude"]) {
  Deno.test(`addRoutes() hands a hook on, when the platform is called ${name}`, async () => {
    const { taken, status, text } = await post(`/hooks/${name}`, { body: '{"a": 1}' });

    assert.deepEqual({ status, text }, { status: 202, text: "" });
    assert.deepEqual(taken, [["claude_code", { a: 1 }]]);
  });
}

for (
  const [what, path, asking, expected] of [
    ["the header is missing", "/hooks/claude_code", {
      headers: { "Content-Type": "application/json" },
      body: "{}",
    }, 403],
    ["another site posts", "/hooks/claude_code", {
      headers: { ...CLIENT, Origin: "http://evil.example" },
      body: "{}",
    }, 403],
    ["the platform is unknown", "/hooks/emacs", { body: "{}" }, 404],
    ["the body is no JSON", "/hooks/claude_code", { body: "{my secret" }, 400],
    ["the body is empty", "/hooks/claude_code", {}, 400],
    ["the body is of another type", "/hooks/claude_code", {
      headers: { ...CLIENT, "Content-Type": "text/plain" },
      body: "{}",
    }, 415],
    ["the body is said to be too large", "/hooks/claude_code", {
      headers: { ...CLIENT, "Content-Length": String(2 ** 30) },
      body: "{}",
    }, 413],
  ] as const
) {
  Deno.test(`addRoutes() refuses with ${expected}, when ${what}`, async () => {
    const { taken, status, text } = await post(path, asking);

    assert.equal(status, expected);
    assert.deepEqual(taken, []);
    assert.equal(JSON.parse(text).status, expected);
    assert.ok(!text.includes("secret"));
  });
}

Deno.test("addRoutes() says that it failed, when the hook could not be stored", async () => {
  const fail = new Error("Cannot store events: the disk is full");

  const { status, text } = await post("/hooks/claude_code", { body: "{}" }, fail);

  assert.equal(status, 500);
  assert.ok(!text.includes("disk"), text);
});
