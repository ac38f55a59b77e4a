/**
 * `blueplane mcp`: serves metrics to an assistant on stdin and stdout, and reads what it writes
 * where no server does.
 *
 * @module
 */

import { findPlatform } from "../../capture/registry.ts";
import { spoolEvents } from "../../capture/spool.ts";
import { encodeEvent } from "../../core/event.ts";
import { TrackingEvents } from "../../core/tracking.ts";
import { serveMcp } from "../../mcp/mcp_server.ts";
import { NotCapturedError } from "../../mcp/tracking_tools.ts";
import { requireOwnHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import { DataWatch } from "../data_watch.ts";
import type { GuestCapture } from "../guest_capture.ts";
import type { Io } from "../io.ts";
import { KeptReader } from "../kept_reader.ts";
import { callerFolders, toolCallers } from "../tool_callers.ts";
import { VERSION } from "../version.ts";
import { openWorkspace, toolServers, type Workspace } from "../workspace.ts";

/** Runs the command until the client goes. */
export async function runMcp(io: Io, globals: Globals): Promise<number> {
  const workspace = openWorkspace(io, { ...globals, quiet: true });
  requireOwnHome(workspace.home, "serve metrics");
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  using reader = new KeptReader(workspace.home);
  await using watch = new DataWatch(workspace.home, io.clock);
  let opening: Promise<GuestCapture> | undefined;
  const openGuest = () => opening ??= openGuestCapture(workspace);
  await using _guest = {
    [Symbol.asyncDispose]: async () => (await opening)?.[Symbol.asyncDispose](),
  };
  const folders = callerFolders(workspace, Deno.cwd());
  await serveMcp({
    clock: io.clock,
    version: VERSION,
    callers: toolCallers(workspace, Deno.cwd(), Deno.ppid),
    events: new TrackingEvents(workspace.privacy),
    onConnected: () => void (globals.sync && openGuest()),
    async read(use, upTo) {
      if (globals.sync) await (await openGuest()).settle(upTo);
      return reader.read(use);
    },
    async record(events) {
      const admitted = folders.some((folder) => workspace.gate.excludes(folder))
        ? []
        : workspace.gate.admitAll(events);
      if (admitted.length < events.length) throw new NotCapturedError();
      if (globals.sync) await (await openGuest()).record(events);
      else spoolEvents(workspace.home.spool, events.map(encodeEvent), io.clock.now());
    },
    onChange: (listener) => watch.onChange(listener),
    toolServers: () => toolServers(workspace),
    platformId: (name) => findPlatform(name)?.id,
  }, stop.signal);
  return 0;
}

/** Loaded when the client is there: an assistant waits for its servers to start. */
async function openGuestCapture(workspace: Workspace): Promise<GuestCapture> {
  const { GuestCapture } = await import("../guest_capture.ts");
  return new GuestCapture(workspace);
}
