/* Takes the token out of the address, and asks for the cookie that stands for it. */

const [, token] = /^#token=([\w-]+)$/.exec(location.hash) ?? [];
if (token) signIn();

async function signIn() {
  // Not in the history, nor seen by who looks at the screen.
  history.replaceState(null, "", location.pathname + location.search);
  const response = await fetch("/sign-in", {
    method: "POST",
    headers: { "Authorization": `Bearer ${token}`, "Blueplane-Client": "dashboard" },
  });
  if (response.ok) return location.reload();
  document.querySelector("[data-sign-in]").textContent =
    "This link is an old one: the token is another since the server was started again.";
}
