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
    place(cite.getBoundingClientRect());
  };
  const place = (box) => {
    tip.hidden = false;
    const width = tip.offsetWidth;
    const left = Math.min(Math.max(8, box.left), document.documentElement.clientWidth - width - 8);
    const above = box.top - tip.offsetHeight - 8;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(above < 8 ? box.bottom + 8 : above) + window.scrollY}px`;
  };
  const held = () => shown && shown.contains(document.activeElement);
  const of = (event) => event.target.closest && event.target.closest("[data-e]");
  document.addEventListener("mouseover", (event) => {
    const cite = of(event);
    if (cite) show(cite);
    else if (!tip.contains(event.target) && !event.target.closest("[data-points]") && !held()) hide();
  });
  document.addEventListener("focusin", (event) => {
    const cite = of(event);
    if (cite) show(cite);
    else if (!event.target.closest("[data-points]")) hide();
  });
  document.addEventListener("click", (event) => {
    const cite = of(event);
    if (cite && !event.target.closest("a")) show(cite);
  });
  for (const chart of document.querySelectorAll("svg[data-points]")) {
    const points = chart.dataset.points.split("|").map((one) => {
      const [, x, y, words] = one.match(/^(\S+) (\S+) (.*)$/);
      return { x: +x, y: +y, words };
    });
    const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    dot.setAttribute("r", "4");
    dot.setAttribute("class", "ring");
    let at = points.length - 1;
    const read = (index) => {
      hide();
      at = Math.min(Math.max(0, index), points.length - 1);
      dot.setAttribute("cx", points[at].x);
      dot.setAttribute("cy", points[at].y);
      chart.append(dot);
      tip.replaceChildren(line(points[at].words, "place"));
      place(dot.getBoundingClientRect());
    };
    const leave = () => {
      dot.remove();
      hide();
    };
    const nearest = (event) => {
      const box = chart.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width;
      let best = 0;
      points.forEach((point, index) => {
        if (Math.abs(point.x - x) < Math.abs(points[best].x - x)) best = index;
      });
      read(best);
    };
    chart.addEventListener("pointermove", nearest);
    chart.addEventListener("pointerdown", nearest);
    chart.addEventListener("pointerleave", leave);
    chart.addEventListener("focus", () => chart.matches(":focus-visible") && read(at));
    chart.addEventListener("blur", leave);
    chart.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      read(at + step);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
