/**
 * Reads what clients export, for whoever takes it: hooks load nothing of it.
 *
 * @module
 */

import type { HeldExports } from "./held_exports.ts";
import type { Signal } from "./otlp_record.ts";
import { type Encoding, readExport as readRecords } from "./otlp_request.ts";
import type { ExportReading, HookContext } from "./platform.ts";
import { PLATFORMS } from "./registry.ts";

/** What an export is read with. */
export interface ExportContext extends HookContext {
  /** Takes what may have to wait. */
  readonly held: HeldExports;
  /** Milliseconds. */
  readonly receivedAt: number;
}

/**
 * The events of what a client exported over OTLP, whichever assistant's it is, that may be stored
 * now. An export names no folder: as long as one is left out, all of it waits until that of its
 * session is known.
 *
 * @throws {OtlpError} when the body is no export
 */
export async function readExport(
  signal: Signal,
  encoding: Encoding,
  body: Uint8Array,
  context: ExportContext,
): Promise<ExportReading> {
  const sent = readRecords(body, encoding, signal);
  const records = sent.filter((record) => record !== null);
  const read = await Promise.all(
    PLATFORMS.map((platform) =>
      platform.readExport(records.filter((record) => platform.isExporter(record)), context)
    ),
  );
  const foreign = records.filter((record) => !PLATFORMS.some((one) => one.isExporter(record)));
  const { gate, held, receivedAt } = context;
  const events = gate.admitAll(read.flatMap(({ events }) => events));
  const unheld = gate.isSelective ? held.hold(events, receivedAt) : 0;
  return {
    events: gate.isSelective ? [] : events,
    rejected: sent.length - records.length + foreign.length + unheld +
      read.reduce((sum, { rejected }) => sum + rejected, 0),
  };
}
