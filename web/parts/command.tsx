/**
 * A command to be typed in a terminal.
 *
 * @module
 */

/** The command; it can be marked as a whole. */
export function Command({ children }: { children: string }) {
  return <code class="command">{`blueplane ${children}`}</code>;
}
