/**
 * The environment in which Claude Code exports to us: its settings may hold it.
 *
 * @module
 */

import type { ExportSettings } from "../export_settings.ts";

const ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
const HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
/** The header that the guard asks of whoever writes, which no other site can send. */
const OURS = "Blueplane-Client=otel";

/** What makes every version since 1.0.128 export log records and metrics. */
export const otelSettings: ExportSettings = {
  key: "env",
  variables: (origin) => ({
    CLAUDE_CODE_ENABLE_TELEMETRY: "1",
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    [ENDPOINT]: origin,
    [HEADERS]: OURS,
  }),
  ownNames(variables) {
    if (variables[HEADERS] !== OURS) return [];
    // A value that the user has changed since is theirs; the address goes with our header.
    return Object.entries(otelSettings.variables("")).filter(([name, value]) =>
      name in variables && (name === ENDPOINT || variables[name] === value)
    ).map(([name]) => name);
  },
};
