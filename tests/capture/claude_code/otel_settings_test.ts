/** Tests of `capture/claude_code/otel_settings.ts`. */

import assert from "node:assert/strict";
import { otelSettings } from "../../../capture/claude_code/otel_settings.ts";

Deno.test("otelSettings() knows its own variables, whatever server they name", () => {
  const { OTEL_EXPORTER_OTLP_HEADERS: _, ...foreign } = otelSettings.variables("http://x:1");

  for (const origin of ["http://127.0.0.1:7531", "http://127.0.0.1:9000"]) {
    const ours = otelSettings.variables(origin);
    assert.deepEqual(otelSettings.ownNames(ours), Object.keys(ours));
  }
  assert.deepEqual(otelSettings.ownNames(foreign), []);
});

Deno.test("otelSettings() leaves a value to whoever has set it since", () => {
  const { OTEL_LOGS_EXPORTER: _, ...ours } = otelSettings.variables("http://127.0.0.1:7531");
  const names = otelSettings.ownNames({ ...ours, OTEL_METRICS_EXPORTER: "console" });

  assert.equal(names.some((name) => /LOGS|METRICS/.test(name)), false);
  assert.equal(names.length, Object.keys(ours).length - 1);
});
