/** Tests of serve.json: who wrote it, whether they live, and who may remove it. */

import { deepEqual, equal } from "node:assert/strict";
import { existsSync } from "node:fs";
import {
  findServer,
  linkTo,
  readServerNote,
  tokenHeader,
  writeServerNote,
} from "../../cli/server_file.ts";
import { homeAt, makeHome } from "../../core/home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";

const STARTED = { started_at: "2026-03-01T12:00:00.000Z" };

function homeOf(machine: { readonly home: string }) {
  const home = homeAt(machine.home);
  makeHome(home);
  return home;
}

/** A server that says of itself what a test wants. */
function healthServer(answer: () => Response) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("writeServerNote() leaves a note for its user alone, and takes it away", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  const note = { pid: 7, url: "http://127.0.0.1:1", ...STARTED };
  {
    using _note = writeServerNote(home, note);
    deepEqual(readServerNote(home), note);
    if (Deno.build.os !== "windows") equal(Deno.statSync(home.serve).mode! & 0o777, 0o600);
  }
  equal(existsSync(home.serve), false);
});

Deno.test("writeServerNote() leaves the note of another server alone", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  const mine = writeServerNote(home, { pid: 7, url: "http://127.0.0.1:1", ...STARTED });
  const other = { pid: 8, url: "http://127.0.0.1:2", ...STARTED };
  writeServerNote(home, other);
  mine[Symbol.dispose]();
  deepEqual(readServerNote(home), other);
});

Deno.test("readServerNote() passes over what is no note", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  equal(readServerNote(home), undefined);
  for (const text of ["", "{", "null", "[]", '{"pid":"7"}', '{"pid":7}']) {
    Deno.writeTextFileSync(home.serve, text);
    equal(readServerNote(home), undefined, text);
  }
});

Deno.test("findServer() finds the server that answers with its own pid", async () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  await using server = healthServer(() => Response.json({ pid: 7 }));
  using _note = writeServerNote(home, { pid: 7, url: server.url, ...STARTED });
  equal((await findServer(home))?.url, server.url);
});

Deno.test("findServer() finds none, when another program took the port", async () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  const answers = [
    () => Response.json({ pid: 8 }),
    () => new Response("hello"),
    () => Response.json(null),
  ];
  for (const answer of answers) {
    await using server = healthServer(answer);
    using _note = writeServerNote(home, { pid: 7, url: server.url, ...STARTED });
    equal(await findServer(home), undefined);
  }
});

Deno.test("findServer() finds none, when it was killed", async () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  let url = "";
  {
    await using server = healthServer(() => Response.json({ pid: 7 }));
    url = server.url;
  }
  using _note = writeServerNote(home, { pid: 7, url, ...STARTED });
  equal(await findServer(home), undefined);
});

Deno.test("findServer() asks no address that is not on this machine", async () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  for (const url of ["http://192.0.2.1:80", "http://127.0.0.1.example:80", "file:///etc", ""]) {
    using _note = writeServerNote(home, { pid: 7, url, ...STARTED });
    equal(await findServer(home), undefined);
  }
});

Deno.test("linkTo() holds the token behind the #, where no server sees it", () => {
  const url = "http://127.0.0.1:7531";

  equal(linkTo({ url }), url);
  equal(linkTo({ url, token: "abc" }), `${url}/#token=abc`);
});

Deno.test("tokenHeader() is what a server asks for, and nothing where it asks for nothing", () => {
  deepEqual(tokenHeader({ token: "abc" }), { Authorization: "Bearer abc" });
  deepEqual(tokenHeader({}), {});
});
