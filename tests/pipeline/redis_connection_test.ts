/** Tests of `pipeline/redis_connection.ts`, on a real redis-server. */

import assert from "node:assert/strict";
import { RedisConnection, repliesTo } from "../../pipeline/redis_connection.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { RedisServer, sharedRedis } from "../helpers/redis_server.ts";
import { until } from "../helpers/run_blueplane.ts";

const ADDRESS_OR_SECRET = /127\.0\.0\.1|localhost|invalid|secret|ada|\d{4,}/;

const redis = sharedRedis();

Deno.test("RedisConnection.key() keeps installations apart, each in one slot", async () => {
  const namespaces = [crypto.randomUUID(), crypto.randomUUID()] as const;
  await using one = connect(redis.server.url, namespaces[0]);
  await using other = connect(redis.server.url, namespaces[1]);

  await one.run((client) => client.set(one.key("name"), "value"));

  assert.equal(await other.run((client) => client.get(other.key("name"))), null);
  assert.equal(one.key("name"), `{${namespaces[0]}}:name`);
});

Deno.test("RedisConnection.duplicate() reaches the same server over another client", async () => {
  await using connection = connect(redis.server.url);
  await using other = connection.duplicate();
  const idOf = (one: RedisConnection) => one.run((client) => client.client("ID"));

  await connection.run((client) => client.set(connection.key("name"), "value"));

  assert.equal(await other.run((client) => client.get(other.key("name"))), "value");
  assert.notEqual(await idOf(connection), await idOf(other));
});

Deno.test("RedisConnection.run() works again, after the server was killed", async () => {
  await using server = await RedisServer.start({ args: ["--appendonly", "yes"] });
  await using connection = connect(server.url);
  const key = connection.key("kept");
  await connection.run((client) => client.set(key, "value"));
  const { generation } = connection;

  await server.restart();
  await until("it is connected anew", () => connection.generation > generation);

  assert.equal(await connection.run((client) => client.get(key)), "value");
});

Deno.test("RedisConnection.serverRun() changes with the server's process alone", async () => {
  await using server = await RedisServer.start();
  await using connection = connect(server.url);
  await using other = connect(server.url);

  const runs = [await connection.serverRun(), await other.serverRun()];
  await server.restart();
  await until("it is connected anew", () => connection.generation > 1);
  runs.push(await connection.serverRun());

  assert.match(runs[0]!, /^[0-9a-f]{40}$/);
  assert.equal(runs[1], runs[0]);
  assert.notEqual(runs[2], runs[0]);
});

Deno.test("RedisConnection.run() says so, when nothing listens, and comes back", async () => {
  await using server = await RedisServer.start();
  await using connection = connect(server.url);
  const { generation } = connection;

  await server.stop();
  await assertRefused(connection, /^Cannot reach Redis: /);
  await assertRefused(connection, "Cannot reach Redis: nothing listens at redis.url");
  await server.restart();
  await until("it is connected anew", () => connection.generation > generation);

  assert.equal(await connection.run((client) => client.ping()), "PONG");
});

Deno.test("RedisConnection.run() says so, when the host is not known", async () => {
  await using connection = connect("redis://ada:secret@nowhere.invalid:6379");

  await assertRefused(connection, "Cannot reach Redis: the host of redis.url is not known");
});

Deno.test("RedisConnection.run() refuses, when there is no such database", async () => {
  await using server = await RedisServer.start({ args: ["--databases", "4"] });
  await using first = connect(server.url);
  for (const part of ["/4", "/9999", "?db=4"]) {
    await using connection = connect(server.url + part);
    for (let i = 0; i < 2; i++) {
      await assert.rejects(() => connection.run((client) => client.set("a", "b")), {
        name: "RedisError",
        message: "Cannot use Redis: it has no database of the number in redis.url; name " +
          "another, or none",
      });
    }
    assert.equal(connection.generation, 0);
  }
  await using last = connect(`${server.url}/3`);
  await last.run((client) => client.set("a", "b"));

  assert.equal(await first.run((client) => client.dbsize()), 0);
});

Deno.test("RedisConnection.run() says so, when the server hangs up at once", async () => {
  await using server = hangUp(() => "");
  await using connection = connect(server.url);

  await assertRefused(connection, "Cannot reach Redis: it does not answer");
});

Deno.test("RedisConnection.run() says so, when the server hangs up at a command", async () => {
  const isHello = (text: string) => text.toUpperCase().includes("HELLO");
  for (const answer of ["", "+PONG\r\n"]) {
    await using server = hangUp((text) => isHello(text) ? "-NOPROTO 2\r\n" : answer);
    await using connection = connect(server.url.replace("ada:secret@", ""));

    await assert.rejects(
      () => connection.run((client) => repliesTo(client.pipeline().ping().ping())),
      { name: "RedisError", message: "Cannot reach Redis: it does not answer" },
    );
  }
});

Deno.test("RedisConnection.run() says so, when user or password are wrong", async () => {
  const login = ":secret%2F%3A%40%25";
  await using server = await RedisServer.start({ login, args: ["--requirepass", "secret/:@%"] });
  const refused = "Cannot use Redis: it refuses user or password; look at redis.url";
  const urlWith = (other: string) => server.url.replace(`${login}@`, other);

  await using right = connect(server.url);
  assert.equal(await right.run((client) => client.ping()), "PONG");
  for (const other of ["", ":secrets@", "ada:secret%2F%3A%40%25@"]) {
    await using connection = connect(urlWith(other));
    await assertRefused(connection, refused);
  }
});

