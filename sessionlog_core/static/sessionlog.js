// What pages of Sessionlog gain by a script, and nothing that is missed without one: a button that
// copies "Continue here" as Markdown, and a field that filters them while one types.
// No framework, nothing fetched but the file that the button copies, nothing stored.
(() => {
  "use strict";

  const mark = (element) => {
    const fresh = !element.dataset.sessionlog;
    element.dataset.sessionlog = "on";
    return fresh;
  };

  const addCopyButtons = () => {
    if (!navigator.clipboard || location.protocol === "file:") return;
    const links = document.querySelectorAll('.sessionlog-files a[href*="continue-here.md"]');
    for (const link of [...links].filter(mark)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sessionlog-copy";
      const words = link.closest("[data-copy]")?.dataset || {};
      button.textContent = words.copy || "Copy";
      button.addEventListener("click", async () => {
        try {
          const answer = await fetch(link.href);
          if (!answer.ok) throw new Error(answer.statusText);
          await navigator.clipboard.writeText(await answer.text());
          button.textContent = words.copied || "Copied";
        } catch {
          location.assign(link.href);
        }
      });
      link.after(" ", button);
    }
  };

  // The pieces of a page that a filter hides: sessions and decisions first, then what has none left.
  const entries = () => [
    ...document.querySelectorAll('.sessionlog-timeline > li[id^="timeline-"]'),
    ...document.querySelectorAll(".sessionlog-table.sessionlog-sessions tbody tr"),
    ...document.querySelectorAll(".sessionlog-decision"),
  ];
  const holders = () => [
    ...document.querySelectorAll(".sessionlog-timeline > li:has(> .sessionlog-day)"),
    ...document.querySelectorAll(".sessionlog-month, .sessionlog-open, .sessionlog-planned"),
  ];

  const filter = (words) => {
    const all = entries();
    for (const entry of all) {
      const text = entry.textContent.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
    }
    for (const holder of holders()) {
      const inside = [...holder.querySelectorAll('li[id^="timeline-"], .sessionlog-decision')];
      holder.hidden = inside.length > 0 && inside.every((entry) => entry.hidden);
    }
    for (const gap of document.querySelectorAll(".sessionlog-gap")) gap.hidden = words.length > 0;
    return words.length ? `${all.filter((entry) => !entry.hidden).length} / ${all.length}` : "";
  };

  const addFilter = () => {
    const place =
      document.querySelector(".sessionlog-overview + .sessionlog-chart-bars") ||
      document.querySelector(".sessionlog-table.sessionlog-sessions") ||
      document.querySelector(".sessionlog-decided");
    if (!place || entries().length < 8 || !mark(place)) return;
    const field = document.createElement("input");
    field.type = "search";
    field.className = "sessionlog-filter";
    const holder = document.querySelector("[data-filter]");
    field.placeholder = holder ? holder.dataset.filter : "Filter";
    field.setAttribute("aria-label", field.placeholder);
    // How many are left is seen, and said by screen readers: an output is a live region.
    const left = document.createElement("output");
    left.className = "sessionlog-left";
    field.addEventListener("input", () => {
      left.textContent = filter(field.value.toLowerCase().split(/\s+/).filter(Boolean));
    });
    if (place.classList.contains("sessionlog-table")) place.before(field, left);
    else place.after(field, left);
  };

  const start = () => {
    addCopyButtons();
    addFilter();
  };

  // Material for MkDocs may change pages without loading them anew, and says so here.
  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
