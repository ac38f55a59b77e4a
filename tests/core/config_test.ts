/** Tests of `core/config.ts`: where a setting comes from, and what is refused. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type ConfigOrigins, explainConfig, readConfig } from "../../core/config.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { ConfigError } from "../../core/setting.ts";
import { SETTINGS } from "../../core/settings.ts";

const DEFAULTS = {
  host: "127.0.0.1",
  port: 7531,
  pollSeconds: 30,
  rawDays: 90,
  archiveDays: 0,
  minuteDays: 1,
  fiveMinuteDays: 7,
  capture: { paused: false, off: [], exclude: [] },
};

Deno.test("explainConfig() names the origin of every value, as readConfig() takes it", () => {
  const origins = (flags = {}, host = "") => ({
    flags,
    env: (name: string) => name === "BLUEPLANE_HOST" ? host : undefined,
    file: '{"web": {"port": 8000, "host": "localhost"}}',
  });

  assert.deepEqual(explainConfig(origins({}, "::1")), [
    { key: "web.host", value: "::1", origin: "environment" },
    { key: "web.port", value: 8000, origin: "file" },
    { key: "redis.url", value: "", origin: "default" },
    { key: "capture.poll_seconds", value: 30, origin: "default" },
    { key: "retention.raw_days", value: 90, origin: "default" },
    { key: "retention.archive_days", value: 0, origin: "default" },
    { key: "retention.minute_days", value: 1, origin: "default" },
    { key: "retention.five_minute_days", value: 7, origin: "default" },
    { key: "web.token", value: "off", origin: "default" },
    { key: "capture.paused", value: false, origin: "default" },
    { key: "capture.off", value: [], origin: "default" },
    { key: "capture.exclude", value: [], origin: "default" },
  ]);
  assert.deepEqual(explainConfig(origins({ "web.port": 1 })).map(({ origin }) => origin), [
    "file",
    "flag",
    ...SETTINGS.slice(2).map(() => "default"),
  ]);
  assert.deepEqual(
    explainConfig({ ...origins(), file: undefined }).map(({ origin }) => origin),
    SETTINGS.map(() => "default"),
  );
  assert.throws(() => explainConfig({ ...origins(), file: '{"web": {"prt": 1}}' }), ConfigError);
});

Deno.test("explainConfig() shows no password", () => {
  const url = "rediss://ada:secret@redis.example:6380/1";
  const file = JSON.stringify({ redis: { url } });

  for (const origins of [{ env: () => url, file: undefined }, { env: () => undefined, file }]) {
    const settings = explainConfig({ flags: {}, ...origins, env: redisOnly(origins.env) });

    assert.equal(
      settings.find(({ key }) => key === "redis.url")?.value,
      "rediss://ada:***@redis.example:6380/1",
    );
  }
});

Deno.test("readConfig() takes the address of a Redis, and says nothing of a wrong one", () => {
  const urls = ["redis://localhost", "rediss://ada:se%20cret@redis.example:6380/1"];
  for (const url of urls) {
    assert.equal(read({ env: { BLUEPLANE_REDIS_URL: url } }).redisUrl, url);
  }
  const { redisUrl } = read({ env: { BLUEPLANE_REDIS_URL: "REDISS://ada:secret@Redis:6380" } });
  assert.equal(redisUrl, "rediss://ada:secret@Redis:6380");
  for (const url of ["http://ada:secret@a", "redis:", "redis://secret@a/name", "secret"]) {
    assert.throws(() => read({ env: { BLUEPLANE_REDIS_URL: url } }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.ok(!error.message.includes("secret"));
      return true;
    });
  }
});

Deno.test("readConfig() gives the defaults, when nothing is set", () => {
  assert.deepEqual(read({}), DEFAULTS);
});

Deno.test("readConfig() asks for a token where that is on, and takes no other word", () => {
  assert.equal(read({ env: { BLUEPLANE_WEB_TOKEN: "on" } }).hasToken, true);
  assert.equal(read({ env: { BLUEPLANE_WEB_TOKEN: "off" } }).hasToken, undefined);
  for (const wrong of ["true", "ON", "secret"]) {
    assert.throws(() => read({ env: { BLUEPLANE_WEB_TOKEN: wrong } }), ConfigError);
  }
});

Deno.test("readConfig() takes the file before the default", () => {
  const file = '{\n  // mine\n  "web": { "port": 8000, "host": "::1", },\n}';

  assert.deepEqual(read({ file }), {
    host: "::1",
    port: 8000,
    fixedPort: 8000,
    pollSeconds: 30,
    rawDays: 90,
    archiveDays: 0,
    minuteDays: 1,
    fiveMinuteDays: 7,
    capture: DEFAULTS.capture,
  });
});

Deno.test("readConfig() takes the environment before the file", () => {
  const file = '{"web": {"port": 8000}}';

  assert.equal(read({ file, env: { BLUEPLANE_PORT: "9000" } }).port, 9000);
});

Deno.test("readConfig() takes the flag before the environment", () => {
  const env = { BLUEPLANE_PORT: "9000", BLUEPLANE_HOST: "::1" };

  const config = read({ env, flags: { "web.port": 0, "web.host": "127.0.0.1" } });

  assert.deepEqual([config.host, config.port, config.fixedPort], ["127.0.0.1", 0, 9000]);
});

Deno.test("readConfig() knows no fixed port, when it is a flag's, free or the default", () => {
  for (
    const port of [read({ flags: { "web.port": 9000 } }), read({ env: { BLUEPLANE_PORT: "0" } })]
  ) {
    assert.equal("fixedPort" in port, false);
  }
});

Deno.test("readConfig() takes an empty environment variable as none", () => {
  const env = { BLUEPLANE_PORT: "", BLUEPLANE_HOST: "" };

  assert.deepEqual(read({ env }), DEFAULTS);
});

Deno.test("readConfig() listens on the address, when the host is called localhost", () => {
  assert.equal(read({ env: { BLUEPLANE_HOST: "localhost" } }).host, "127.0.0.1");
});

for (const host of ["0.0.0.0", "::", "192.168.1.5", "example.com", "127.0.0.1.evil.com"]) {
  Deno.test(`readConfig() refuses to listen on ${host}`, () => {
    assertRefused({ flags: { "web.host": host } }, /web\.host must be a loopback address/);
  });
}

for (const port of ["-1", "65536", "80.5", "http", "NaN"]) {
  Deno.test(`readConfig() refuses the port ${port}`, () => {
    assertRefused({ env: { BLUEPLANE_PORT: port } }, /web\.port must be a whole number/);
  });
}

for (const seconds of ["0", "3601", "1.5", "often"]) {
  Deno.test(`readConfig() refuses to poll every ${seconds} seconds`, () => {
    assertRefused(
      { env: { BLUEPLANE_CAPTURE_POLL_SECONDS: seconds } },
      /poll_seconds must be a whole number from 1 to 3600/,
    );
  });
}

Deno.test("readConfig() suggests the nearest name, when a key is unknown", () => {
  assertRefused(
    { file: '{"web": {"prot": 1}}' },
    /no setting 'web\.prot'; did you mean web\.port/,
  );
});

Deno.test("readConfig() says what lists all, when no name is near", () => {
  assertRefused(
    { file: '{"telemetry": {"upload": true}}' },
    /no setting 'telemetry\.upload'; blueplane config list shows all$/,
  );
});

Deno.test("readConfig() refuses a section that holds no settings", () => {
  assertRefused({ file: '{"web": 5}' }, /no setting 'web'/);
});

Deno.test("readConfig() refuses a value that is neither text nor number", () => {
  assertRefused({ file: '{"web": {"port": [1]}}' }, /web\.port must be a text, a number, true/);
});

Deno.test("readConfig() tells the line, when the file is no JSON", () => {
  assertRefused(
    { file: '{\n  "web": {\n    "port" 1\n  }\n}' },
    /in line 3, column 12, colon expected$/,
  );
});

for (const file of ["[]", "5", '"web"']) {
  Deno.test(`readConfig() refuses a file that is no object, as ${file}`, () => {
    assertRefused({ file }, /Cannot read config\.json/);
  });
}

Deno.test("readConfig() passes over the name of the schema", () => {
  assert.equal(read({ file: '{"$schema": "./config.schema.json"}' }).port, 7531);
});

Deno.test("readConfig() throws nothing but ConfigError, whatever the file", () => {
  const anyFile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.dictionary(fc.constantFrom("web", "port"), fc.jsonValue()).map((json) =>
      JSON.stringify(json)
    ),
  );
  fc.assert(
    fc.property(anyFile, (file) => {
      try {
        const { host, port } = read({ file });
        assert.ok(["127.0.0.1", "::1"].includes(host));
        assert.ok(Number.isInteger(port));
      } catch (error) {
        assert.ok(error instanceof ConfigError, String(error));
      }
    }),
    fcRuns(),
  );
});

interface Origins {
  readonly flags?: ConfigOrigins["flags"];
  readonly env?: Readonly<Record<string, string>>;
  readonly file?: string;
}

function read({ flags = {}, env = {}, file }: Origins) {
  return readConfig({ flags, env: (name) => env[name], file });
}

function assertRefused(origins: Origins, message: RegExp): void {
  assert.throws(() => read(origins), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, message);
    return true;
  });
}

function redisOnly(env: () => string | undefined) {
  return (name: string) => name === "BLUEPLANE_REDIS_URL" ? env() : undefined;
}

Deno.test("readConfig() keeps events for days that are whole numbers, and refuses others", () => {
  const name = "BLUEPLANE_RETENTION_RAW_DAYS";
  assert.equal(read({ env: { [name]: "0" } }).rawDays, 0);
  assert.equal(read({ env: { BLUEPLANE_RETENTION_ARCHIVE_DAYS: "730" } }).archiveDays, 730);
  for (const days of ["-1", "1.5", "ninety", "36501"]) {
    assert.throws(() => read({ env: { [name]: days } }), /retention.raw_days must be a whole/);
  }
});

Deno.test("readConfig() names where a wrong value comes from", () => {
  assertRefused(
    { env: { BLUEPLANE_PORT: "abc" } },
    /^Cannot use BLUEPLANE_PORT of the environment: web\.port must be/,
  );
  assertRefused({ file: '{"web": {"port": -1}}' }, /^Cannot use config\.json: web\.port must be/);
  const both = { env: { BLUEPLANE_PORT: "1" }, file: '{"web": {"port": -1}}' };
  assert.equal(read(both).port, 1);
});
