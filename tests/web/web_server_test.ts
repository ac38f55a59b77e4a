/** Tests of `web/web_server.ts`: a real port, from the first request to the end. */

import assert from "node:assert/strict";
import { startWeb } from "../../web/web_server.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { until } from "../helpers/run_blueplane.ts";
import { openSocket, shakeHands, webContext } from "./open_web.ts";

const LOOPBACK = { host: "127.0.0.1", port: 0 };

Deno.test("startWeb() takes a free port, when it is asked for port 0", async () => {
  await using home = await filledHome();
  await using one = startWeb(webContext(home), LOOPBACK);
  await using two = startWeb(webContext(home), LOOPBACK);

  assert.match(one.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.notEqual(one.url, two.url);
  const { status } = await (await fetch(`${two.url}/healthz`)).json();
  assert.equal(status, "ok");
});

Deno.test("startWeb() listens on the loopback address of version 6 too", async () => {
  await using home = await filledHome([]);
  await using web = startWeb(webContext(home), { host: "::1", port: 0 });

  assert.match(web.url, /^http:\/\/\[::1\]:\d+$/);
  const response = await fetch(`${web.url}/healthz`);
  await response.body!.cancel();
  assert.equal(response.status, 200);
});

Deno.test("startWeb() says what to do, when the port is in use", async () => {
  await using home = await filledHome([]);
  using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = other.addr;

  assert.throws(() => startWeb(webContext(home), { host: "127.0.0.1", port }), {
    message: `Cannot listen on 127.0.0.1:${port}: the port is in use; choose another with ` +
      "--port, or --port 0 for a free one",
  });
});

Deno.test("startWeb() leaves nothing behind, when the port is in use", async () => {
  await using home = await filledHome([]);
  using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let listeners = 0;
  const onChange = () => {
    listeners++;
    return { [Symbol.dispose]: () => listeners-- };
  };

  const { port } = other.addr;
  assert.throws(() => startWeb(webContext(home, { onChange }), { host: "127.0.0.1", port }));

  assert.equal(listeners, 0);
});

Deno.test("startWeb() answers no more, and frees its port, when disposed", async () => {
  await using home = await filledHome([]);
  const web = startWeb(webContext(home), LOOPBACK);
  await (await fetch(`${web.url}/healthz`)).text();

  await web[Symbol.asyncDispose]();

  await assert.rejects(() => fetch(`${web.url}/healthz`), TypeError);
  await using again = startWeb(webContext(home), { host: "127.0.0.1", port: portOf(web.url) });
  assert.equal(again.url, web.url);
});

Deno.test("startWeb() ends within its bound, when a page is open", async () => {
  await using home = await filledHome();
  const web = startWeb(webContext(home), LOOPBACK);
  await using client = await openSocket(web.url);
  await client.take(1);

  await within(10_000, web[Symbol.asyncDispose]());

  assert.equal((await client.closed).code, 1001);
});

Deno.test("startWeb() ends within its bound, when a client never says goodbye", async () => {
  await using home = await filledHome();
  const web = startWeb(webContext(home), LOOPBACK);
  const { connection, answer } = await shakeHands(web.url, {});
  assert.equal(answer, "HTTP/1.1 101 Switching Protocols");

  await within(10_000, web[Symbol.asyncDispose]());

  connection.close();
});

Deno.test("startWeb() is gone, when disposed while a client kept silent", async () => {
  await using home = await filledHome();
  const web = startWeb(webContext(home), LOOPBACK);
  const { connection } = await shakeHands(web.url, {});

  await within(10_000, web[Symbol.asyncDispose]());

  // The server closes what the client will not: reading comes to an end.
  const buffer = new Uint8Array(4096);
  let isEnded = false;
  const reading = (async () => {
    while (await connection.read(buffer) !== null);
  })().then(() => isEnded = true, () => isEnded = true);
  try {
    await until("the connection ends", () => isEnded, 3000);
  } finally {
    connection.close();
    await reading;
  }
});

Deno.test("startWeb() answers a page of many bytes, and a wrong path, over its port", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);

  const page = await fetch(`${web.url}/?period=all`);
  const wrong = await fetch(`${web.url}/nothing`);

  assert.match(await page.text(), /^<!DOCTYPE html>.*<\/html>$/s);
  assert.equal(page.headers.get("content-type"), "text/html; charset=UTF-8");
  assert.equal(wrong.status, 404);
  await wrong.body!.cancel();
});

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** Fails when a promise takes longer than it may. */
async function within<T>(timeoutMs: number, promise: PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`Cannot wait longer: ${timeoutMs} ms are over`);
    timer = setTimeout(() => reject(error), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
