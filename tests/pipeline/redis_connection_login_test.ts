/** Tests of `pipeline/redis_connection.ts` with users that may do little, and over TLS. */

import assert from "node:assert/strict";
import { RedisBroker } from "../../pipeline/redis_broker.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { makeCertificates } from "../helpers/certificates.ts";
import { RedisServer } from "../helpers/redis_server.ts";

/** What a user needs, as the README says it. */
const KEYS = "~{blueplane:* &{blueplane:*";
const COMMANDS = [
  ...["+eval", "+xadd", "+xlen", "+xreadgroup", "+xgroup|create"],
  ...[
    "+xpending",
    "+xclaim",
    "+xautoclaim",
    "+xrange",
    "+xack",
    "+xdel",
    "+multi",
    "+exec",
    "+info",
  ],
];
const LOGIN = "worker:secret";

Deno.test("RedisConnection.run() does all that is needed with the fewest rights", async () => {
  await using server = await startWithUser(COMMANDS);

  await useAll(server);
});

Deno.test("RedisConnection.run() says so, when its user may not run a command", async () => {
  await using server = await startWithUser(COMMANDS.filter((right) => right !== "+xadd"));
  await using other = new RedisConnection({ url: server.url, namespace: "other" });
  const refused = {
    name: "RedisError",
    code: "NOPERM",
    message: "Cannot use Redis: its user may not run all commands that are needed; see README",
  };

  await assert.rejects(() => other.run((client) => client.flushall()), refused);
  await assert.rejects(() => other.run((client) => client.xlen(other.key("a"))), refused);
  await assert.rejects(() => useAll(server), refused);
});

Deno.test("RedisConnection.run() is refused, when one of the rights is missing", async () => {
  for (const missing of COMMANDS) {
    await using server = await startWithUser(COMMANDS.filter((right) => right !== missing));

    await assert.rejects(() => useAll(server), { name: "RedisError" }, missing);
  }
});

Deno.test({
  name: "RedisConnection() speaks TLS, when the authority is named in DENO_CERT",
  // Servers that come with other packages are often built without TLS.
  ignore: Deno.env.has("BLUEPLANE_TEST_REDIS"),
  fn: async () => {
    using folder = tempFolder();
    const { authority, certFile, keyFile } = makeCertificates(folder.path);
    const files = { "users.acl": aclFile(COMMANDS.concat("+ping")) };
    await using server = await RedisServer.start({
      ...{ files, login: LOGIN, tls: { certFile, keyFile }, args: ["--aclfile", "users.acl"] },
    });

    assert.equal(await call(server.url, { DENO_CERT: authority }), "PONG");
    assert.equal(
      await call(server.url, {}),
      "RedisError: Cannot reach Redis: its certificate is not trusted; " +
        "name its authority in DENO_CERT",
    );
    assert.equal(
      await call(server.url.replace("secret", "secrets"), { DENO_CERT: authority }),
      "RedisError: Cannot use Redis: it refuses user or password; look at redis.url",
    );
    assert.equal(
      await call(server.url.replace("rediss:", "redis:"), { DENO_CERT: authority }),
      "RedisError: Cannot reach Redis: it does not answer",
    );
  },
});

async function startWithUser(rights: readonly string[]): Promise<RedisServer> {
  const files = { "users.acl": aclFile(rights) };
  return await RedisServer.start({ files, login: LOGIN, args: ["--aclfile", "users.acl"] });
}

function aclFile(rights: readonly string[]): string {
  const [name, password] = LOGIN.split(":");
  const user = `user ${name} on >${password} resetchannels ${KEYS} ${rights.join(" ")}`;
  return `user default off\n${user}\n`;
}

/** Sends every command that there is. */
async function useAll(server: RedisServer): Promise<void> {
  await using connection = new RedisConnection({ url: server.url, namespace: "blueplane:0123" });
  await connection.serverRun();
  const stream = "telemetry:events", group = "processors", consumer = "fast-path-1";
  const broker = new RedisBroker({ connection, stream, group, consumer, leaseMs: 0 });
  await broker.publish(["a", "b"]);
  const [deleted, kept] = await broker.take(2);
  await connection.run((client) => client.xdel(connection.key(stream), deleted!.id));
  const [again] = await broker.take(2);
  await broker.release([again!.id], 0);
  await broker.giveBack([again!]);
  await broker.releaseAll();
  await broker.ack([kept!.id]);
  assert.equal(await broker.depth(), 0);
}

/** What a process with this environment gets as an answer. */
async function call(url: string, env: Record<string, string>): Promise<string> {
  const program = decodeURIComponent(new URL("./redis_caller.ts", import.meta.url).pathname);
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program, url],
    env,
  }).output();
  const decoder = new TextDecoder();
  return (decoder.decode(stdout) + decoder.decode(stderr)).trim();
}
