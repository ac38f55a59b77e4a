/** Tests of `core/settings.ts`: what the table says, and what is found in it. */

import assert from "node:assert/strict";
import type { Setting } from "../../core/setting.ts";
import {
  findSetting,
  isSecret,
  missingText,
  SETTINGS,
  settingVariable,
} from "../../core/settings.ts";

Deno.test("SETTINGS.map() has a name, an environment name and help for each setting", () => {
  for (const { key, env, help } of SETTINGS) {
    assert.match(key, /^[a-z_]+\.[a-z_]+$/);
    assert.match(env, /^BLUEPLANE_[A-Z_]+$/);
    assert.match(help, /^[A-Z].*[^.]$/);
  }
  assert.equal(new Set(SETTINGS.map(({ key }) => key)).size, SETTINGS.length);
  assert.equal(new Set(SETTINGS.map(({ env }) => env)).size, SETTINGS.length);
});

Deno.test("settingVariable() takes its own name, then that of section and key", () => {
  const set: Record<string, string> = { BLUEPLANE_WEB_PORT: "8080", BLUEPLANE_HOST: "" };
  const read = (name: string) => set[name];
  assert.deepEqual(settingVariable(findSetting("web.port"), read), {
    name: "BLUEPLANE_WEB_PORT",
    value: "8080",
  });
  assert.equal(settingVariable(findSetting("web.host"), read), undefined);
  set["BLUEPLANE_PORT"] = "9090";
  assert.equal(settingVariable(findSetting("web.port"), read)?.value, "9090");
});

Deno.test("findSetting() finds each by its name, and names the nearest of one that is not", () => {
  for (const setting of SETTINGS) assert.equal(findSetting(setting.key), setting);

  assert.throws(() => findSetting("web.prot"), {
    name: "ConfigError",
    message: "Cannot use the setting: there is no setting 'web.prot'; did you mean web.port?",
  });
});

Deno.test("missingText() says where a setting is to be written, or that there is none", () => {
  assert.equal(
    missingText("web.port"),
    `'web.port' is to be written in its section: {"web": {"port": …}}`,
  );
  assert.equal(missingText("zzz"), "there is no setting 'zzz'; blueplane config list shows all");
});

Deno.test("isSecret() holds for what may hold a password or a path, and for nothing else", () => {
  const secret = SETTINGS.filter((one: Setting) => isSecret(one)).map(({ key }) => key);
  assert.deepEqual(secret, ["redis.url", "capture.exclude"]);
});
