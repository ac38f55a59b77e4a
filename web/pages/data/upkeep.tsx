/**
 * How long data is kept, and the commands that move it or keep a copy.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import type { PageRequest } from "../../page.ts";
import { Command } from "../../parts/command.tsx";
import { Section } from "../../parts/section.tsx";

/** What can be done with data, and by which command. */
const DEEDS: readonly (readonly [what: string, commands: readonly string[]])[] = [
  ["Move old events out", ["archive --older-than 90d"]],
  ["Keep a copy", ["backup FILE", "restore FILE"]],
  ["Derive anew", ["rebuild"]],
];

/** The settings of retention, and the commands. */
export function Upkeep({ request }: { request: PageRequest }) {
  const kept = request.context.settings()
    .filter(({ key }) => key.startsWith("retention."))
    .map(({ key, value }): [string, Child] => [key, <code>{String(value)}</code>]);
  return (
    <Section id="upkeep" title="Keeping">
      <dl class="pairs">
        {kept.length === 0
          ? (
            <>
              <dt>Kept</dt>
              <dd>until you delete it</dd>
            </>
          )
          : kept.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
        {DEEDS.map(([what, commands]) => (
          <>
            <dt>{what}</dt>
            <dd>
              {commands.map((command) => (
                <>
                  <Command>{command}</Command>
                  {" "}
                </>
              ))}
            </dd>
          </>
        ))}
      </dl>
    </Section>
  );
}
