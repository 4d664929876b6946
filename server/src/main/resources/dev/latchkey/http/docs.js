"use strict";

const UNSAFE = ["POST", "PUT", "PATCH", "DELETE"];
const OWN_CREDENTIALS = ["Authorization", "X-API-Key", "X-Session-Id"];

// A browser that is signed in by its cookie needs the session's CSRF token for every write; fetch it so that "Try it out" works.
async function withCsrfToken(request) {
  const headers = request.headers || {};
  const writes = UNSAFE.includes((request.method || "GET").toUpperCase());
  if (!writes || OWN_CREDENTIALS.some((name) => headers[name])) {
    return request;
  }
  const answer = await fetch("/api/v1/auth/csrf-token", { credentials: "same-origin" });
  if (answer.ok) {
    const body = await answer.json();
    const token = body.data && body.data.csrfToken;
    if (token) {
      request.headers = { ...headers, "X-CSRF-Token": token };
    }
  }
  return request;
}

// The style sheet has a dark form, but leaves it to the page to ask for it.
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const followReader = () => document.documentElement.classList.toggle("dark-mode", darkness.matches);
darkness.addEventListener("change", followReader);
followReader();

window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: "/api/openapi.json",
    dom_id: "#docs",
    deepLinking: true,
    docExpansion: "list",
    persistAuthorization: false,
    validatorUrl: null,
    requestInterceptor: withCsrfToken,
  });
});
