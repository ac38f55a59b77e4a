/** Tests of `cli/web_face.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { writeServerNote } from "../../cli/server_file.ts";
import { webFace } from "../../cli/web_face.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("webFace() tells state and settings of the process that serves", async () => {
  using machine = tempMachine();
  await using home = await filledHome();
  const workspace = openWorkspace(recordedIo(machine, []), { color: false, sync: true });
  const trouble = () => "Cannot store: the disk is full";
  const face = webFace(workspace, { db: home.db, flags: { "web.port": 0 }, trouble });

  const before = await face.status();
  const started_at = "2026-03-01T12:00:00.000Z";
  using _note = writeServerNote(workspace.home, { pid: 5, url: "http://x", started_at });
  const { server, storage, broker } = await face.status();

  equal(before.server, null);
  deepEqual(server, { pid: 5, url: "http://x", started_at, captures: true, trouble: trouble() });
  deepEqual([storage?.sessions, broker], [5, "sqlite"]);
  ok(face.settings().some(({ key, origin }) => key === "web.port" && origin === "flag"));
});
