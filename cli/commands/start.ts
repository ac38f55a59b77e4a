/**
 * `blueplane start`: `serve` in the background.
 *
 * @module
 */

import { resolve } from "node:path";
import { readLog } from "../../core/log_file.ts";
import { findBackground } from "../background/find_background.ts";
import { endText, logLineText } from "../background/log_text.ts";
import { readLastRun, takeRunLock } from "../background/run_record.ts";
import { type Detached, spawnDetached } from "../background/spawn_detached.ts";
import { requireOwnHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED } from "../exit.ts";
import type { Io } from "../io.ts";
import { openInBrowser } from "../open_in_browser.ts";
import { findServer, type FoundServer, linkTo, NO_CAPTURE } from "../server_file.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, type Workspace } from "../workspace.ts";
import type { ServeOptions } from "./serve.ts";

const ANSWER_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 50;
const LINES_SHOWN = 5;
/** An address does not name the usual port. */
const HTTP_PORT = 80;

/** Runs the command: it ends when the server answers. */
export async function runStart(
  io: Io,
  globals: Globals,
  options: ServeOptions,
): Promise<number> {
  const flags = { "web.port": options.port, "web.host": options.host };
  const workspace = openWorkspace(io, globals, flags);
  requireOwnHome(workspace.home, "serve");
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  const first = await findBackground(workspace.home);
  using own = first ? undefined : await spawnDetached(
    workspace.home,
    serveWords(workspace, options),
  );
  const server = await awaitAnswer(workspace, own, stop.signal);
  // What nobody waits for any longer, or another one does already, would stand by unseen.
  if (stop.signal.aborted || (server && server.pid !== own?.pid)) own?.end();
  if (stop.signal.aborted) return EXIT_INTERRUPTED;
  if (!server) throw await failure(workspace, own);
  tell(workspace, server, server.pid === own?.pid);
  if (server.pid !== own?.pid) noteUnused(workspace, server, options);
  if (options.open && server.url) openInBrowser(linkTo(server));
  return 0;
}

/** The words that start the server, wherever they are called. */
export function serveWords(
  { io, home }: Pick<Workspace, "io" | "home">,
  { port, host, capture, web }: ServeOptions,
): string[] {
  return [
    ...io.program,
    "serve",
    "--log",
    "--home",
    resolve(home.path),
    ...(port === undefined ? [] : ["--port", String(port)]),
    ...(host === undefined ? [] : ["--host", host]),
    ...(capture ? [] : [NO_CAPTURE]),
    ...(web ? [] : ["--no-web"]),
  ];
}

/** The server once it answers; undefined when there is none, or it takes too long. */
async function awaitAnswer(
  { io, home }: Workspace,
  own: Detached | undefined,
  signal: AbortSignal,
): Promise<FoundServer | undefined> {
  let hasEnded = false;
  own?.ended.then(() => hasEnded = true);
  // One that hangs takes its time for every look.
  const until = io.clock.now() + ANSWER_WITHIN_MS;
  while (io.clock.now() < until) {
    if (signal.aborted) return undefined;
    const [ownEnded, server] = [hasEnded, await findServer(home)];
    if (server) return server;
    // Ours may have ended because another one is about to answer.
    if ((ownEnded || !own) && !await findBackground(home)) return undefined;
    await io.clock.sleep(LOOK_EVERY_MS, signal);
  }
  return undefined;
}

/** Shows the end of the log. @returns what is wrong */
async function failure({ io, home }: Workspace, own: Detached | undefined): Promise<Error> {
  const run = readLastRun(home);
  const isOwn = run !== undefined && run.pid === own?.pid;
  // What may not be written leaves no last words: it is met here as well.
  if (!isOwn) takeRunLock(home)?.[Symbol.dispose]();
  const lines = isOwn ? readLog(home.log) : [];
  const said = lines.filter(({ timestamp }) => timestamp >= run!.started_at);
  for (const line of said.slice(-LINES_SHOWN)) io.stderr.write(`${logLineText(line)}\n`);
  if (await findBackground(home)) {
    const seconds = ANSWER_WITHIN_MS / 1000;
    return new Error(
      `Cannot say where the server is: it runs, but has not answered for ${seconds} seconds; ` +
        "blueplane logs -f shows what it does, blueplane stop ends it",
    );
  }
  const why = said.length === 0 ? "" : "; its last words stand above";
  return new Error(`Cannot start the server: it ${isOwn ? endText(run) : "ended at once"}${why}`);
}

/** What is asked of a new server does not reach one that runs. */
function noteUnused({ io, globals }: Workspace, server: FoundServer, options: ServeOptions) {
  const unused = unusedOptions(server, options);
  if (globals.quiet) return;
  if (options.capture && server.captures === false) {
    io.stderr.write(`note: it reads nothing (${NO_CAPTURE}); blueplane stop ends it first\n`);
  }
  if (unused.length === 0) return;
  io.stderr.write(
    `note: ${unused.join(", ")} ${unused.length === 1 ? "is" : "are"} not used, as it runs ` +
      "already; blueplane stop ends it first\n",
  );
}

/** Those that a server which runs already does not fulfil. */
export function unusedOptions(
  { url, captures }: Pick<FoundServer, "url" | "captures">,
  { port, host, open, capture, web }: ServeOptions,
): string[] {
  const own = URL.parse(url);
  const isThere = port === 0 || own !== null && Number(own.port || HTTP_PORT) === port;
  const isCalledSo = own?.hostname.replace(/^\[(.*)\]$/, "$1") === host;
  return [
    ...port === undefined || isThere ? [] : [`--port ${port}`],
    ...host === undefined || isCalledSo ? [] : [`--host ${host}`],
    ...open && !own ? ["--open"] : [],
    ...capture || captures === false ? [] : [NO_CAPTURE],
    ...web || !own ? [] : ["--no-web"],
  ];
}

function tell({ io, globals }: Workspace, server: FoundServer, isNew: boolean) {
  const { pid, url, started_at } = server;
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.start/1",
      started: isNew,
      server: { pid, url, started_at },
    });
  } else if (!globals.quiet) {
    const place = url === ""
      ? "Blueplane runs without a page"
      : `Blueplane is at ${linkTo(server)}`;
    const what = isNew ? "blueplane stop ends it" : "it ran already";
    io.stdout.write(`${place} (pid ${pid}; ${what})\n`);
  }
}
