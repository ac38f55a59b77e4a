/**
 * What a person sees at the first start, until there is a session.
 *
 * @module
 */

import type { PageRequest } from "../../page.ts";
import { Command } from "../../parts/command.tsx";
import { isAnythingRead } from "../../parts/nothing_read.tsx";

/** The steps; nothing from the first session on. */
export function FirstSteps({ request }: { request: PageRequest }) {
  return (
    <div data-section="first-steps">
      {isAnythingRead(request) ? null : (
        <section aria-labelledby="first-title">
          <h2 id="first-title">Waiting for the first session</h2>
          <p>
            Work with your assistant as usual. What it writes on this machine is read while it
            writes, and appears here by itself; it stays on this machine, and no prompt, code or
            path is kept of it.
          </p>
          <dl class="pairs">
            <dt>Nothing appears</dt>
            <dd>
              <Command>doctor</Command> says where sessions are looked for, and what is missing.
            </dd>
            <dt>See each call as it happens</dt>
            <dd>
              <Command>install claude-code --hooks</Command> <Command>install cursor</Command>
            </dd>
            <dt>Let the assistant ask, too</dt>
            <dd>
              <Command>install claude-code --mcp</Command>
            </dd>
          </dl>
        </section>
      )}
    </div>
  );
}
