/**
 * Listens on the loopback address and serves the app until it is disposed.
 *
 * @module
 */

import { createApp } from "./app.tsx";
import { Live } from "./live.ts";
import type { WebContext } from "./web_context.ts";

/** A listening server. */
export interface WebServer extends AsyncDisposable {
  readonly url: string;
}

const STOP_WITHIN_MS = 2000;

/**
 * Starts to listen.
 *
 * @throws {Error} when the port is taken; what to do is said
 */
export function startWeb(
  context: WebContext,
  { host, port }: { host: string; port: number },
): WebServer {
  const live = new Live(context);
  const app = createApp(context, live);
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    // Through a tunnel to another machine it pays; a tag is weak then, as it names both forms.
    const options = { hostname: host, port, automaticCompression: true, onListen: () => {} };
    server = Deno.serve(options, app.fetch);
  } catch (error) {
    live[Symbol.dispose]();
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new Error(
      `Cannot listen on ${host}:${port}: the port is in use; choose another with --port, or ` +
        `--port 0 for a free one`,
      { cause: error },
    );
  }
  const address = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${address}:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      live[Symbol.dispose]();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, STOP_WITHIN_MS));
      await Promise.race([server.shutdown(), late]);
      clearTimeout(timer);
    },
  };
}
