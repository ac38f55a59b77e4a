/** Tests of `cli/silent_server.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { silentText } from "../../cli/silent_server.ts";
import { writeServerNote } from "../../cli/server_file.ts";
import { homeAt, makeHome } from "../../core/home.ts";
import { startServe, startSource, tempMachine } from "../helpers/run_blueplane.ts";
import { runHere } from "./recorded_io.ts";

Deno.test("silentText() tells of a suspended server, and stop and status do", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  const { server } = await startServe(machine, [], startSource);
  await using _server = server;
  equal(await silentText(home), undefined);

  Deno.kill(server.pid, "SIGSTOP");
  const said = await silentText(home) ?? "";
  const [stop, status] = [await runHere(machine, ["stop"]), await runHere(machine, ["status"])];
  Deno.kill(server.pid, "SIGCONT");

  match(
    said,
    new RegExp(`^the server \\(pid ${server.pid}\\) does not answer; .* lets it go on$`),
  );
  deepEqual([stop.code, stop.stderr], [1, `error: Cannot stop the server: ${said}\n`]);
  deepEqual([status.code, status.stderr], [3, `warning: ${said}\n`]);
  equal((await runHere(machine, ["stop"])).code, 0);
});

Deno.test("silentText() says nothing of a note that is left, or that nobody left", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  equal(await silentText(home), undefined);
  const started_at = "2026-03-01T12:00:00.000Z";
  using _note = writeServerNote(home, { pid: Deno.pid, url: "http://127.0.0.1:1", started_at });
  equal(await silentText(home), undefined);
});
