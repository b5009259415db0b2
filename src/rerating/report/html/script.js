(() => {
  const evidence = JSON.parse(document.getElementById("evidence").textContent);
  const tip = document.getElementById("tip");
  let shown = null;
  const line = (words, name) => {
    const part = document.createElement("span");
    part.className = name;
    part.textContent = words;
    return part;
  };
  const hide = () => {
    if (shown) shown.removeAttribute("data-open");
    shown = null;
    tip.hidden = true;
  };
  const show = (cite) => {
    if (shown === cite) return;
    hide();
    shown = cite;
    cite.setAttribute("data-open", "");
    const rows = (cite.dataset.e || "").split(" ").filter((id) => evidence.rows[id]);
    tip.replaceChildren();
    if (cite.dataset.f) tip.append(line(cite.dataset.f, "formula"));
    for (const id of rows.slice(0, 6)) {
      const [number, place, known] = evidence.rows[id];
      tip.append(line(`${number}  ${place}`, "place"), line(known, "known"));
    }
    if (rows.length > 6) tip.append(line(`+ ${rows.length - 6}`, "known"));
    tip.hidden = false;
    const box = cite.getBoundingClientRect();
    const width = tip.offsetWidth;
    const left = Math.min(Math.max(8, box.left), document.documentElement.clientWidth - width - 8);
    const above = box.top - tip.offsetHeight - 8;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(above < 8 ? box.bottom + 8 : above) + window.scrollY}px`;
  };
  const of = (event) => event.target.closest && event.target.closest("[data-e]");
  document.addEventListener("mouseover", (event) => {
    const cite = of(event);
    if (cite) show(cite);
    else if (!tip.contains(event.target)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const cite = of(event);
    if (cite) show(cite);
    else hide();
  });
  document.addEventListener("click", (event) => {
    const cite = of(event);
    if (cite && !event.target.closest("a")) show(cite);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
