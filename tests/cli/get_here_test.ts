/** Tests of the short way to ask a server on this machine. */

import { deepEqual, equal } from "node:assert/strict";
import { getHere } from "../../cli/get_here.ts";

/** Answers each connection with the same bytes, and hangs up; without any it says nothing. */
function rawServer(answer: readonly string[] | undefined) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const requests: string[] = [], held: Deno.Conn[] = [];
  const serving = (async () => {
    for await (const connection of listener) {
      const piece = new Uint8Array(4096);
      requests.push(
        new TextDecoder().decode(piece.subarray(0, await connection.read(piece) ?? 0)),
      );
      held.push(connection);
      if (!answer) continue;
      const bytes = answer.map((part) => new TextEncoder().encode(part));
      for (const part of bytes) await connection.write(part);
      connection.close();
    }
  })();
  return {
    requests,
    origin: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    async [Symbol.asyncDispose]() {
      for (const connection of held) connection[Symbol.dispose]();
      listener.close();
      await serving;
    },
  };
}

Deno.test("getHere() gives status, headers and document of an answer", async () => {
  const long = "ü".repeat(100_000);
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) =>
      Response.json({ long, token: request.headers.get("authorization"), url: request.url }, {
        status: 201,
        headers: { "Blueplane-Process": "7" },
      }),
  );
  const { port } = server.addr, origin = `http://127.0.0.1:${port}`;

  const answer = await getHere(origin, "/a?b=c%20d", { Authorization: "Bearer x" });

  deepEqual([answer?.status, answer?.headers.get("blueplane-process")], [201, "7"]);
  deepEqual(answer?.json, { long, token: "Bearer x", url: `${origin}/a?b=c%20d` });
});

Deno.test("getHere() reads an answer that comes in pieces, and in another version", async () => {
  await using server = rawServer(["HTTP/1.1 404 Not", " Found\r\nA: b:c\r\n\r", "\n[1", "]"]);

  const answer = await getHere(server.origin, "/x");

  deepEqual(answer, { status: 404, headers: new Map([["a", "b:c"]]), json: [1] });
  equal(server.requests[0]?.split("\r\n")[0], "GET /x HTTP/1.0");
});

Deno.test("getHere() has no document, when the answer is cut or is something else", async () => {
  for (const body of ['{"a":', "<html>", ""]) {
    await using server = rawServer([`HTTP/1.0 200 OK\r\n\r\n${body}`]);
    const answer = await getHere(server.origin, "/");
    deepEqual([answer?.status, answer?.json], [200, undefined]);
  }
});

Deno.test("getHere() has no answer, when no web server listens", async () => {
  let origin = "";
  for (const answer of [["220 mail\r\n\r\n"], [""], ["HTTP/1.0 200"]]) {
    await using server = rawServer(answer);
    origin = server.origin;
    equal(await getHere(origin, "/"), undefined, answer[0]);
  }
  equal(await getHere(origin, "/"), undefined);
});

Deno.test("getHere() is content with an answer, when it is late in the same turn", async () => {
  await using server = rawServer(["HTTP/1.0 200 OK\r\n\r\n[1]"]);
  const failures: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    failures.push(event.reason);
  };
  const { clearTimeout } = globalThis;
  globalThis.addEventListener("unhandledrejection", note);
  try {
    // As a runtime does whose timers of one turn are all called.
    globalThis.clearTimeout = () => {};
    deepEqual((await getHere(server.origin, "/"))?.json, [1]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
  } finally {
    globalThis.clearTimeout = clearTimeout;
    globalThis.removeEventListener("unhandledrejection", note);
  }
  deepEqual(failures, []);
});

Deno.test("getHere() has no answer, when none comes in time", async () => {
  await using server = rawServer(undefined);

  equal(await getHere(server.origin, "/"), undefined);
});

Deno.test("getHere() asks no address that is not on this machine", async () => {
  for (
    const origin of ["http://192.0.2.1:80", "http://127.0.0.1.example:80", "file:///etc", ""]
  ) {
    equal(await getHere(origin, "/"), undefined);
  }
});

Deno.test({
  name: "getHere() has no answer, when nobody takes its connection in",
  // A connection that comes too late is closed when it comes, which may be after the test.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
    const { port } = listener.addr as Deno.NetAddr;
    const waiting = Array.from(
      { length: 8 },
      () => Deno.connect({ hostname: "127.0.0.1", port }),
    );
    for (const one of waiting) one.then((connection) => connection.close(), () => {});
    // Two are in by themselves, and then there is no room.
    await Promise.all([Promise.any(waiting), new Promise((done) => setTimeout(done, 100))]);

    equal(await getHere(`http://127.0.0.1:${port}`, "/"), undefined);

    listener.close();
    await Promise.allSettled(waiting);
  },
});
