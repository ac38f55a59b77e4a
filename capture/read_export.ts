/**
 * Reads what clients export, for whoever takes it: hooks load nothing of it.
 *
 * @module
 */

import type { Signal } from "./otlp_record.ts";
import { type Encoding, readExport as readRecords } from "./otlp_request.ts";
import type { ExportReading, HookContext } from "./platform.ts";
import { PLATFORMS } from "./registry.ts";

/**
 * The events of what a client exported over OTLP, whichever assistant's it is. An export names no
 * folder: as long as one is left out, none of it is captured.
 *
 * @throws {OtlpError} when the body is no export
 */
export function readExport(
  signal: Signal,
  encoding: Encoding,
  body: Uint8Array,
  context: HookContext,
): ExportReading {
  const sent = readRecords(body, encoding, signal);
  const records = sent.filter((record) => record !== null);
  const read = PLATFORMS.map((platform) =>
    platform.readExport(records.filter((record) => platform.isExporter(record)), context)
  );
  const foreign = records.filter((record) => !PLATFORMS.some((one) => one.isExporter(record)));
  return {
    events: context.gate.isSelective
      ? []
      : context.gate.admitAll(read.flatMap(({ events }) => events)),
    rejected: sent.length - records.length + foreign.length +
      read.reduce((sum, { rejected }) => sum + rejected, 0),
  };
}
