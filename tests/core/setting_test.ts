/** Tests of the error of settings. */

import { equal, throws } from "node:assert/strict";
import { ConfigError, refusalOf, type Setting } from "../../core/setting.ts";

Deno.test("ConfigError() says by its name that it was used wrongly", () => {
  equal(
    String(new ConfigError("Cannot pause: it is wrong")),
    "ConfigError: Cannot pause: it is wrong",
  );
});

Deno.test("refusalOf() says why a value cannot be, and lets other errors through", () => {
  const setting = (parse: Setting["parse"]): Setting => ({
    key: "web.port",
    env: "BLUEPLANE_PORT",
    fallback: 1,
    help: "",
    schema: {},
    parse,
  });
  const refuse = (error: Error) => () => {
    throw error;
  };
  const wrong = new ConfigError("Cannot listen there: web.port must be one");

  equal(refusalOf(setting((value) => value), 1), undefined);
  equal(refusalOf(setting(refuse(wrong)), 2), "web.port must be one");
  throws(() => refusalOf(setting(refuse(new TypeError("Cannot read it: a"))), 2), TypeError);
});
