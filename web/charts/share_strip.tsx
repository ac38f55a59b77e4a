/**
 * A whole cut into its parts, as one bar: where the time of a session went. The legend beside it
 * tells each part in words.
 *
 * @module
 */

import { short } from "./scale.ts";

/** One part. */
export interface StripPart {
  readonly name: string;
  readonly value: number;
  /** How the value looks in words. */
  readonly text: string;
  /** The class that colours it. */
  readonly look: string;
}

const WIDTH = 1000, HEIGHT = 16, GAP = 2;

/** The bar and its legend; parts of nothing are left out. */
export function ShareStrip({ label, parts }: { label: string; parts: readonly StripPart[] }) {
  const shown = parts.filter(({ value }) => value > 0);
  const all = shown.reduce((sum, { value }) => sum + value, 0);
  if (all === 0) return null;
  let passed = 0;
  return (
    <div class="strip" role="group" aria-label={label}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {shown.map(({ name, value, text, look }) => {
          const x = (passed / all) * WIDTH, width = (value / all) * WIDTH;
          passed += value;
          return (
            <rect
              class={look}
              x={short(x)}
              width={short(Math.max(1, width - GAP))}
              height={HEIGHT}
            >
              <title>{`${name} ${text}`}</title>
            </rect>
          );
        })}
      </svg>
      <ul class="legend">
        {shown.map(({ name, text, value, look }) => (
          <li>
            <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
              <rect class={look} width="10" height="10" rx="2" />
            </svg>
            {name} {text} <small>{`${(value / all * 100).toFixed(0)} %`}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