Deno.test("RedisConnection.run() says so, when the server is a replica", async () => {
  await using replica = await RedisServer.start();
  await replica.command("REPLICAOF", "127.0.0.1", new URL(redis.server.url).port);
  await using connection = connect(replica.url);

  await assert.rejects(() => connection.run((client) => client.set("a", "b")), {
    name: "RedisError",
    message: "Cannot use Redis: this server is a read-only replica",
  });
});

Deno.test("RedisConnection.run() says so, when the server cannot save", async () => {
  await using server = await RedisServer.start();
  await server.command("CONFIG", "SET", "save", "1 1");
  Deno.mkdirSync(`${server.folder}/dump.rdb`);
  await server.command("SET", "a", "b");
  await using connection = connect(server.url);
  await connection.run((client) => client.bgsave());

  await assert.rejects(async () => {
    for (let i = 0; i < 10_000; i++) await connection.run((client) => client.set("a", "b"));
  }, { name: "RedisError", message: "Cannot use Redis: it cannot save to its disk" });
});

Deno.test("RedisConnection.run() says so, when the server is still loading", async () => {
  const slowly = ["--rdbcompression", "no", "--key-load-delay", "200000"];
  await using server = await RedisServer.start({ args: slowly });
  await using connection = connect(server.url);
  // It looks up from loading every two megabytes.
  const fill = "for i = 1, 4 do redis.call('SET', KEYS[1] .. i, string.rep('x', 3e6)) end";
  await connection.run((client) => client.eval(fill, 1, connection.key("")));
  await connection.run((client) => client.save());

  const restarted = server.restart();
  const messages: string[] = [];
  await until("it was seen loading", async () => {
    messages.push(
      await connection.run((client) => client.ping()).catch(({ message }) => message),
    );
    return messages.at(-1)!.includes("loading");
  });
  await restarted;

  assert.equal(messages.at(-1), "Cannot reach Redis: it is still loading its data");
  assert.equal(await connection.run((client) => client.ping()), "PONG");
});

Deno.test("RedisConnection.run() says so, when the connection is disposed", async () => {
  const connection = connect(redis.server.url);
  await connection.run((client) => client.ping());
  await connection[Symbol.asyncDispose]();
  await connection[Symbol.asyncDispose]();

  await assertRefused(connection, "Cannot use Redis: the connection is closed");
});

Deno.test("RedisConnection() ends what waits, when disposed while nothing listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `redis://127.0.0.1:${listener.addr.port}`;
  listener.close();
  for (const refusals of [0, 1, 2]) {
    const connection = connect(url);
    for (let i = 0; i < refusals; i++) await assertRefused(connection, /nothing listens/);
    const waiting = connection.run((client) => client.ping());

    const refused = assert.rejects(() => waiting, RedisError);
    await connection[Symbol.asyncDispose]();

    await refused;
  }
});

Deno.test("repliesTo() throws the refusal of one, and gives the replies of all", async () => {
  await using connection = connect(redis.server.url, crypto.randomUUID());
  const key = connection.key("list");
  const replies = await connection.run((client) =>
    repliesTo(client.pipeline().lpush(key, "a").llen(key))
  );

  assert.deepEqual(replies, [1, 1]);
  for (const kind of ["pipeline", "multi"] as const) {
    const mixed = connection.run((client) => repliesTo(client[kind]().llen(key).incr(key)));
    await assert.rejects(() => mixed, { name: "RedisError", code: "WRONGTYPE" });
  }
});

function connect(url: string, namespace = "test"): RedisConnection {
  return new RedisConnection({ url, namespace });
}

/** A server that gives one answer and hangs up, unless it was greeted. */
function hangUp(answer: (text: string) => string) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = async (caller: Deno.Conn) => {
    const buffer = new Uint8Array(4096);
    for (let isOpen = true; isOpen;) {
      const length = await caller.read(buffer) ?? 0;
      const text = answer(new TextDecoder().decode(buffer.subarray(0, length)));
      await caller.write(new TextEncoder().encode(text));
      isOpen = length > 0 && text.startsWith("-");
    }
    caller.close();
  };
  const calls: Promise<void>[] = [];
  const listening = (async () => {
    for await (const caller of listener) calls.push(serve(caller));
  })();
  return {
    url: `redis://ada:secret@127.0.0.1:${listener.addr.port}`,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await Promise.allSettled([listening, ...calls]);
    },
  };
}

/** Checks the text, and that nothing within the error says where Redis is. */
async function assertRefused(connection: RedisConnection, message: string | RegExp) {
  await assert.rejects(() => connection.run((client) => client.ping()), (error) => {
    assert.ok(error instanceof RedisError);
    if (typeof message === "string") assert.equal(error.message, message);
    else assert.match(error.message, message);
    const text = Deno.inspect({ ...error, message: error.message, cause: error.cause });
    assert.doesNotMatch(text, ADDRESS_OR_SECRET);
    return true;
  });
}
