/* Files that a page opens: [data-opens] is chosen there, [data-opened] is where they are shown. */

/** Follows what is chosen. Nothing is kept, here or by the server, which only draws it. */
export function startOpening() {
  for (const input of document.querySelectorAll("[data-opens]")) {
    input.disabled = false;
    input.addEventListener("change", () => input.files[0] && open(input.files[0]));
  }
}

async function open(file) {
  const place = document.querySelector("[data-opened]");
  const said = document.querySelector("[data-said]");
  said.textContent = "…";
  try {
    const response = await fetch(location.pathname, {
      method: "POST",
      headers: { "Blueplane-Client": "dashboard", "Content-Type": "application/json" },
      body: file,
    });
    if (!response.ok) {
      place.replaceChildren();
      said.textContent = (await response.json()).detail;
      return;
    }
    const shown = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...shown.body.childNodes);
    said.textContent = file.name;
    place.dispatchEvent(new CustomEvent("section", { bubbles: true }));
  } catch {
    said.textContent = "Cannot open the file: it or the server is gone";
  }
}
