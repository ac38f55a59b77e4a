/**
 * A form whose state is the address: what is chosen in it leads to the same page, narrowed down.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import type { PageRequest } from "../page.ts";

/** What it is made of. */
export interface AddressFormProps {
  readonly request: Pick<PageRequest, "url">;
  /** Whether a parameter of the address is a field of the form, or void once that is another. */
  isOwn(name: string): boolean;
  /** Its name among the parts that are made anew, where it is one. */
  readonly section?: string;
  readonly children: Child;
}

/** The form; all else of the address stays. A browser that goes back fills in nothing. */
export function AddressForm({ request: { url }, isOwn, section, children }: AddressFormProps) {
  const kept = [...url.searchParams].filter(([name, value]) => value !== "" && !isOwn(name));
  return (
    <form
      method="get"
      action={url.pathname}
      autocomplete="off"
      data-submit="change"
      data-section={section}
    >
      {kept.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
      {children}
    </form>
  );
}
