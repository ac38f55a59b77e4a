/**
 * Compiled as blueplane is: gives up the rights that its arguments name, as that does, tries what
 * must fail then and what must go on, and prints how each try went.
 */

import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { systemIo } from "../../cli/io.ts";
import { type Right, RIGHTS } from "../../cli/rights.ts";

const [folder, foreignUrl, ...rights] = Deno.args as [string, string, ...Right[]];
const io = systemIo([], (name) => Deno.env.get(name));
const outcomes: Record<string, string> = {};

async function attempt(name: string, what: () => unknown): Promise<void> {
  try {
    outcomes[name] = await what() === false ? "denied" : "done";
  } catch (error) {
    outcomes[name] = error instanceof Deno.errors.NotCapable ? "denied" : String(error);
  }
}

/** What another thread may do of the same. */
function inWorker(): Promise<string> {
  const code = `import { parentPort } from "node:worker_threads";
    const states = ["ffi", "net", "run"].map((name) => Deno.permissions.querySync({ name }).state);
    parentPort.postMessage(states.includes("granted") ? "done" : "denied");`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const worker = new Worker(url);
  return new Promise<string>((resolve, reject) => {
    worker.on("message", resolve).on("error", reject);
  }).finally(() => worker.terminate());
}

const kept = new DatabaseSync(`${folder}/kept.db`);
kept.exec("create table if not exists t (a)");
const { promise: asked, resolve: noteAsked } = Promise.withResolvers<void>();
const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
  noteAsked();
  return new Response("answered");
});
io.giveUp(rights);

await attempt("library", () => Deno.dlopen("libc.so.6", {}).close());
await attempt("extension", () => {
  new DatabaseSync(":memory:", { allowExtension: true }).close();
});
await attempt("program", () => new Deno.Command("true").outputSync());
await attempt("node's program", () => spawnSync("true").status === 0);
await attempt("signal", () => Deno.kill(Deno.pid, "SIGCONT"));
await attempt("host name", () => Deno.hostname());
await attempt("fetch", async () => (await fetch(foreignUrl)).text());
await attempt("connection", async () => {
  const { hostname, port } = new URL(foreignUrl);
  (await Deno.connect({ hostname, port: Number(port) })).close();
});
await attempt("node's connection", () => {
  const { hostname, port } = new URL(foreignUrl);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on("connect", () => resolve(!!socket.destroy())).on("error", () => resolve(false));
  });
});
await attempt("listening", () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close());
await attempt("name service", async () => {
  try {
    await Deno.resolveDns("localhost", "A");
  } catch (error) {
    // That nobody answers is an answer.
    if (error instanceof Deno.errors.NotCapable) throw error;
  }
});
await attempt("writing anew", () => kept.exec("vacuum"));
await attempt("file", () => Deno.writeTextFileSync(`${folder}/file`, "a"));
await attempt("variable", () => Deno.env.get("HOME"));
outcomes["thread"] = await inWorker();
outcomes["rights"] = RIGHTS.filter((name) =>
  Deno.permissions.querySync({ name }).state === "granted"
).join(" ");
console.log(JSON.stringify({ port: server.addr.port, outcomes }));
// Whoever started it looks whether it still answers.
await asked;
await server.shutdown();
kept.close();
