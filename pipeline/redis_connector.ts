/**
 * The way to a Redis: knocks first, and connects only where someone opens. A socket of `node:net`
 * or `node:tls` that waits for whoever never answers cannot be closed on every runtime, and keeps
 * the process alive; one of the runtime's own can.
 *
 * @module
 */

import { connect, Socket } from "node:net";
import { connect as connectEncrypted } from "node:tls";
import { AbstractConnector, type RedisOptions } from "ioredis";
import { RedisError } from "./redis_error.ts";

/**
 * A ClientHello (RFC 5246, section 7.4.1.2) that can come to nothing: of whoever speaks TLS the
 * answer is a handshake or an alert.
 */
const CLIENT_HELLO = Uint8Array.from([
  ...[22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 3],
  ...Array.from({ length: 32 }, () => 0),
  ...[0, 0, 2, 0xc0, 0x2f, 1, 0],
]);
const ALERT = 21;
const HANDSHAKE = 22;

/** The `Connector` of a client. */
export class RedisConnector extends AbstractConnector {
  readonly #options: RedisOptions;
  #stop = new AbortController();

  constructor(options: unknown) {
    const own = options as RedisOptions;
    super(own.disconnectTimeout ?? 0);
    this.#options = own;
  }

  /** A stream that begins to connect; a closed one, where that is no use. */
  override async connect(): Promise<Socket> {
    this.connecting = true;
    const { host = "localhost", port = 6379, family, tls, connectTimeout } = this.#options;
    const stop = this.#stop = new AbortController();
    const timer = setTimeout(() => stop.abort(silence("")), connectTimeout);
    const failed = await knock(host, port, tls !== undefined, stop.signal)
      .then(() => undefined, (error: Error) => error);
    clearTimeout(timer);
    if (!this.connecting) throw new RedisError("Cannot use Redis: the connection is closed");
    if (failed) return this.stream = this.#closed(failed);
    return this.stream = tls
      ? connectEncrypted({ host, port, ...tls })
      : connect({ host, port, family });
  }

  override disconnect(): void {
    this.#stop.abort();
    // That of an attempt before is closed already, and would be waited for.
    if (this.stream?.destroyed) this.connecting = false;
    else super.disconnect();
  }

  /** An error thrown would end the client, where a closed stream makes it try again. */
  #closed(error: Error): Socket {
    this.firstError = error;
    return new Socket().destroy();
  }
}

/**
 * Connects, looks whether TLS is spoken where it should be, and hangs up again.
 *
 * @throws {RedisError} when nobody answers before `signal` is aborted
 * @throws what the runtime throws, when it cannot connect
 */
async function knock(
  hostname: string,
  port: number,
  isEncrypted: boolean,
  signal: AbortSignal,
): Promise<void> {
  using caller = await Deno.connect({ hostname, port, signal });
  if (!isEncrypted) return;
  signal.throwIfAborted();
  const noTls = silence("; it may not speak TLS, as rediss:// asks for");
  const waited = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(noTls))
  );
  const answer = new Uint8Array(1);
  const answered = caller.write(CLIENT_HELLO).then(() => caller.read(answer));
  const length = await Promise.race([answered, waited]);
  // Who hangs up at once does so again.
  if (length !== null && answer[0] !== ALERT && answer[0] !== HANDSHAKE) throw noTls;
}

function silence(why: string): RedisError {
  return new RedisError(`Cannot reach Redis: it does not answer${why}`);
}
