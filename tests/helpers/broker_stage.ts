/** The stage on which a broker is tested: an empty stream, and what a test may do to it. */

import type { Delivery, LeasingBroker } from "../../core/broker.ts";

/** An empty stream and what a test may do to it. */
export interface BrokerStage extends AsyncDisposable {
  readonly broker: LeasingBroker;
  /** Closes the broker and all that it stands on, and opens it again as a new process would. */
  reopen(): Promise<LeasingBroker>;
  /** Lets time pass, and with it the leases. */
  passTime(ms: number): Promise<void>;
}

/** How long leases are: so long that the time of a test does not matter. */
export const LEASE_MS = 3_600_000;

/** Makes a stage with a stream of its own. */
export type OpenBroker = () => Promise<BrokerStage>;

/** What the entries hold, in their order. */
export function bodiesOf(deliveries: readonly Delivery[]): string[] {
  return deliveries.map(({ body }) => body);
}
