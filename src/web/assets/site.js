// What the pages can do better with script; everything works without it.
// j and k go from story to story, / to the search, links that narrow a list change
// the page without loading it anew, and a form of choices counts what they would bring.
"use strict";
(() => {
  const titles = () =>
    [...document.querySelectorAll("main article h3 a, main .agenda a")].filter((title) => title.checkVisibility?.() ?? true);

  const move = (by) => {
    const all = titles();
    if (all.length === 0) return;
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next].focus();
    all[next].closest("article").scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") document.getElementById("q").focus();
    else return;
    event.preventDefault();
  });

  const told = document.createElement("p");
  told.className = "told";
  told.setAttribute("role", "status");
  document.body.append(told);

  const page_of = (address) => new URL(address, location).href.split("#")[0];
  let shown = page_of(location);
  let asked = null;
  const show = async (address, remember) => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.getElementById("main");
      if (!main) throw new Error("no page");
      if (remember) history.pushState(null, "", address);
      shown = page_of(address);
      document.title = page.title;
      document.getElementById("main").replaceWith(main);
      document.getElementById("q").value = page.getElementById("q").value;
      document.querySelector(".languages").replaceWith(page.querySelector(".languages"));
      told.textContent = main.querySelector("h1").textContent;
      main.focus({ preventScroll: true });
      scrollTo(0, 0);
    } catch (failure) {
      if (failure.name !== "AbortError") location.assign(address);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-narrow]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href?.baseVal ?? link.href, true);
  });
  // A jump within the page is the browser's own.
  addEventListener("popstate", () => {
    if (page_of(location) !== shown) show(location.href, false);
  });

  let counted = null;
  let pause = 0;
  const count = async (form) => {
    counted?.abort();
    counted = new AbortController();
    const choices = new URLSearchParams(new FormData(form));
    choices.delete("address");
    choices.set("action", "preview");
    const place = document.getElementById("preview");
    place.setAttribute("aria-busy", "true");
    try {
      // Not form.action: a button of that name stands in its way.
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: choices, signal: counted.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("preview");
      if (fresh) place.replaceChildren(...fresh.childNodes);  // in its place, so that a screen reader tells of it
      place.removeAttribute("aria-busy");
    } catch {
      // Asked anew meanwhile, or out of reach: the button is still there.
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-preview]");
    if (!form || event.target.id === "address" || event.target.id === "name") return;
    clearTimeout(pause);
    pause = setTimeout(count, 400, form);
  });
})();
