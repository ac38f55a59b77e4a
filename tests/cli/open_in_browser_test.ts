/** Tests of opening the browser, with a stand-in for the desktop's opener. */

import { deepEqual, equal } from "node:assert/strict";
import { startServe, startSource, tempMachine, until } from "../helpers/run_blueplane.ts";

const isLinux = Deno.build.os === "linux";

Deno.test({
  name: "openInBrowser() hands the address to the desktop's opener, when serve --open says so",
  ignore: !isLinux, // The stand-in is a shell script that is called as on Linux.
  async fn() {
    using machine = tempMachine();
    const said = `${machine.path}/said`;
    const opener = `${machine.path}/xdg-open`;
    Deno.writeTextFileSync(
      opener,
      `#!/bin/sh\necho "$@" > ${said}.part\n/bin/mv ${said}.part ${said}\n`,
    );
    Deno.chmodSync(opener, 0o755);
    const start: typeof startSource = (on, args) =>
      startSource(on, args, { env: { PATH: on.path } });
    const { server, url } = await startServe(machine, ["--open"], start);
    await using _server = server;
    const read = () => {
      try {
        return Deno.readTextFileSync(said);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return "";
        throw error;
      }
    };
    await until("the browser opens", () => read() !== "");
    equal(read(), `${url}\n`);
  },
});

Deno.test({
  name: "openInBrowser() says nothing, when there is no desktop",
  ignore: !isLinux, // Elsewhere the opener is part of the system.
  async fn() {
    using machine = tempMachine();
    const start: typeof startSource = (on, args) =>
      startSource(on, args, { env: { PATH: on.path } });
    await using server = (await startServe(machine, ["--open"], start)).server;
    deepEqual((await server.stop("SIGTERM")).code, 0);
    equal(server.stderr, "");
  },
});
