/**
 * A button that has something done by a script, which names itself: no page of another site can
 * send that. Without a script it is not there, and a command says how.
 *
 * @module
 */

import type { Child } from "hono/jsx";

/** What a click does. */
export interface WriteButtonProps {
  /** The address that is posted to. */
  readonly path: string;
  readonly body: object;
  /** What is said once it is done. */
  readonly done: string;
  /** What is asked before, where it cannot be taken back. */
  readonly confirm?: string;
  /** What a screen reader hears, where the text alone says too little. */
  readonly label?: string;
  readonly children: Child;
}

/** The button. */
export function WriteButton({ path, body, done, confirm, label, children }: WriteButtonProps) {
  return (
    <button
      type="button"
      class="write"
      data-write={path}
      data-body={JSON.stringify(body)}
      data-done={done}
      {...(confirm === undefined ? {} : { "data-confirm": confirm })}
      {...(label === undefined ? {} : { "aria-label": label })}
    >
      {children}
    </button>
  );
}

/** Where it is said what became of it; once on a page that has such buttons. */
export function Said() {
  return <p class="note said" role="status" data-said></p>;
}
