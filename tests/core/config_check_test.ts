/** Tests of what is found wrong in settings, and of the schema that says what is right. */

import { ConfigError, type Setting, type SettingValue } from "../../core/setting.ts";
import assert from "node:assert/strict";
import { checkConfig, configSchema } from "../../core/config_check.ts";
import { SETTINGS } from "../../core/settings.ts";

function check(file: string | undefined, env: Readonly<Record<string, string>> = {}) {
  return checkConfig({ file, env: (name) => env[name] });
}

Deno.test("checkConfig() finds nothing in what can be", () => {
  assert.deepEqual(check(undefined), []);
  assert.deepEqual(
    check('{"$schema": "x", "web": {"port": 0}} // a', { BLUEPLANE_PORT: "" }),
    [],
  );
});

Deno.test("checkConfig() finds all that is wrong, in the order of the file", () => {
  const problems = check('{\n "web": {"port": 70000, "hots": 1},\n "redis": {"url": "x"}\n}');
  assert.deepEqual(problems.map(({ line, column }) => [line, column]), [[2, 18], [2, 25], [
    3,
    19,
  ]]);
  assert.deepEqual(problems.map(({ message }) => message.slice(0, 24)), [
    "web.port must be a whole",
    "there is no setting 'web",
    "redis.url must be like r",
  ]);
  assert.match(problems[1]!.message, /did you mean web\.host\?$/);
});

Deno.test("checkConfig() names the variable that cannot be, and says nothing of a secret", () => {
  const [port, redis] = check("{}", {
    BLUEPLANE_PORT: "x",
    BLUEPLANE_REDIS_URL: "http://secret",
  });
  assert.deepEqual([port!.line, port!.column], [null, null]);
  assert.match(port!.message, /^BLUEPLANE_PORT: web\.port must be a whole number/);
  assert.match(redis!.message, /^BLUEPLANE_REDIS_URL: redis\.url must be like/);
  assert.ok(!redis!.message.includes("secret"));
});

Deno.test("configSchema() has every setting with its help and default", () => {
  const schema = configSchema() as unknown as Schema;
  for (const { key, help, fallback } of SETTINGS) {
    const [section, name] = key.split(".") as [string, string];
    const property = schema.properties[section]!.properties[name]!;
    assert.deepEqual([property["description"], property["default"]], [help, fallback]);
  }
  assert.equal(schema.additionalProperties, false);
});

/** Values on both sides of each border. */
const TRIED: readonly SettingValue[] = [
  ...[-1, 0, 1, 2, 59, 60, 3600, 3601, 7531, 65_535, 65_536, 1.5, "7531x"],
  ...["127.0.0.1", "::1", "localhost", "0.0.0.0", "", "redis://a", "rediss://a:b@c:1/2"],
  ...["redis://", "http://a", "redis://a/name", "x"],
  ...[true, false, [], ["git"], ["git", "x"], ["/a", "~/b", "**/c"], ["a"]],
];

for (const setting of SETTINGS as readonly Setting[]) {
  Deno.test(`configSchema() allows for ${setting.key} what can be read, and no more`, () => {
    for (const value of TRIED) {
      // What is no text is one in the environment; in the file it is better none.
      if (setting.schema["type"] !== "string" && typeof value === "string") continue;
      assert.equal(allows(setting.schema, value), canBeRead(setting, value), String(value));
    }
  });
}

interface Schema {
  readonly additionalProperties: boolean;
  readonly properties: Readonly<
    Record<string, { readonly properties: Readonly<Record<string, Record<string, unknown>>> }>
  >;
}

function canBeRead({ parse }: Setting, value: SettingValue): boolean {
  try {
    parse(value);
    return true;
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return false;
  }
}

/** The little of JSON Schema that the settings use. */
function allows(schema: Readonly<Record<string, unknown>>, value: SettingValue): boolean {
  const { type, enum: words, pattern, minimum, maximum, items, ...others } = schema;
  assert.deepEqual(others, {}, "this test does not know all of the schema");
  if (type === "integer") {
    return Number.isInteger(value) && Number(value) >= Number(minimum ?? -Infinity) &&
      Number(value) <= Number(maximum ?? Infinity);
  }
  if (type === "boolean") return typeof value === "boolean";
  if (type === "array") {
    return Array.isArray(value) &&
      value.every((text) => allows(items as Record<string, unknown>, text));
  }
  const isListed = words === undefined || (words as unknown[]).includes(value);
  const isLike = pattern === undefined || new RegExp(String(pattern)).test(String(value));
  return typeof value === "string" && isListed && isLike;
}
