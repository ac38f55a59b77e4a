/** Tests of `web/parts/address_form.tsx`: what stays of the address, and what does not. */

import assert from "node:assert/strict";
import { AddressForm } from "../../../web/parts/address_form.tsx";

const URL_OF_ALL = new URL("http://127.0.0.1/sessions?model=opus&sort=cost&offset=50&id=");

Deno.test("AddressForm() keeps what is no field of it, and nothing that is empty", () => {
  const html = render();

  assert.match(html, /^<form method="get" action="\/sessions"/);
  assert.deepEqual(html.match(/<input[^>]*>/g), [
    '<input type="hidden" name="model" value="opus"/>',
  ]);
});

Deno.test("AddressForm() has no browser fill in what was chosen when it was left", () => {
  assert.match(render(), /^<form [^>]*autocomplete="off"/);
});

Deno.test("AddressForm() is a part that is made anew where it has a name as one", () => {
  assert.match(render("filters"), /^<form [^>]*data-section="filters"/);
  assert.doesNotMatch(render(), /data-section/);
});

function render(section?: string): string {
  const isOwn = (name: string) => ["sort", "offset"].includes(name);
  return String(
    <AddressForm request={{ url: URL_OF_ALL }} isOwn={isOwn} {...section ? { section } : {}}>
      <button type="submit">Show</button>
    </AddressForm>,
  );
}
