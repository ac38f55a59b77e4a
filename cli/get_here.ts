/**
 * Asks a server on this machine by the shortest way: `fetch` first makes a client for all of the
 * web, which takes longer than the question.
 *
 * @module
 */

import { parseValue } from "../core/parse_value.ts";

/** What was answered. */
export interface HereAnswer {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body; undefined where that is no JSON. */
  readonly json: unknown;
}

const HERE = /^http:\/\/(127\.0\.0\.1|\[::1\]):(\d+)$/;
const ANSWER_WITHIN_MS = 1000;
const PIECE_BYTES = 65_536;
/** Nobody listens there any more, somebody hangs up, or is too late. */
const GONE = [
  Deno.errors.AddrNotAvailable,
  Deno.errors.BadResource,
  Deno.errors.BrokenPipe,
  Deno.errors.ConnectionAborted,
  Deno.errors.ConnectionRefused,
  Deno.errors.ConnectionReset,
  Deno.errors.Interrupted,
  Deno.errors.NotConnected,
  Deno.errors.TimedOut,
  Deno.errors.UnexpectedEof,
];

/**
 * The answer to a GET request.
 *
 * @param origin `http://127.0.0.1:7531`; another than of this machine is not asked
 * @param path with the query
 * @returns undefined when nobody answers, or not within a second
 */
export async function getHere(
  origin: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<HereAnswer | undefined> {
  const [, host, port] = HERE.exec(origin) ?? [];
  if (host === undefined) return undefined;
  const lines = Object.entries({ Host: `${host}:${port}`, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`).join("");
  try {
    const late = Promise.withResolvers<void>();
    using stack = new DisposableStack();
    stack.adopt(setTimeout(late.resolve, ANSWER_WITHIN_MS), clearTimeout);
    const hostname = host.replace(/[[\]]/g, "");
    const connecting = Deno.connect({ hostname, port: Number(port) });
    const connection = await Promise.race([connecting, late.promise]);
    if (!connection) {
      // Where nobody takes connections in, it waits for minutes.
      connecting.then((one) => one[Symbol.dispose](), () => {});
      return undefined;
    }
    // What waits for an answer ends with the connection. A timer that is due in the turn in which
    // the answer comes is called although it was taken back: then it is closed already.
    void late.promise.then(() => connection[Symbol.dispose]());
    stack.use(connection);
    // Of the older version, as its answers end with the connection and come in one piece.
    return parseAnswer(await exchange(connection, `GET ${path} HTTP/1.0\r\n${lines}\r\n`));
  } catch (error) {
    if (GONE.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}

/** Writes all of the request, and reads up to the end of the answer. */
async function exchange(connection: Deno.Conn, request: string): Promise<string> {
  const bytes = new TextEncoder().encode(request);
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
  const decoder = new TextDecoder(), piece = new Uint8Array(PIECE_BYTES);
  let text = "";
  for (;;) {
    const read = await connection.read(piece);
    if (read === null) return text + decoder.decode();
    text += decoder.decode(piece.subarray(0, read), { stream: true });
  }
}

function parseAnswer(text: string): HereAnswer | undefined {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, Math.max(0, end)).split("\r\n");
  const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(first) ?? [];
  if (status === undefined) return undefined;
  const headers = lines.map((line): [string, string] => {
    const [name = "", ...value] = line.split(":");
    return [name.toLowerCase(), value.join(":").trim()];
  });
  return {
    status: Number(status),
    headers: new Map(headers),
    json: parseValue(text.slice(end + "\r\n\r\n".length)),
  };
}
