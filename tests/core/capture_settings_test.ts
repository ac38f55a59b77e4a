/** Tests of the settings by which a person says what is not captured. */

import { deepEqual, equal, match, throws } from "node:assert/strict";
import { checkConfig } from "../../core/config_check.ts";
import { explainConfig, readConfig } from "../../core/config.ts";
import { CAPTURE_SETTINGS, captureChoices, listOf } from "../../core/capture_settings.ts";
import { ConfigError } from "../../core/setting.ts";

function read(file: string | undefined, env: Record<string, string> = {}) {
  return readConfig({ flags: {}, env: (name) => env[name], file }).capture;
}

Deno.test("captureChoices() takes lists of the file, and texts of the environment", () => {
  const nothing = { paused: false, off: [], exclude: [] };
  deepEqual(captureChoices(({ fallback }) => fallback), nothing);
  deepEqual(read(undefined), nothing);
  const file = `{ "capture": { "paused": true, "off": ["git", "files"], "exclude": ["~/a,b"] } }`;
  deepEqual(read(file), { paused: true, off: ["git", "files"], exclude: ["~/a,b"] });
  const env = {
    BLUEPLANE_CAPTURE_PAUSED: "false",
    BLUEPLANE_CAPTURE_OFF: "cost, limits",
    BLUEPLANE_CAPTURE_EXCLUDE: "/a,**/b",
  };
  deepEqual(read(file, env), { paused: false, off: ["cost", "limits"], exclude: ["/a", "**/b"] });
});

Deno.test("captureChoices() refuses what cannot be, and repeats no path", () => {
  for (
    const [name, value, error] of [
      ["paused", `"yes"`, /capture.paused must be true or false/],
      ["off", `["everything"]`, /capture.off must be some of prompts, commands, files/],
      ["exclude", `["private/x"]`, /capture.exclude must be whole paths/],
    ] as const
  ) {
    const file = `{ "capture": { "${name}": ${value} } }`;
    throws(() => read(file), (thrown: Error) => {
      match(thrown.message, error);
      equal(thrown.message.includes("private/x"), false);
      return thrown instanceof ConfigError;
    });
    equal(checkConfig({ env: () => undefined, file }).length, 1);
  }
});

Deno.test("explainConfig() shows how many folders there are, and none of them", () => {
  const file = `{ "capture": { "exclude": ["/home/ada/private", "~/b"] } }`;
  const shown = explainConfig({ flags: {}, env: () => undefined, file });
  const value = (key: string) => shown.find((setting) => setting.key === key)?.value;
  deepEqual(value("capture.exclude"), ["***", "***"]);
  equal(value("capture.paused"), false);
  equal(CAPTURE_SETTINGS.length, 3);
});

Deno.test("listOf() takes a list as it is, and cuts a text at its commas", () => {
  deepEqual(listOf(["a,b", " c "]), ["a,b", "c"]);
  deepEqual(listOf("a, b,,c"), ["a", "b", "c"]);
  deepEqual(listOf(""), []);
});
