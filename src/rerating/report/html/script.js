(() => {
  const known = document.getElementById("evidence");
  const evidence = known ? JSON.parse(known.textContent) : { rows: {} };
  const tip = document.getElementById("tip");
  const charted = "[data-points], [data-rows]";
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
    else if (!tip.contains(event.target) && !event.target.closest(charted) && !held()) hide();
  });
  document.addEventListener("focusin", (event) => {
    const cite = of(event);
    if (cite) show(cite);
    else if (!event.target.closest(charted)) hide();
  });
  document.addEventListener("click", (event) => {
    const cite = of(event);
    if (cite && !event.target.closest("a")) show(cite);
  });
  const german = document.documentElement.lang === "de";
  const rowOf = (row) => {
    const words = (cell) => {
      const copy = cell.cloneNode(true);
      for (const mark of copy.querySelectorAll("sup, .sr")) mark.remove();
      return copy.textContent.trim();
    };
    const [head, ...cells] = row.cells;
    const told = cells.map((cell) => [cell.dataset.label, words(cell)]).filter(([, value]) => value !== "\u2013");
    return [words(head), ...told.map(([label, value]) => `${label}: ${value}`)];
  };
  const placesOf = (chart) => {
    const table = chart.closest("figure").querySelector(".values tbody");
    return (chart.dataset.rows || chart.dataset.points).split("|").map((one) => {
      const [, x, y, told] = one.match(/^(\S+) (\S+) (.*)$/);
      return { x: +x, y: +y, words: chart.dataset.rows ? rowOf(table.rows[+told]) : [told] };
    });
  };
  for (const chart of document.querySelectorAll("svg[data-points], svg[data-rows]")) {
    const points = placesOf(chart);
    const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    dot.setAttribute("r", "4");
    dot.setAttribute("class", "ring");
    let at = chart.dataset.points ? points.length - 1 : 0;
    const told = () => {
      chart.setAttribute("aria-valuenow", at + 1);
      chart.setAttribute("aria-valuetext", points[at].words.join("; "));
    };
    chart.setAttribute("role", "slider");
    chart.setAttribute("aria-roledescription", german ? "Diagramm" : "chart");
    chart.setAttribute("aria-valuemin", 1);
    chart.setAttribute("aria-valuemax", points.length);
    told();
    const read = (index) => {
      hide();
      at = Math.min(Math.max(0, index), points.length - 1);
      told();
      dot.setAttribute("cx", points[at].x);
      dot.setAttribute("cy", points[at].y);
      chart.append(dot);
      const [first, ...rest] = points[at].words;
      tip.replaceChildren(line(first, "place"), ...rest.map((words) => line(words, "told")));
      place(dot.getBoundingClientRect());
    };
    const leave = () => {
      dot.remove();
      hide();
    };
    const nearest = (event) => {
      const box = chart.getBoundingClientRect();
      const scale = chart.viewBox.baseVal.width / box.width;
      const away = (point) => {
        const x = Math.abs(point.x - (event.clientX - box.left) * scale);
        const y = Math.abs(point.y - (event.clientY - box.top) * scale);
        return chart.dataset.along === "y" ? 1e4 * y + x : 1e4 * x + y;
      };
      read(points.reduce((best, point, index) => (away(point) < away(points[best]) ? index : best), 0));
    };
    chart.addEventListener("pointermove", nearest);
    chart.addEventListener("pointerdown", nearest);
    chart.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && leave());
    document.addEventListener("pointerdown", (event) => chart.contains(event.target) || (dot.isConnected && leave()));
    chart.addEventListener("focus", () => chart.matches(":focus-visible") && read(at));
    chart.addEventListener("blur", leave);
    chart.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: points.length };
      if (!(event.key in to)) return;
      event.preventDefault();
      read(to[event.key]);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
