/** What tests of Cursor's databases stand on: a user's folder, an inbox, and sources on them. */

import { Gate } from "../../../capture/gate.ts";
import { StateSource } from "../../../capture/cursor/state_source.ts";
import type { RowContext, StateRow } from "../../../capture/cursor/state_rows.ts";
import type { Environment } from "../../../capture/platform.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { Inbox } from "../inbox.ts";
import { readAll } from "../source_stage.ts";
import { privacy } from "./memory_state.ts";

export const POLL_MS = 30_000;

/** Makes an event of each row: by it a test sees which rows were read. */
export function tellRow(
  { table, key, value }: StateRow,
  { privacy, workspace }: RowContext,
): TelemetryEvent[] {
  return [{
    eventId: privacy.hash(`${table} ${key} ${value}`),
    platform: literal("cursor"),
    sessionId: literal("session"),
    eventType: "activity",
    timestamp: 0,
    metadata: { project_hash: workspace?.hash },
    payload: { key: privacy.id(key.replaceAll(/[.:]/g, "-")), value: privacy.id(value) },
  }];
}

/** Makes the stage. */
export function makeStateStage() {
  const folder = tempFolder();
  const inbox = new Inbox();
  const clock = new VirtualClock();
  const problems: string[] = [];
  const environment: Environment = {
    home: folder.at("home"),
    get: (name) => name === "BLUEPLANE_CURSOR_USER_DIR" ? folder.at("User") : undefined,
  };
  const temporary = folder.at("tmp");
  const open = () =>
    new StateSource(literal("cursor"), () => Promise.resolve(tellRow), {
      environment,
      privacy,
      clock,
      gate: new Gate(),
      pollEveryMs: POLL_MS,
      temporary,
      intake: inbox,
      checkpoints: inbox.checkpoints("cursor"),
      onProblem: (problem) => problems.push(problem),
    });
  return {
    inbox,
    clock,
    problems,
    environment,
    temporary,
    open,
    at: folder.at,
    global: folder.at("User/globalStorage/state.vscdb"),
    workspace: (name: string) => folder.at(`User/workspaceStorage/${name}/state.vscdb`),
    /** Reads all that is new, in a process that is new as well. */
    read: () => readAll(open()),
    /** What was told since the last call, as `key=value` with `-` for dots and colons. */
    told(): string[] {
      return inbox.events.splice(0).map(({ payload }) => `${payload.key}=${payload.value}`);
    },
    [Symbol.dispose]: () => {
      inbox[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}
