/**
 * Tests of the binary's guard against a page of another site in the same browser: it gets
 * nothing, and changes nothing.
 */

import assert from "node:assert/strict";
import { type Browser, chromium, type Page } from "playwright-core";
import { findProgram, missingPartText, parts } from "../../tools/parts.ts";
import { type Machine, runBinary, startServe, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

/** The browser's driver keeps timers and a connection of its own until the process ends. */
const LOOSE = { sanitizeOps: false, sanitizeResources: false };

interface Stage extends AsyncDisposable {
  readonly machine: Machine;
  readonly browser: Browser;
  /** Of the binary. */
  readonly url: string;
  /** Origins of pages that are none of ours: another site, and another port of this machine. */
  readonly foreign: readonly string[];
}

/** Serves a session in the binary, and a hostile page beside it. */
async function openStage(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const machine = stack.use(tempMachine());
  new Transcript(machine.claude).prompt().response({ tool: "Edit" }).result();
  const { server, url } = await startServe({ ...machine, env: { ...machine.env, ...env } });
  stack.use(server);
  const evil = stack.use(Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response("<h1>evil</h1>", { headers: { "Content-Type": "text/html" } }),
  ));
  const executablePath = findProgram(parts.chromium!.programs, Deno.env.get("PATH") ?? "");
  if (executablePath === undefined) throw new Error(missingPartText("chromium"));
  const browser = await chromium.launch({
    executablePath,
    // A name that leads to this machine is what DNS rebinding ends with.
    args: ["--no-sandbox", "--host-resolver-rules=MAP *.example 127.0.0.1"],
  });
  stack.defer(() => browser.close());
  const { port } = evil.addr;
  const owned = stack.move();
  return {
    machine,
    browser,
    url,
    foreign: [`http://evil.example:${port}`, `http://127.0.0.1:${port}`],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const ATTACK = Deno.readTextFileSync(new URL("hostile_page.js", import.meta.url));

/** What a page gets of all that it tries. */
async function attack(page: Page, target: string): Promise<Record<string, unknown>> {
  return await page.evaluate(`${ATTACK}\nattack(${JSON.stringify(target)})`);
}

const NOTHING = {
  read: "TypeError",
  page: "TypeError",
  health: "TypeError",
  opaque: "TypeError",
  cookies: "TypeError",
  write: "TypeError",
  named: "TypeError",
  simple: "TypeError",
  told: "TypeError",
  blind: "TypeError",
  beacon: true,
  form: "sent",
  image: "error",
  script: "error",
  style: "error",
  frame: "SecurityError",
  object: "error",
  metrics: "error",
  events: "error",
};

/** What is stored, without what tells the time. */
async function stored(machine: Machine): Promise<string> {
  const run = await runBinary(machine, ["sessions", "--json", "--no-sync"]);
  return run.stdout;
}

Deno.test({
  name: "blueplane serve gives a page of another site nothing, and lets it change nothing",
  ...LOOSE,
  async fn() {
    await using stage = await openStage();
    const { browser, url, foreign, machine } = stage;
    const page = await browser.newPage();
    await page.goto(url);
    await page.locator('[data-live="on"]').waitFor();
    const before = await stored(machine);

    for (const origin of foreign) {
      await page.goto(origin);
      assert.deepEqual(await attack(page, url), NOTHING, origin);
    }
    assert.equal(await stored(machine), before);
    assert.match(before, /"user_prompts": 1/);
  },
});

Deno.test({
  name: "blueplane serve answers no name but its own, when DNS is bound to it",
  ...LOOSE,
  async fn() {
    await using stage = await openStage();
    const { port } = new URL(stage.url);
    const rebound = `http://rebound.example:${port}`;
    const page = await stage.browser.newPage();

    const response = await page.goto(rebound);

    assert.equal(response?.status(), 403);
    assert.match(await page.content(), /Host header/);
    const told = await attack(page, rebound);
    assert.match(String(told.read), /^basic 403 /);
    assert.deepEqual([told.metrics, told.events, told.image], ["error", "error", "error"]);
    assert.match(String(told.named), /^basic 403 /);
  },
});

Deno.test({
  name: "blueplane serve with web.token shows a browser nothing but by the link of status",
  ...LOOSE,
  async fn() {
    await using stage = await openStage({ BLUEPLANE_WEB_TOKEN: "on" });
    const { browser, url, machine, foreign } = stage;
    const note = JSON.parse(Deno.readTextFileSync(`${machine.home}/serve.json`));
    const status = await runBinary(machine, ["status"]);
    const [link] = /http:\S+#token=[\w-]{32}(?= )/.exec(status.stdout)!;
    const context = await browser.newContext(), page = await context.newPage();

    assert.equal((await page.goto(url))?.status(), 401);
    assert.match(await page.content(), /blueplane status/);
    await page.goto("about:blank");
    await page.goto(link);
    await page.locator('[data-live="on"]').waitFor();
    assert.equal(page.url(), `${url}/`);
    assert.equal(await page.evaluate("document.cookie"), "");
    const [cookie] = await context.cookies();
    assert.deepEqual([cookie!.httpOnly, cookie!.sameSite], [true, "Strict"]);
    assert.notEqual(cookie!.value, note.token);
    for (const origin of foreign) {
      await page.goto(origin);
      assert.deepEqual(await attack(page, url), NOTHING, origin);
    }

    const get = async (headers = {}) =>
      (await fetch(`${url}/api/v1/metrics`, { headers })).text();
    assert.match(await get(), /"status":401/);
    assert.match(await get({ Authorization: `Bearer ${note.token}` }), /blueplane\.metrics/);
    // Whoever only tells is told nothing: like hooks, it knows no token.
    const told = await fetch(`${url}/events`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Blueplane-Client": "test" },
      body: JSON.stringify({
        timestamp: new Date().toISOString(),
        platform: "claude_code",
        session_id: "told",
        event_type: "user_prompt",
      }),
    });
    assert.deepEqual([told.status, (await told.json()).events], [202, 1]);
    const rebuilt = await runBinary(machine, ["rebuild", "--json"]);
    assert.deepEqual([rebuilt.code, JSON.parse(rebuilt.stdout).sessions], [0, 2]);
  },
});
