/** Tests of `capture/claude_code/otel_settings.ts`. */

import assert from "node:assert/strict";
import { otelSettings } from "../../../capture/claude_code/otel_settings.ts";

Deno.test("otelSettings() knows its own variables, whatever server they name", () => {
  const { OTEL_EXPORTER_OTLP_HEADERS: _, ...foreign } = otelSettings.variables("http://x:1");

  assert.ok(otelSettings.isOwn(otelSettings.variables("http://127.0.0.1:7531")));
  assert.ok(otelSettings.isOwn(otelSettings.variables("http://127.0.0.1:9000")));
  assert.ok(!otelSettings.isOwn(foreign));
});
