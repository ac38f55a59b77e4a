/** Tests of the examination of a client's export. */

import { deepEqual, match } from "node:assert/strict";
import { otelSettings } from "../../../capture/claude_code/otel_settings.ts";
import { checkExport } from "../../../cli/doctor/export_check.ts";
import {
  type Machine,
  startServe,
  startSource,
  tempMachine,
} from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

function exportTo(machine: Machine, at: string): void {
  const settings = { env: otelSettings.variables(at) };
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, JSON.stringify(settings));
}

Deno.test("checkExport() finds an export elsewhere, and is silent without one", async () => {
  using machine = tempMachine();
  const workspace = openForDoctor(machine);
  const { host, port } = workspace.config;
  deepEqual(await checkExport(workspace), []);

  exportTo(machine, `http://${host}:${port}`);
  const [same] = await checkExport(workspace);
  deepEqual([same?.id, same?.severity], ["export.claude_code", "ok"]);
  exportTo(machine, `http://${host}:${port + 1}`);
  const [moved] = await checkExport(workspace);
  deepEqual(moved?.severity, "warning");
  match(moved?.remedy ?? "", /^blueplane install \S+ --otel$/);
});

Deno.test("checkExport() goes by where the server listens that runs", async () => {
  using machine = tempMachine();
  const workspace = openForDoctor(machine);
  const { host, port } = workspace.config;
  const { server, url } = await startServe(machine, [], startSource);
  await using _server = server;

  exportTo(machine, `http://${host}:${port}`);
  const [missed] = await checkExport(workspace);
  deepEqual(missed?.severity, "warning");
  const { port: listens } = new URL(url);
  match(missed?.remedy ?? "", new RegExp(`^blueplane config set web.port ${listens}, then `));
  exportTo(machine, url);
  deepEqual((await checkExport(workspace)).map(({ severity }) => severity), ["ok"]);
});
