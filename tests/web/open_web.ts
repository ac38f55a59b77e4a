/** The web face over a filled home: what it is made of, one request, one WebSocket. */

import { Hono } from "hono";
import { reportStatus } from "../../core/reports/status_report.ts";
import { createApp } from "../../web/app.tsx";
import { Live, type LiveMessage } from "../../web/live.ts";
import { type Page, type PageRequest, readPageRequest } from "../../web/page.ts";
import { PAGES } from "../../web/pages/pages.ts";
import { NotReadyError } from "../../web/problem.ts";
import type { WebContext } from "../../web/web_context.ts";
import { type FilledHome, ONE } from "../helpers/filled_home.ts";
import { until } from "../helpers/run_blueplane.ts";

const HOST = "127.0.0.1:7531";
const SPELLINGS: Readonly<Record<string, string>> = {
  claude: "claude_code",
  claude_code: "claude_code",
  cursor: "cursor",
};

const NAMES: Readonly<Record<string, string>> = {
  claude_code: "Claude Code",
  cursor: "Cursor",
};

/** What a request says besides its address; a header that is undefined is left out. */
export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: BodyInit;
}

/** A WebSocket with all it was told. */
export interface OpenSocket extends AsyncDisposable {
  readonly socket: WebSocket;
  readonly messages: readonly LiveMessage[];
  readonly closed: Promise<CloseEvent>;
  /** Waits for so many messages. */
  take(count: number): Promise<readonly LiveMessage[]>;
}

/** What the web face works with, over a home. */
export function webContext(home: FilledHome, more: Partial<WebContext> = {}): WebContext {
  return {
    db: home.db,
    toolServers: () => new Map(),
    toolNames: () => new Map(),
    commands: {
      changeInsights: (change) => home.pipeline.command("changeInsights", change),
      takeHook: () => Promise.resolve(),
      takeExport: () => Promise.resolve(new Uint8Array()),
      takeEvents: () => Promise.resolve({ events: 0, leftOut: 0, fieldsDropped: 0 }),
      replay: (choice) => home.pipeline.command("replay", choice),
      drop: (choice) => home.pipeline.command("drop", choice),
      purge: (choice) => home.pipeline.command("purge", choice),
      archive: (choice) => home.pipeline.command("archive", choice),
      rebuild: (choice) => home.pipeline.command("rebuild", choice),
    },
    clock: home.clock,
    version: "0.1.0",
    pid: 7,
    labels: () => new Map([[ONE, "blueplane"]]),
    trouble: () => undefined,
    coverage: () => ({ files_done: 3, files_total: 3 }),
    platformName: (id) => NAMES[id] ?? id,
    platformId: (name) => Object.hasOwn(SPELLINGS, name) ? SPELLINGS[name] : undefined,
    status: () =>
      Promise.resolve(
        reportStatus(home.db, { version: "0.1.0", server: null, databaseBytes: 5 }),
      ),
    settings: () => [{ key: "web.port", value: 7531, origin: "default" }],
    audit: { last: undefined, run: () => Promise.reject(new NotReadyError("Cannot audit: no")) },
    exportFile: () => Promise.reject(new NotReadyError("Cannot export: this is a test")),
    onChange: (listener) => home.onChange(listener),
    ...more,
  };
}

/** Calls the app, without a port. */
export async function ask(
  context: WebContext,
  path: string,
  { method = "GET", headers = {}, body }: Asking = {},
): Promise<Response> {
  using live = new Live(context);
  const sent = Object.entries({ host: HOST, ...headers })
    .filter((header): header is [string, string] => header[1] !== undefined);
  return await createApp(context, live)
    .request(`http://${HOST}${path}`, { method, headers: new Headers(sent), body });
}

/** A request of a page as the page is given it. */
export async function pageRequest(
  home: FilledHome,
  path: string,
  more: Partial<WebContext> = {},
  page: Partial<Page> = pageAt(path) ?? {},
): Promise<PageRequest> {
  const context = webContext(home, more), app = new Hono();
  const asked = Promise.withResolvers<PageRequest>();
  app.get("*", (c) => {
    asked.resolve(readPageRequest(c, context, { filters: ["period"], ...page }));
    return c.body(null);
  });
  // A request that cannot be read throws what the app would answer.
  app.onError((error, c) => {
    asked.reject(error);
    return c.body(null);
  });
  await app.request(`http://${HOST}${path}`, { headers: { host: HOST } });
  return await asked.promise;
}

/** The page of an address. */
function pageAt(path: string): Page | undefined {
  const { pathname } = new URL(path, "http://127.0.0.1");
  return PAGES.find((page) => new URLPattern({ pathname: page.path }).test({ pathname }));
}

/** Connects to `/ws/metrics` of a server. */
export async function openSocket(url: string, period = "24h"): Promise<OpenSocket> {
  return await openSocketAt(`${url}/ws/metrics?period=${period}`);
}

/** Connects to an address. */
export async function openSocketAt(url: string): Promise<OpenSocket> {
  const socket = new WebSocket(url.replace("http", "ws"));
  const messages: LiveMessage[] = [];
  const closed = Promise.withResolvers<CloseEvent>();
  socket.addEventListener("message", ({ data }) => messages.push(JSON.parse(data)));
  socket.addEventListener("close", closed.resolve);
  await until(
    "the socket opens",
    () => socket.readyState !== WebSocket.CONNECTING,
  );
  return {
    socket,
    messages,
    closed: closed.promise,
    async take(count) {
      await until(`message ${count} is here`, () => messages.length >= count);
      return messages;
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await closed.promise;
    },
  };
}

/**
 * Asks for a WebSocket with headers of one's own, as no browser lets a page do.
 *
 * @returns the connection and the first line of the answer
 */
export async function shakeHands(
  url: string,
  headers: Readonly<Record<string, string>>,
  path = "/ws/metrics",
): Promise<{ connection: Deno.TcpConn; answer: string }> {
  const { hostname, port, host } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries({
    Host: host,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
  await connection.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(4096);
  const read = await connection.read(buffer) ?? 0;
  const answer = new TextDecoder().decode(buffer.subarray(0, read)).split("\r\n")[0]!;
  return { connection, answer };
}
