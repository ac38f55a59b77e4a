/**
 * Many watchers as one, which shows each fact to those alone that look for its kind.
 *
 * @module
 */

import type { FactWatcher } from "../../core/insight_rule.ts";

/** One watcher that stands for several; each is shown the facts in the order of all. */
export function watchTogether(watchers: readonly FactWatcher[]): FactWatcher {
  const inputs = watchers.flatMap((watcher) => watcher.input?.bind(watcher) ?? []);
  const responses = watchers.flatMap((watcher) => watcher.response?.bind(watcher) ?? []);
  const calls = watchers.flatMap((watcher) => watcher.call?.bind(watcher) ?? []);
  return {
    input(seen) {
      for (const show of inputs) show(seen);
    },
    response(seen) {
      for (const show of responses) show(seen);
    },
    call(seen) {
      for (const show of calls) show(seen);
    },
  };
}
