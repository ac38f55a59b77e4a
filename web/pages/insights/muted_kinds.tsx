/**
 * The kinds of findings that a person does not want to see, and the way back.
 *
 * @module
 */

import { Section } from "../../parts/section.tsx";
import { WriteButton } from "../../parts/write_button.tsx";

/** The list; only a place for it where nothing is muted. */
export function MutedKinds({ muted }: { muted: ReadonlySet<string> }) {
  if (muted.size === 0) return <div data-section="muted"></div>;
  return (
    <div data-section="muted">
      <Section id="muted-kinds" title="Muted kinds">
        <ul class="plain">
          {[...muted].sort().map((kind) => (
            <li>
              <code>{kind}</code>{" "}
              <WriteButton
                path="/api/v1/insights/change"
                body={{ unmute: kind }}
                done={`Findings of ${kind} are shown again.`}
                label={`Unmute ${kind}`}
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
