/** The server of a bench: the program that a user runs, in a home of its own. */

import { Running } from "../helpers/run_blueplane.ts";

/** A server that listens. Disposing it ends it. */
export interface BenchServer extends AsyncDisposable {
  readonly server: Running;
  readonly url: string;
}

/**
 * Starts the program as a server.
 *
 * @param home holds `home`, with its data, and `claude`, with the transcripts
 */
export async function startBenchServer(
  home: string,
  [program, ...args]: readonly string[],
): Promise<BenchServer> {
  const server = new Running(program!, [...args, "serve", "--port", "0"], {
    env: {
      HOME: home,
      BLUEPLANE_HOME: `${home}/home`,
      CLAUDE_CONFIG_DIR: `${home}/claude`,
      PATH: Deno.env.get("PATH") ?? "",
      DENO_DIR: Deno.env.get("DENO_DIR") ?? "",
    },
  });
  try {
    await server.until("it listens", () => /^Blueplane is at /m.test(server.stdout));
    const url = /http:\/\/[\d.:[\]]+/.exec(server.stdout)![0];
    return { server, url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}
