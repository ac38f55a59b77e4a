/** Tests of `cli/shown_settings.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { shownSettings } from "../../cli/shown_settings.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("shownSettings() says that a secret is set, and not what it is", () => {
  using machine = tempMachine();
  const env = { BLUEPLANE_REDIS_URL: "redis://ada:secret@redis.example:6379/0" };
  const io = recordedIo(machine, [], { env });
  const settings = shownSettings(io, { color: false, sync: true }, { "web.port": 8000 });

  const of = (wanted: string) => settings.find(({ key }) => key === wanted);
  deepEqual(of("redis.url"), { key: "redis.url", value: "(set)", origin: "environment" });
  deepEqual(of("web.port"), { key: "web.port", value: 8000, origin: "flag" });
  equal(JSON.stringify(settings).includes("example"), false);
});

Deno.test("shownSettings() shows that no secret is set", () => {
  using machine = tempMachine();
  const settings = shownSettings(recordedIo(machine, []), { color: false, sync: true });

  deepEqual(settings.find(({ key }) => key === "redis.url"), {
    key: "redis.url",
    value: "",
    origin: "default",
  });
});
