/**
 * The error of a Redis that does not do what is asked: apart, so that whoever catches it need not
 * load the client.
 *
 * @module
 */

/**
 * Thrown where Redis cannot be reached or refuses. It holds no address and no cause: ioredis
 * writes hosts, passwords and arguments into its own errors.
 */
export class RedisError extends Error {
  override name = "RedisError";
  /** The word by which the server or the system calls it, as `NOGROUP`; empty without one. */
  readonly code: string;

  constructor(message: string, code = "") {
    super(message);
    this.code = code;
  }
}
