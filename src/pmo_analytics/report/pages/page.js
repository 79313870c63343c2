"use strict";
(() => {
  const form = document.getElementById("filters");
  const selects = [...form.querySelectorAll("select")];
  const marks = { programme: "p", department: "d", colour: "c" };
  const tables = [...document.querySelectorAll("table[data-table]")];
  const count = (number, noun) => number.toLocaleString("en") + " " + (number === 1 ? noun.replace(/s$/, "") : noun);

  const apply = () => {
    const wanted = selects.filter((one) => one.value !== "").map((one) => [marks[one.name], one.value]);
    const kept = (row) => wanted.every(([mark, value]) => row.dataset[mark] === value);
    for (const table of tables) {
      const rows = [...table.tBodies[0].rows];
      const search = document.querySelector(`input[data-search="${table.dataset.table}"]`);
      const words = search.value.trim().toLowerCase();
      const filtered = table.classList.contains("filtered");
      let shown = 0;
      for (const row of rows) {
        row.hidden = (filtered && !kept(row)) || (words !== "" && !row.textContent.toLowerCase().includes(words));
        shown += row.hidden ? 0 : 1;
      }
      const told = shown === rows.length ? count(shown, "rows") : `${count(shown, "of")} ${count(rows.length, "rows")}`;
      document.querySelector(`output[data-count="${table.dataset.table}"]`).textContent = told;
    }
    const projects = tables.length ? [...tables[0].tBodies[0].rows].filter((row) => row.dataset.c !== undefined) : [];
    const left = projects.filter(kept).length;
    form.querySelector("output").textContent = `${count(left, "of")} ${count(projects.length, "projects")}`;
    form.querySelector(".hint").hidden = wanted.length === 0;
  };

  // The choice stands in the address, so that it can be kept and passed on: #programme=RAIL&colour=R Red
  const read = () => {
    if (!location.hash.includes("=")) return;
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const select of selects) {
      const option = [...select.options].find((one) => one.textContent === asked.get(select.name));
      select.value = option ? option.value : "";
    }
    apply();
  };
  const keep = () => {
    const chosen = new URLSearchParams();
    for (const one of selects) if (one.value !== "") chosen.set(one.name, one.selectedOptions[0].textContent);
    history.replaceState(null, "", "#" + chosen.toString());
  };
  for (const select of selects) select.addEventListener("change", () => { keep(); apply(); });
  // "Show all" means all: the words searched for stand outside the form.
  form.addEventListener("reset", () => setTimeout(() => {
    for (const input of document.querySelectorAll("input[data-search]")) input.value = "";
    keep();
    apply();
  }));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const input of document.querySelectorAll("input[data-search]")) input.addEventListener("input", apply);
  window.addEventListener("hashchange", read);

  const key = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.v === undefined ? null : Number(cell.dataset.v);
  };
  const sort = (heading) => {
    const table = heading.closest("table");
    const at = heading.cellIndex;
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows].map((row) => [key(row, at), row.cells[at].textContent, row]);
    const numbers = rows.some(([number]) => number !== null);
    // What has no value stands last, whichever way the others go.
    rows.sort(([a, one], [b, other]) => {
      if (numbers && (a === null || b === null)) return (a === null) - (b === null);
      if (!numbers && (one === "" || other === "")) return (one === "") - (other === "");
      const order = numbers ? a - b : one.localeCompare(other, "en", { numeric: true });
      return down ? -order : order;
    });
    table.tBodies[0].append(...rows.map(([, , row]) => row));
  };
  for (const heading of document.querySelectorAll("table.sortable th")) {
    heading.tabIndex = 0;
    heading.addEventListener("click", () => sort(heading));
    heading.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(heading); }
    });
  }

  // Nothing that would send the data anywhere, and nothing that only selects.
  const without = ["sendChartToCloud", "sendDataToCloud", "lasso2d", "select2d"];
  const options = { displaylogo: false, responsive: true, modeBarButtonsToRemove: without };
  for (const place of document.querySelectorAll("[data-figure]")) {
    const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
    Plotly.newPlot(place, figure.data, figure.layout, options);
  }
  read();
})();
