/**
 * The kinds of findings that a person does not want to see, and the way back.
 *
 * @module
 */

import { Section } from "../../parts/section.tsx";
import { WriteButton } from "../../parts/write_button.tsx";
import { kindName } from "./kind_name.ts";

/** The list; only a place for it where nothing is muted. */
export function MutedKinds({ muted }: { muted: ReadonlySet<string> }) {
  if (muted.size === 0) return <div data-section="muted"></div>;
  return (
    <div data-section="muted">
      <Section id="muted-kinds" title="Muted kinds">
        <ul class="plain">
          {[...muted].sort().map((kind) => (
            <li>
              {kindName(kind)} <code class="quiet">{kind}</code>{" "}
              <WriteButton
                path="/api/v1/insights/change"
                body={{ unmute: kind }}
                done={`Findings about ${kindName(kind)} are shown again.`}
                label={`Unmute ${kindName(kind)}`}
              >
                Unmute
              </WriteButton>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
